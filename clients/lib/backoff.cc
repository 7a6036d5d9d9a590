#include "clients/lib/backoff.h"

#include <algorithm>
#include <random>

#include "services/base/error.h"

namespace soutenance::clients {

std::optional<absl::Duration> Backoff::AfterFailure(const absl::Status& failure, absl::Time now) {
  if (failure.code() != absl::StatusCode::kUnavailable) return std::nullopt;
  if (!give_up_) give_up_ = now + time_max_;
  static thread_local std::minstd_rand random{std::random_device{}()};
  absl::Duration wait = wait_ * std::uniform_real_distribution<double>(0.5, 1.0)(random);
  wait = std::max(wait, FactsOf(failure).retry_after.value_or(absl::ZeroDuration()));
  wait_ = std::min(wait_ * 2, kLongest);
  if (now + wait > *give_up_) return std::nullopt;
  return wait;
}

}  // namespace soutenance::clients
