#ifndef SOUTENANCE_CLIENTS_LIB_BACKOFF_H_
#define SOUTENANCE_CLIENTS_LIB_BACKOFF_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace soutenance::clients {

// When to try a call again. Waits double from kFirst to kLongest, each shortened by up to half at random, so
// that many clients do not come back together. One object per call.
class Backoff {
 public:
  static constexpr absl::Duration kFirst = absl::Milliseconds(100);
  static constexpr absl::Duration kLongest = absl::Seconds(2);

  // Gives up `time_max` after the first failure; zero: never tries again.
  explicit Backoff(absl::Duration time_max) : time_max_(time_max) {}

  // How long to wait at `now` before the next attempt after `failure`; nothing if it is not UNAVAILABLE or
  // time is up. Not before the delay that the server asks for.
  std::optional<absl::Duration> AfterFailure(const absl::Status& failure, absl::Time now);

 private:
  absl::Duration time_max_;
  std::optional<absl::Time> give_up_;
  absl::Duration wait_ = kFirst;
};

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_BACKOFF_H_
