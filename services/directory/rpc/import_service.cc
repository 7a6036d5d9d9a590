#include "services/directory/rpc/import_service.h"

#include <string>

#include "services/base/status.h"
#include "services/directory/import/templates.h"
#include "services/directory/rpc/imports_proto.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::directory {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &v1::ImportService::service_full_name;

}  // namespace

grpc::Status ImportService::CreateImport(grpc::ServerContext* context, const v1::CreateImportRequest* request,
                                         v1::Import* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const FolderToImport folder, FromProto(*request));
        ASSIGN_OR_RETURN(const Import import,
                         imports_.CreateImport(call.caller(), folder.files, folder.language,
                                               MakeMutation(call.caller(), "CreateImport", *request)));
        *response = ToProto(import);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ImportService::GetImport(grpc::ServerContext* context, const v1::GetImportRequest* request,
                                      v1::Import* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Import import, imports_.GetImport(call.caller(), id));
        *response = ToProto(import);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ImportService::ListImports(grpc::ServerContext* context, const v1::ListImportsRequest* request,
                                        v1::ListImportsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PageRequest wanted, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Import> page, imports_.ListImports(call.caller(), wanted));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ImportService::GetImportTemplates(grpc::ServerContext* context,
                                               const v1::GetImportTemplatesRequest* request,
                                               v1::GetImportTemplatesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const sheets::Language language, FromProto(*request));
        *response = ToProto(import_folder::ImportTemplates(language));
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::directory
