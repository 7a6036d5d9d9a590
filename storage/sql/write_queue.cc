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
      // From here on its work is done, however long that takes.
      member.changed.wait(lock, [&] { return member.state != Member::State::kTaken; });
      if (member.state == Member::State::kAnswered) return member.status;
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

// The one who waits longest; null if there is nobody.
WriteQueue::Member* WriteQueue::TakeNext() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return nullptr;
  Member* const member = waiting_.front();
  waiting_.pop_front();
  member->state = Member::State::kTaken;
  return member;
}

// Does the work of everybody who waits, then commits for all. Fills in `group`: those whose work it was.
absl::Status WriteQueue::Commit(Connection& connection, std::deque<Member*>& group) {
  while (group.size() < kGroupMax) {
    Member* const member = TakeNext();
    if (member == nullptr) break;
    group.push_back(member);
    bool lost = false;  // the transaction is gone, with everybody's work
    member->status = connection.Join(member->work, lost);
    if (!lost) continue;
    connection.RollBack();
    return member->status;
  }
  const absl::Status status = connection.Commit();
  if (!status.ok()) connection.RollBack();
  return status;
}

}  // namespace soutenance::storage::sql
