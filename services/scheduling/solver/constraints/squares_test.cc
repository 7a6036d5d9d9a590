#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::SetRule;

// Ana attends all three, Bo one of them.
ProblemSpec AnaThriceBoOnce() {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .weight = 3}), APerson("bo")};
  spec.defences = {ADefence("lea", {"ana", "bo"}), ADefence("tom", {"ana"}), ADefence("max", {"ana"})};
  SetRule(spec, "squared_load", RuleLevel::kSoft);
  SetRule(spec, "squared_days", RuleLevel::kSoft);
  return spec;
}

TEST(SquaredLoad, CountsTheSquareOfWhatEachAttendsTimesTheWeight) {
  EXPECT_EQ(PenaltyOf(RuleId::kSquaredLoad, AnaThriceBoOnce(), {{"lea", At(9), "b12"}}), 3 + 1);
  EXPECT_EQ(PenaltyOf(RuleId::kSquaredLoad, AnaThriceBoOnce(),
                      {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"max", At(9, 0, 1), "b12"}}),
            3 * 9 + 1);
}

TEST(SquaredDays, CountsTheSquareOfTheDaysTimesTheWeight) {
  EXPECT_EQ(PenaltyOf(RuleId::kSquaredDays, AnaThriceBoOnce(),
                      {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"max", At(9, 0, 1), "b12"}}),
            3 * 4 + 1);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
