#ifndef SOUTENANCE_TESTS_TESTING_FAKE_CLOCK_H_
#define SOUTENANCE_TESTS_TESTING_FAKE_CLOCK_H_

#include <atomic>
#include <cstdint>

#include "services/base/clock.h"

namespace soutenance::testing {

// A clock that stands still until a test moves it. Safe for concurrent use.
class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now) : micros_(absl::ToUnixMicros(now)) {}
  absl::Time Now() const override { return absl::FromUnixMicros(micros_); }
  void Advance(absl::Duration by) { micros_ += absl::ToInt64Microseconds(by); }
  void Set(absl::Time now) { micros_ = absl::ToUnixMicros(now); }

 private:
  std::atomic<int64_t> micros_;
};

}  // namespace soutenance::testing

#endif  // SOUTENANCE_TESTS_TESTING_FAKE_CLOCK_H_
