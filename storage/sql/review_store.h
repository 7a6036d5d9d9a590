#ifndef SOUTENANCE_STORAGE_SQL_REVIEW_STORE_H_
#define SOUTENANCE_STORAGE_SQL_REVIEW_STORE_H_

#include "services/submissions/reviews/review_store.h"
#include "storage/sql/database.h"

namespace soutenance::storage::sql {

// ReviewStore in a SQL database. Safe for concurrent use.
class ReviewStore final : public submissions::ReviewStore {
 public:
  // `database` is that of the service "submissions", and must outlive the store.
  explicit ReviewStore(Database& database) : database_(database) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override;
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override;

 private:
  Database& database_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_REVIEW_STORE_H_
