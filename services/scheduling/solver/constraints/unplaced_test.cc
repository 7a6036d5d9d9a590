#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::DefenceOf;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::testing::ElementsAre;

ProblemSpec TwoDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  return spec;
}

TEST(Unplaced, CountsDefencesWithoutPlace) {
  EXPECT_EQ(PenaltyOf(RuleId::kUnplaced, TwoDefences(), {}), 2);
  EXPECT_EQ(PenaltyOf(RuleId::kUnplaced, TwoDefences(), {{"lea", At(9), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kUnplaced, TwoDefences(), {{"lea", At(9), "b12"}, {"tom", At(9), "b12"}}), 0);
}

TEST(Unplaced, NamesThem) {
  const Problem problem = Build(TwoDefences());
  const Match match = OnlyMatchOf(RuleId::kUnplaced, Arrange(problem, {{"lea", At(9), "b12"}}));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "tom")));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
