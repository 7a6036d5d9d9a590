#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_RECORD_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_RECORD_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/directory/import.h"

// The long parts of an import as bytes, for its store, and back. The second of each pair returns DATA_LOSS
// for bytes that the first did not make.
namespace soutenance::directory {

std::string ProblemsToBytes(const std::vector<sheets::ImportProblem>& problems);
absl::StatusOr<std::vector<sheets::ImportProblem>> ProblemsFromBytes(absl::string_view bytes);

std::string CollectionsToBytes(const std::vector<CollectionChanges>& collections);
absl::StatusOr<std::vector<CollectionChanges>> CollectionsFromBytes(absl::string_view bytes);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_RECORD_H_
