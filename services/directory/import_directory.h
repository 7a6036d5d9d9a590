#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_DIRECTORY_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_DIRECTORY_H_

#include "absl/status/statusor.h"
#include "services/directory/directory.h"
#include "services/directory/import/batch.h"

namespace soutenance::directory {

// The part of an import that is the directory's own. What the folder does not say stays as it is in
// `directory`: titles and zone of the programme, title and calendar of the cohort, openings of rooms. A new
// programme or cohort without title is called by its id.
absl::StatusOr<DirectoryBatch> ToDirectoryBatch(const import_folder::ImportBatch& batch,
                                                const Directory& directory);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_DIRECTORY_H_
