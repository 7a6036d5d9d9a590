#ifndef SOUTENANCE_STORAGE_SQL_LOAD_STORE_H_
#define SOUTENANCE_STORAGE_SQL_LOAD_STORE_H_

#include "services/assignment/load_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// LoadStore in a SQL database. Safe for concurrent use.
class LoadStore final : public assignment::LoadStore {
 public:
  // `database` is that of the service "assignment", and must outlive the store.
  explicit LoadStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_LOAD_STORE_H_
