#ifndef SOUTENANCE_STORAGE_SQL_CONNECTION_POOL_H_
#define SOUTENANCE_STORAGE_SQL_CONNECTION_POOL_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "storage/sql/connection.h"

namespace soutenance::storage::sql {

// A bounded number of connections to the same database, opened when first needed and used by one call at a
// time. With one connection it is a lock that can be waited for a limited time. Safe for concurrent use.
class ConnectionPool {
 public:
  // `dialect` must outlive the pool. `connections_max` is at least 1.
  ConnectionPool(const Dialect& dialect, ConnectionOptions options, int connections_max)
      : dialect_(dialect), options_(std::move(options)), unopened_(connections_max) {}

  // Runs `use` with a connection of its own. UNAVAILABLE, reason STORE_BUSY, if none becomes free in time;
  // reason STORE_DOWN if none can be opened. A connection that was lost is replaced at the next use.
  absl::Status With(absl::FunctionRef<absl::Status(Connection&)> use);

 private:
  const Dialect& dialect_;
  const ConnectionOptions options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  int unopened_;                                   // guarded by mutex_
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_; the last one used is taken first
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_CONNECTION_POOL_H_
