#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_SERVICE_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "services/directory/imports.h"
#include "services/runtime/calls.h"
#include "soutenance/directory/v1/imports.grpc.pb.h"

namespace soutenance::directory {

// The wire of Imports (imports.proto): one short method per RPC. Safe for concurrent use.
class ImportService final : public v1::ImportService::Service {
 public:
  // Both must outlive the service.
  ImportService(Imports& imports, const runtime::Calls& calls) : imports_(imports), calls_(calls) {}

  grpc::Status CreateImport(grpc::ServerContext* context, const v1::CreateImportRequest* request,
                            v1::Import* response) override;
  grpc::Status GetImport(grpc::ServerContext* context, const v1::GetImportRequest* request,
                         v1::Import* response) override;
  grpc::Status ListImports(grpc::ServerContext* context, const v1::ListImportsRequest* request,
                           v1::ListImportsResponse* response) override;
  grpc::Status GetImportTemplates(grpc::ServerContext* context, const v1::GetImportTemplatesRequest* request,
                                  v1::GetImportTemplatesResponse* response) override;

 private:
  Imports& imports_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_SERVICE_H_
