#ifndef SOUTENANCE_STORAGE_SQL_PROBLEM_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_PROBLEM_ROWS_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/page.h"
#include "services/submissions/problem.h"
#include "storage/sql/session.h"

// The bank of problems, as SubmissionStore asks for it.
namespace soutenance::storage::sql {

absl::StatusOr<std::optional<submissions::Problem>> FindProblem(Session& session, absl::string_view id);
absl::StatusOr<Page<submissions::Problem>> ListProblems(Session& session, absl::string_view only_programme,
                                                        const PageRequest& page);
absl::StatusOr<std::optional<submissions::Wish>> FindWish(Session& session, absl::string_view problem,
                                                          absl::string_view student);
absl::StatusOr<std::vector<submissions::Wish>> ListWishes(Session& session, absl::string_view problem);

absl::Status InsertProblem(Session& session, const submissions::Problem& problem);
absl::Status UpdateProblem(Session& session, const submissions::Problem& problem);
absl::Status PutWish(Session& session, const submissions::Wish& wish);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_PROBLEM_ROWS_H_
