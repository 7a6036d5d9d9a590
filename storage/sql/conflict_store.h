#ifndef SOUTENANCE_STORAGE_SQL_CONFLICT_STORE_H_
#define SOUTENANCE_STORAGE_SQL_CONFLICT_STORE_H_

#include "services/assignment/conflict_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// ConflictStore in a SQL database. Safe for concurrent use.
class ConflictStore final : public assignment::ConflictStore {
 public:
  // `database` is that of the service "assignment", and must outlive the store.
  explicit ConflictStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_CONFLICT_STORE_H_
