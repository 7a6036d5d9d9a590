#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::PenaltyOf;

ProblemSpec AllowedAt(std::vector<Interval> allowed) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].allowed = std::move(allowed);
  return spec;
}

TEST(SchoolWeeks, DoNotMatterIfNoneIsGiven) {
  EXPECT_EQ(PenaltyOf(RuleId::kSchoolWeeks, AllowedAt({}), {{"lea", At(9), "b12"}}), 0);
}

TEST(SchoolWeeks, HoldTheWholeDefence) {
  EXPECT_EQ(PenaltyOf(RuleId::kSchoolWeeks, AllowedAt({Hours(0, 24, 1)}), {{"lea", At(9, 0, 1), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kSchoolWeeks, AllowedAt({Hours(0, 24, 1)}), {{"lea", At(9), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kSchoolWeeks, AllowedAt({{At(0), At(9, 30)}}), {{"lea", At(9), "b12"}}), 1);
}

TEST(SchoolWeeks, AreOneIfTheyTouch) {
  EXPECT_EQ(PenaltyOf(RuleId::kSchoolWeeks, AllowedAt({{At(0), At(9, 30)}, {At(9, 30), At(12)}}),
                      {{"lea", At(9), "b12"}}),
            0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
