#ifndef SOUTENANCE_STORAGE_SQL_PROFILE_STORE_H_
#define SOUTENANCE_STORAGE_SQL_PROFILE_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/assignment/profile_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// ProfileStore in a SQL database. Safe for concurrent use.
class ProfileStore final : public assignment::ProfileStore {
 public:
  // `database` is that of the service "assignment", and must outlive the store.
  explicit ProfileStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

// ProfileStore::Reader::FindAll inside a transaction of the same database.
absl::StatusOr<std::vector<assignment::Profile>> FindProfiles(Session& session,
                                                              absl::Span<const std::string> people);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_PROFILE_STORE_H_
