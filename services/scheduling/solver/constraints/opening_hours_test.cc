#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;

// Open from 9 to 12 and from 13 to 17, starts every 30 minutes.
ProblemSpec OneDefence(int32_t minutes) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}, minutes)};
  return spec;
}

TEST(OpeningHours, WantsTheWholeDefenceWithinOneWindow) {
  EXPECT_EQ(PenaltyOf(RuleId::kOpeningHours, OneDefence(60), {{"lea", At(11), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kOpeningHours, OneDefence(60), {{"lea", At(11, 30), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kOpeningHours, OneDefence(60), {{"lea", At(8, 30), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kOpeningHours, OneDefence(240), {{"lea", At(10), "b12"}}), 1);
}

TEST(OpeningHours, WantsAStartOnTheGridOfItsWindow) {
  ProblemSpec spec = OneDefence(60);
  spec.opening = {Hours(9, 12), {At(13, 15), At(17)}};
  EXPECT_EQ(PenaltyOf(RuleId::kOpeningHours, spec, {{"lea", At(9, 15), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kOpeningHours, spec, {{"lea", At(13, 15), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kOpeningHours, spec, {{"lea", At(13, 30), "b12"}}), 1);
}

TEST(OpeningHours, TellsHowFarFromTheGridOrThatItIsOutside) {
  const Problem problem = Build(OneDefence(60));
  EXPECT_EQ(OnlyMatchOf(RuleId::kOpeningHours, Arrange(problem, {{"lea", At(9, 40), "b12"}})).amount, 10);
  EXPECT_EQ(OnlyMatchOf(RuleId::kOpeningHours, Arrange(problem, {{"lea", At(7, 40), "b12"}})).amount, 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
