#ifndef SOUTENANCE_STORAGE_SQL_WRITE_QUEUE_H_
#define SOUTENANCE_STORAGE_SQL_WRITE_QUEUE_H_

#include <condition_variable>
#include <deque>
#include <mutex>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "storage/sql/session.h"

namespace soutenance::storage::sql {

class Connection;
class ConnectionPool;

// Lets those who write at the same time share one commit, and with it one flush of the disk: whoever comes
// first leads, and does also the work of those who wait by then, one after the other, in the same
// transaction. Nobody has an answer before the commit; work that fails is taken back alone. Under load the
// disk is flushed once for many, and a single writer waits for nobody. Work may run on the thread of another
// writer, while its own waits: it must not depend on which one it is. To give each its turn on its own thread
// would let the database wait, under load, until the system finds a processor for that thread. For databases
// that can take back a part of a transaction without dooming the rest. Safe for concurrent use.
class WriteQueue {
 public:
  // `writer` must outlive the queue and have one connection.
  WriteQueue(ConnectionPool& writer, absl::Duration busy_wait_max)
      : writer_(writer), busy_wait_max_(busy_wait_max) {}

  // As Database::Write.
  absl::Status Write(absl::FunctionRef<absl::Status(Session&)> work);

  // How many share a commit at most: bounds how long the first of them waits for the last.
  static constexpr std::size_t kGroupMax = 64;

 private:
  // Somebody who waits, on the stack of their thread.
  struct Member {
    enum class State { kWaiting, kLeads, kTaken, kAnswered };
    absl::FunctionRef<absl::Status(Session&)> work;
    State state = State::kWaiting;
    absl::Status status;
    std::condition_variable changed;
  };

  absl::Status Lead(Connection& connection, absl::FunctionRef<absl::Status(Session&)> work);
  absl::Status Commit(Connection& connection, std::deque<Member*>& group);
  Member* TakeNext();

  ConnectionPool& writer_;
  const absl::Duration busy_wait_max_;
  std::mutex mutex_;
  bool led_ = false;             // guarded by mutex_; somebody leads or was told to
  std::deque<Member*> waiting_;  // guarded by mutex_
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_WRITE_QUEUE_H_
