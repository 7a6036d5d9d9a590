#ifndef SOUTENANCE_STORAGE_SQL_ASSIGNMENT_STORE_H_
#define SOUTENANCE_STORAGE_SQL_ASSIGNMENT_STORE_H_

#include <memory>

#include "services/assignment/assignment_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// Juries in a transaction that somebody else began: for stores that change them together with their own.
// `session` must outlive it.
std::unique_ptr<assignment::AssignmentStore::Writer> JuriesOn(Session& session);

// AssignmentStore in a SQL database. Safe for concurrent use.
class AssignmentStore final : public assignment::AssignmentStore {
 public:
  // `database` is that of the service "assignment", and must outlive the store.
  explicit AssignmentStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_ASSIGNMENT_STORE_H_
