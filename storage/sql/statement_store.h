#ifndef SOUTENANCE_STORAGE_SQL_STATEMENT_STORE_H_
#define SOUTENANCE_STORAGE_SQL_STATEMENT_STORE_H_

#include "services/submissions/statements/statement_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// StatementStore in a SQL database. Safe for concurrent use.
class StatementStore final : public submissions::StatementStore {
 public:
  // `database` is that of the service "submissions", and must outlive the store.
  explicit StatementStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_STATEMENT_STORE_H_
