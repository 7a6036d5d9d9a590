#ifndef SOUTENANCE_STORAGE_SQL_DECISION_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_DECISION_ROWS_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/decision.h"
#include "services/base/page.h"
#include "storage/sql/session.h"

// The part of AssignmentStore that is about decisions and batches, inside a transaction.
namespace soutenance::storage::sql {

absl::StatusOr<Page<assignment::JuryDecision>> ListDecisions(Session& session,
                                                             const assignment::DecisionSelection& selection,
                                                             const PageRequest& page);
absl::StatusOr<std::vector<assignment::JuryDecision>> DecisionsOf(Session& session, absl::string_view batch);
absl::StatusOr<std::vector<assignment::JuryDecision>> DecisionsAfter(Session& session,
                                                                     absl::string_view batch);
absl::StatusOr<std::optional<assignment::JuryBatch>> FindBatch(Session& session, absl::string_view id);
absl::StatusOr<Page<assignment::JuryBatch>> ListBatches(Session& session, absl::string_view programme,
                                                        const PageRequest& page);
absl::Status AddDecision(Session& session, const assignment::JuryDecision& decision);
absl::Status AddBatch(Session& session, const assignment::JuryBatch& batch);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_DECISION_ROWS_H_
