#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PlacedAt;
using ::soutenance::scheduling::solver::testing::SetRule;

constexpr RuleId kRule = RuleId::kHours;

// Beginning before 9:30 costs 10, before 9:00 another 20; ending after 16:00 costs 5.
int64_t PenaltyOfPlaced(const std::vector<PlacedAt>& placed, int64_t only_edges) {
  ProblemSpec spec = ASmallProblem();
  spec.early = {{.time = At(9, 30), .cost = 10}, {.time = At(9), .cost = 20}};
  spec.late = {{.time = At(16), .cost = 5}};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("max", {"bo"}), ADefence("tom", {"cy"})};
  SetRule(spec, "hours", RuleLevel::kSoft, 0, only_edges);
  return PenaltyOf(kRule, spec, placed);
}

TEST(Hours, CostsOfTimesNotReachedAddUp) {
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(9, 30), "b12"}}, 0), 0);
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(9), "b12"}}, 0), 10);
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(8, 55), "b12"}}, 0), 30);
}

TEST(Hours, WhatEndsLateCosts) {
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(15), "b12"}}, 0), 0);
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(15, 5), "b12"}}, 0), 5);
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(15, 5, 1), "b12"}}, 0), 5);
}

TEST(Hours, CountsEachDefenceOrOnlyTheFirstAndTheLast) {
  const std::vector<PlacedAt> placed = {{"lea", At(8), "b12"}, {"max", At(9), "b12"}, {"tom", At(16), "b12"}};
  EXPECT_EQ(PenaltyOfPlaced(placed, 0), 30 + 10 + 5);
  EXPECT_EQ(PenaltyOfPlaced(placed, 1), 30 + 5);
}

TEST(Hours, TheLastIsWhatEndsLast) {
  // Two at once: Lea's begins first and ends last.
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(15, 30), "b12"}, {"max", At(15), "b12"}}, 1), 5);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
