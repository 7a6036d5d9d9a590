#include "tests/crash/exactly_once.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

namespace soutenance::crash {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

// ops/bench once delivers a million calls.
TEST(ExactlyOnce, MakesOneVersionHoweverOftenItIsAskedFor) {
  Deliveries done;
  for (unsigned seed = 1; done.calls < 20'000; ++seed) {
    done += DeliverOnce(seed, 20, 15);
    ASSERT_EQ(done.wrong, "");
  }
  std::cout << done.calls << " calls for " << done.submissions << " submissions, " << done.lost_answers
            << " answers lost, " << done.late_duplicates << " late duplicates, " << done.crashes
            << " crashes, " << done.reused << " reused request ids refused\n";
  EXPECT_GT(done.lost_answers, 1000);
  EXPECT_GT(done.late_duplicates, 1000);
  EXPECT_GT(done.crashes, 100);
  EXPECT_GT(done.reused, 100);
}

TEST(ExactlyOnce, IsFoundMissingWhenRequestsAreForgotten) {
  EXPECT_THAT(DeliverOnce(1, 20, 15, true).wrong, AnyOf(HasSubstr("two uploads"), HasSubstr("two answers")));
}

}  // namespace
}  // namespace soutenance::crash
