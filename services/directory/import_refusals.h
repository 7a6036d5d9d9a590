#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_REFUSALS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_REFUSALS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/directory/import/batch.h"
#include "services/directory/import/cross_checks.h"
#include "services/directory/import/read_folder.h"
#include "services/sheets/problem.h"

// What a service refuses of an import, told as problems of the files.
namespace soutenance::directory {

// The names of the spreadsheets among `files`, as sent.
import_folder::FileNames NamesOf(const std::vector<import_folder::SourceFile>& files);

// Whether `refusal` is about what the folder says, so that correcting the folder may help.
bool IsAboutContent(const absl::Status& refusal);

// Adds an error for each violation of `refusal`, at the line that it is about, or one for the folder as a
// whole. REQUIRES: IsAboutContent(refusal). `batch` is what was sent, in the order that import_targets.h
// tells.
void AddRefusal(const absl::Status& refusal, const import_folder::ImportBatch& batch,
                const import_folder::FileNames& names, sheets::Problems& problems);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_REFUSALS_H_
