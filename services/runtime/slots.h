#ifndef SOUTENANCE_SERVICES_RUNTIME_SLOTS_H_
#define SOUTENANCE_SERVICES_RUNTIME_SLOTS_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"

namespace soutenance::runtime {

// A number of places that calls take and give back: at most `count` are taken at any time. Unlike a refusal
// at the transport, whoever finds no free place waits for one. Safe for concurrent use.
class Slots {
 public:
  explicit Slots(int count) : free_(count) {}

  // Takes a place if one is free now.
  bool TakeAtOnce() {
    const std::lock_guard lock(mutex_);
    if (free_ == 0) return false;
    --free_;
    return true;
  }

  // Takes a place, waiting until `until` at the latest. False if there was none.
  bool Take(absl::Time until) {
    std::unique_lock lock(mutex_);
    if (!given_.wait_until(lock, absl::ToChronoTime(until), [&] { return free_ > 0; })) return false;
    --free_;
    return true;
  }

  // Gives back a place that was taken.
  void Give() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    given_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  int free_;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_SLOTS_H_
