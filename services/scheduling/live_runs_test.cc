#include "services/scheduling/live_runs.h"

#include <gtest/gtest.h>

#include <thread>

namespace soutenance::scheduling {
namespace {

const RunKey kRun{"campaigns/m2", 1};

TEST(LiveRuns, TellProgressWhileTheRunLives) {
  LiveRuns live;
  EXPECT_EQ(live.ProgressOf(kRun), std::nullopt);
  live.Add(kRun);
  live.SetProgress(kRun, {.moves = 5});
  ASSERT_NE(live.ProgressOf(kRun), std::nullopt);
  EXPECT_EQ(live.ProgressOf(kRun)->moves, 5);
  live.Remove(kRun);
  EXPECT_EQ(live.ProgressOf(kRun), std::nullopt);
}

TEST(LiveRuns, StopTheRunThatIsMeant) {
  LiveRuns live;
  const std::stop_token stop = live.Add(kRun);
  const std::stop_token other = live.Add({"campaigns/m2", 2});

  EXPECT_FALSE(live.RequestStop({"campaigns/m2", 3}));
  EXPECT_TRUE(live.RequestStop(kRun));
  EXPECT_TRUE(stop.stop_requested());
  EXPECT_FALSE(other.stop_requested());
}

TEST(LiveRuns, DoNotWakeAFollowerWithoutAChange) {
  LiveRuns live;
  LiveRuns::Follower follower;
  live.Look(follower);
  EXPECT_FALSE(live.Wait(follower, absl::Milliseconds(20)));
}

TEST(LiveRuns, MakeAFollowerPauseBetweenTwoProgresses) {
  LiveRuns live;
  live.Add(kRun);
  LiveRuns::Follower follower;
  live.Look(follower);
  live.SetProgress(kRun, {.moves = 1});

  EXPECT_FALSE(live.Wait(follower, absl::Milliseconds(50)));
  EXPECT_TRUE(live.Wait(follower, absl::Seconds(10)));
}

TEST(LiveRuns, WakeAFollowerAtOnceWhenARunFinishes) {
  LiveRuns live;
  LiveRuns::Follower follower;
  live.Look(follower);
  std::jthread finisher([&] { live.Announce({.key = kRun, .state = RunState::kSucceeded}); });

  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(live.Wait(follower, absl::Seconds(10)));
  EXPECT_LT(std::chrono::steady_clock::now() - start, LiveRuns::kPause);
}

TEST(LiveRuns, MissNoChangeBetweenLookingAndWaiting) {
  LiveRuns live;
  LiveRuns::Follower follower;
  live.Look(follower);
  live.Announce({.key = kRun, .state = RunState::kFailed});
  EXPECT_TRUE(live.Wait(follower, absl::ZeroDuration()));
}

}  // namespace
}  // namespace soutenance::scheduling
