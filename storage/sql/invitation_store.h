#ifndef SOUTENANCE_STORAGE_SQL_INVITATION_STORE_H_
#define SOUTENANCE_STORAGE_SQL_INVITATION_STORE_H_

#include <vector>

#include "services/assignment/invitation_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// The invitations to the juries of `theses` (ids), by thesis and person, as they are stored.
absl::StatusOr<std::vector<assignment::Invitation>> FindInvitations(Session& session,
                                                                    absl::Span<const std::string> theses);

// InvitationStore in a SQL database. Safe for concurrent use.
class InvitationStore final : public assignment::InvitationStore {
 public:
  // `database` is that of the service "assignment", and must outlive the store.
  explicit InvitationStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_INVITATION_STORE_H_
