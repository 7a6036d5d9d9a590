#ifndef SOUTENANCE_SERVICES_BASE_CLOCK_H_
#define SOUTENANCE_SERVICES_BASE_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace soutenance {

// What time it is. Rules that depend on the time take a Clock, so that tests can set it. Safe for concurrent
// use.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The clock of the machine.
class SystemClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_CLOCK_H_
