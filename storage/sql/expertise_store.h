#ifndef SOUTENANCE_STORAGE_SQL_EXPERTISE_STORE_H_
#define SOUTENANCE_STORAGE_SQL_EXPERTISE_STORE_H_

#include "services/assignment/expertise_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// ExpertiseStore in a SQL database. Safe for concurrent use.
class ExpertiseStore final : public assignment::ExpertiseStore {
 public:
  // `database` is that of the service "assignment", and must outlive the store.
  explicit ExpertiseStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_EXPERTISE_STORE_H_
