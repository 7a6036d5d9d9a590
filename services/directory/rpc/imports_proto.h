#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORTS_PROTO_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORTS_PROTO_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/directory/import.h"
#include "services/directory/import/read_folder.h"
#include "services/sheets/problem.h"
#include "soutenance/directory/v1/imports.pb.h"

namespace soutenance::directory {

// A folder to import.
struct FolderToImport {
  std::vector<import_folder::SourceFile> files;
  sheets::Language language = sheets::Language::kFrench;
};

// Read a request; as directory_proto.h.
absl::StatusOr<FolderToImport> FromProto(const v1::CreateImportRequest& request);
absl::StatusOr<std::string> FromProto(const v1::GetImportRequest& request);
absl::StatusOr<PageRequest> FromProto(const v1::ListImportsRequest& request);
absl::StatusOr<sheets::Language> FromProto(const v1::GetImportTemplatesRequest& request);

// Write an answer. Cannot fail.
v1::Import ToProto(const Import& import);
v1::ListImportsResponse ToProto(const Page<Import>& page);
v1::GetImportTemplatesResponse ToProto(const std::vector<import_folder::SourceFile>& files);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORTS_PROTO_H_
