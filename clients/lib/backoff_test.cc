#include "clients/lib/backoff.h"

#include <gtest/gtest.h>

#include "services/base/error.h"

namespace soutenance::clients {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TEST(Backoff, WaitsLongerEachTimeUpToALimit) {
  Backoff backoff(absl::Hours(1));
  absl::Duration longest_before = absl::ZeroDuration();
  for (int i = 0; i < 10; ++i) {
    const auto wait = backoff.AfterFailure(absl::UnavailableError(""), kNow);
    ASSERT_TRUE(wait.has_value());
    const absl::Duration full = std::min(Backoff::kFirst * (1 << i), Backoff::kLongest);
    EXPECT_GE(*wait, full / 2) << i;
    EXPECT_LE(*wait, full) << i;
    EXPECT_GE(full, longest_before);
    longest_before = full;
  }
}

TEST(Backoff, GivesUpWhenTheTimeSinceTheFirstFailureIsOver) {
  Backoff backoff(absl::Seconds(1));
  EXPECT_TRUE(backoff.AfterFailure(absl::UnavailableError(""), kNow).has_value());
  EXPECT_TRUE(backoff.AfterFailure(absl::UnavailableError(""), kNow + absl::Milliseconds(500)).has_value());
  EXPECT_FALSE(backoff.AfterFailure(absl::UnavailableError(""), kNow + absl::Milliseconds(990)).has_value());
}

TEST(Backoff, DoesNotRepeatWhatTimeCannotHeal) {
  for (const absl::Status& status : {absl::InvalidArgumentError(""), absl::DeadlineExceededError(""),
                                     absl::AbortedError(""), absl::InternalError(""), absl::OkStatus()}) {
    EXPECT_FALSE(Backoff(absl::Hours(1)).AfterFailure(status, kNow).has_value()) << status;
  }
}

TEST(Backoff, WaitsAtLeastAsLongAsTheServerAsks) {
  Backoff backoff(absl::Hours(1));
  const absl::Status busy = Error(absl::StatusCode::kUnavailable, "busy",
                                  {.reason = "STORE_BUSY", .retry_after = absl::Seconds(7)});
  EXPECT_EQ(backoff.AfterFailure(busy, kNow), absl::Seconds(7));
}

TEST(Backoff, NeverTriesAgainWithoutTime) {
  EXPECT_FALSE(Backoff(absl::ZeroDuration()).AfterFailure(absl::UnavailableError(""), kNow).has_value());
}

}  // namespace
}  // namespace soutenance::clients
