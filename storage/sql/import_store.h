#ifndef SOUTENANCE_STORAGE_SQL_IMPORT_STORE_H_
#define SOUTENANCE_STORAGE_SQL_IMPORT_STORE_H_

#include "services/directory/import_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// ImportStore in a SQL database. Safe for concurrent use.
class ImportStore final : public directory::ImportStore {
 public:
  // `database` is that of the service "directory", and must outlive the store.
  explicit ImportStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_IMPORT_STORE_H_
