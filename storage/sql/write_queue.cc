#include "storage/sql/write_queue.h"

#include <algorithm>

#include "services/base/status.h"
#include "storage/sql/connection.h"
#include "storage/sql/connection_pool.h"
#include "storage/sql/dialect.h"

namespace soutenance::storage::sql {

absl::Status WriteQueue::Write(absl::FunctionRef<absl::Status(Session&)> work) {
  Member member{.work = work};
  {
    std::unique_lock lock(mutex_);
    if (led_) {
      waiting_.push_back(&member);
      const bool called = member.changed.wait_for(lock, absl::ToChronoMilliseconds(busy_wait_max_),
                                                  [&] { return member.state != Member::State::kWaiting; });
      if (!called) {
        waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &member));
        return StoreBusy("too many write at the same time");
      }
      if (member.state == Member::State::kHasTurn) return TakeTurn(member, lock);
    }
    led_ = true;
  }
  const absl::Status status = writer_.With([&](Connection& connection) { return Lead(connection, work); });
  const std::lock_guard lock(mutex_);
  led_ = !waiting_.empty();
  if (led_) {
    Member& next = *waiting_.front();
    waiting_.pop_front();
    next.state = Member::State::kLeads;
    next.changed.notify_one();
  }
  return status;
}

// Works inside the transaction of whoever leads, then waits for the commit. `lock` holds mutex_.
absl::Status WriteQueue::TakeTurn(Member& member, std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  absl::Status status = member.connection->Join(member.work, member.lost);
  lock.lock();
  member.status = std::move(status);
  member.state = Member::State::kWorked;
  member.changed.notify_one();
  member.changed.wait(lock, [&] { return member.state == Member::State::kAnswered; });
  return member.status;
}

absl::Status WriteQueue::Lead(Connection& connection, absl::FunctionRef<absl::Status(Session&)> work) {
  RETURN_IF_ERROR(connection.Begin());
  if (const absl::Status status = connection.Work(work); !status.ok()) {
    connection.RollBack();
    return status;
  }
  std::deque<Member*> group;
  const absl::Status status = Commit(connection, group);
  const std::lock_guard lock(mutex_);
  for (Member* member : group) {
    if (!status.ok()) member->status = status;
    member->state = Member::State::kAnswered;
    member->changed.notify_one();
  }
  return status;
}

// Gives everybody who waits a turn, then commits for all. Fills in `group`: those who had one.
absl::Status WriteQueue::Commit(Connection& connection, std::deque<Member*>& group) {
  {
    std::unique_lock lock(mutex_);
    while (!waiting_.empty() && group.size() < kGroupMax) {
      Member& member = *waiting_.front();
      waiting_.pop_front();
      group.push_back(&member);
      member.connection = &connection;
      member.state = Member::State::kHasTurn;
      member.changed.notify_one();
      member.changed.wait(lock, [&] { return member.state == Member::State::kWorked; });
      if (member.lost) {
        connection.RollBack();
        return member.status;
      }
    }
  }
  const absl::Status status = connection.Commit();
  if (!status.ok()) connection.RollBack();
  return status;
}

}  // namespace soutenance::storage::sql
