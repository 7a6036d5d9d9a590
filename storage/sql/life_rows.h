#ifndef SOUTENANCE_STORAGE_SQL_LIFE_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_LIFE_ROWS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/page.h"
#include "services/submissions/thesis_change.h"
#include "services/submissions/thesis_life.h"
#include "storage/sql/session.h"

// The journal of theses, opinions and notices, as SubmissionStore asks for them.
namespace soutenance::storage::sql {

absl::StatusOr<submissions::LifeFacts> FindLifeFacts(Session& session, absl::string_view thesis);
absl::StatusOr<std::vector<submissions::Opinion>> ListOpinions(Session& session, absl::string_view thesis);
absl::StatusOr<Page<submissions::ThesisChange>> ListChanges(Session& session, absl::string_view thesis,
                                                            const PageRequest& page);
absl::StatusOr<Page<submissions::Notice>> ListNotices(Session& session,
                                                      const submissions::NoticeSelection& selection,
                                                      const PageRequest& page);

absl::Status PutOpinion(Session& session, const submissions::Opinion& opinion);
absl::StatusOr<int64_t> AddChange(Session& session, const submissions::ThesisChange& change);
absl::Status AddNotice(Session& session, const submissions::Notice& notice);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_LIFE_ROWS_H_
