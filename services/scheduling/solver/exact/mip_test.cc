#include "services/scheduling/solver/exact/mip.h"

#include <gmock/gmock.h>

#include <atomic>
#include <vector>

namespace soutenance::scheduling::solver {
namespace {

const std::atomic<bool> kGoOn = false;

Mip::Limits Unlimited() {
  return {.time = absl::Seconds(20),
          .stop = &kGoOn,
          .wanted_above = [] { return int64_t{-1'000}; },
          .on_bound = [](int64_t) {}};
}

// Three things that gain 3, 2, 2; any two of them go together, all three do not.
Mip AnyTwo() {
  Mip mip;
  mip.AddColumn(3);
  mip.AddColumn(2);
  mip.AddColumn(2);
  mip.AddAtMost({{0, 1}, {1, 1}, {2, 1}}, 2);
  return mip;
}

TEST(Mip, ChoosesWhatGainsMost) {
  const Mip::Answer answer = AnyTwo().Maximise(Unlimited());
  EXPECT_EQ(answer.gain, 5);
  EXPECT_EQ(answer.bound, 5);
  EXPECT_TRUE(answer.is_finished);
  EXPECT_TRUE(answer.chosen.at(0));
}

TEST(Mip, ProvesThatNothingIsBetterWithoutFindingIt) {
  Mip::Limits limits = Unlimited();
  limits.wanted_above = [] { return int64_t{5}; };
  const Mip::Answer answer = AnyTwo().Maximise(limits);
  EXPECT_TRUE(answer.chosen.empty());
  EXPECT_EQ(answer.bound, 5);
  EXPECT_TRUE(answer.is_finished);
}

TEST(Mip, SaysThatNothingIsPossible) {
  Mip mip = AnyTwo();
  mip.AddRow({{0, 1}, {1, 1}, {2, 1}}, 3, 3);
  const Mip::Answer answer = mip.Maximise(Unlimited());
  EXPECT_EQ(answer.bound, std::nullopt);
  EXPECT_TRUE(answer.is_finished);
}

TEST(Mip, RoundsTheBoundOfTheLinearProgramDown) {
  // At most one of each two: the linear program takes half of each, 1.5 in all.
  Mip mip;
  for (int i = 0; i < 3; ++i) mip.AddColumn(1);
  for (int i = 0; i < 3; ++i) mip.AddAtMost({{i, 1}, {(i + 1) % 3, 1}}, 1);
  std::vector<int64_t> told;
  Mip::Limits limits = Unlimited();
  limits.on_bound = [&](int64_t bound) { told.push_back(bound); };
  EXPECT_EQ(mip.Maximise(limits).gain, 1);
  EXPECT_EQ(told.front(), 1);
}

TEST(Mip, GivesTheTrivialBoundWhenItIsStoppedAtOnce) {
  const std::atomic<bool> stop = true;
  Mip::Limits limits = Unlimited();
  limits.stop = &stop;
  const Mip::Answer answer = AnyTwo().Maximise(limits);
  EXPECT_FALSE(answer.is_finished);
  EXPECT_EQ(answer.bound, 7);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
