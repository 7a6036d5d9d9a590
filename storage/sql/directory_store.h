#ifndef SOUTENANCE_STORAGE_SQL_DIRECTORY_STORE_H_
#define SOUTENANCE_STORAGE_SQL_DIRECTORY_STORE_H_

#include "services/directory/directory_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// DirectoryStore in a SQL database. Safe for concurrent use.
class DirectoryStore final : public directory::DirectoryStore {
 public:
  // `database` is that of the service "directory", and must outlive the store.
  explicit DirectoryStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_DIRECTORY_STORE_H_
