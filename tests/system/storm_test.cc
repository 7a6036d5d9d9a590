#include "tests/system/storm.h"

#include <gtest/gtest.h>

namespace soutenance::system_test {
namespace {

// ops/bench storm does the same with 2,000.
TEST(DeadlineStorm, LosesNothingAndJudgesNobodyWrongly) {
  const StormOutcome outcome =
      Storm({.students = 100, .last = absl::Seconds(5), .mean_bytes = 100'000, .seed = 7});
  ASSERT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.submitted, 100);
  EXPECT_EQ(outcome.lost, 0);
  EXPECT_EQ(outcome.wrongly_late, 0);
  EXPECT_EQ(outcome.wrongly_on_time, 0);
  // How many of each depends on how busy this machine is.
  EXPECT_EQ(outcome.on_time + outcome.late, 100);
}

}  // namespace
}  // namespace soutenance::system_test
