#include "storage/sql/connection_pool.h"

#include <chrono>
#include <utility>

#include "storage/sql/dialect.h"

namespace soutenance::storage::sql {

absl::Status ConnectionPool::With(absl::FunctionRef<absl::Status(Connection&)> use) {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    const bool free = returned_.wait_for(lock, absl::ToChronoMilliseconds(options_.busy_wait_max),
                                         [&] { return !idle_.empty() || unopened_ > 0; });
    if (!free) return StoreBusy("every connection is in use");
    if (idle_.empty()) {
      --unopened_;
    } else {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  absl::Status status;
  if (connection == nullptr) {
    auto opened = Connection::Open(dialect_, options_);
    if (opened.ok()) {
      connection = *std::move(opened);
    } else {
      status = opened.status();
    }
  }
  if (status.ok()) status = use(*connection);
  {
    std::lock_guard lock(mutex_);
    if (connection == nullptr || connection->IsLost()) {
      ++unopened_;
    } else {
      idle_.push_back(std::move(connection));
    }
  }
  returned_.notify_one();
  return status;
}

}  // namespace soutenance::storage::sql
