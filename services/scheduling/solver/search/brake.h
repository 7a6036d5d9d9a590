#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BRAKE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BRAKE_H_

#include <chrono>
#include <optional>
#include <stop_token>
#include <utility>

#include "absl/time/time.h"

namespace soutenance::scheduling::solver {

// What ends a search from outside: a stop request, or its time. Cheap enough to be asked every few hundred
// moves. Safe for concurrent use.
class Brake {
 public:
  Brake(std::stop_token stop, std::optional<absl::Duration> time_limit)
      : stop_(std::move(stop)), begin_(Clock::now()) {
    // Longer limits do not fit into the clock and are none.
    if (time_limit && *time_limit < absl::Hours(24 * 365))
      end_ = begin_ + absl::ToChronoNanoseconds(*time_limit);
  }

  bool StopRequested() const { return stop_.stop_requested(); }
  bool Pulled() const { return StopRequested() || (end_ && Clock::now() >= *end_); }
  absl::Duration Elapsed() const { return absl::FromChrono(Clock::now() - begin_); }

 private:
  using Clock = std::chrono::steady_clock;

  std::stop_token stop_;
  Clock::time_point begin_;
  std::optional<Clock::time_point> end_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BRAKE_H_
