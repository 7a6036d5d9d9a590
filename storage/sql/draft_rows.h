#ifndef SOUTENANCE_STORAGE_SQL_DRAFT_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_DRAFT_ROWS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/submissions/draft.h"
#include "services/submissions/milestone.h"
#include "services/submissions/outage.h"
#include "storage/sql/session.h"

// How rows of the tables of 0002_drafts.sql and 0006_trust.sql are read. "Select...(rest)" is a statement
// whose columns the function below it reads.
namespace soutenance::storage::sql {

std::string SelectMilestones(absl::string_view rest);
submissions::Milestone ToMilestone(const Row& row);

std::string SelectExtensions(absl::string_view rest);
submissions::Extension ToExtension(const Row& row);

std::string SelectOutages(absl::string_view rest);
submissions::Outage ToOutage(const Row& row);

std::string SelectUploads(absl::string_view rest);
submissions::Upload ToUpload(const Row& row);

// In statements about drafts, the table is called `d`.
std::string SelectDrafts(absl::string_view rest);
submissions::Draft ToDraft(const Row& row);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_DRAFT_ROWS_H_
