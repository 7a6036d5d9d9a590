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
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;

// Open from 9 to 12 and from 13 to 17; waits of up to `free_minutes` cost nothing.
ProblemSpec AnaJudgesThree(int64_t free_minutes) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"}, 120)};
  SetRule(spec, "gaps", RuleLevel::kSoft, 0, free_minutes);
  return spec;
}

TEST(Gaps, CountTheMinutesBetweenTwoDefencesOfAPerson) {
  EXPECT_EQ(PenaltyOf(RuleId::kGaps, AnaJudgesThree(0), {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kGaps, AnaJudgesThree(0), {{"lea", At(9), "b12"}, {"tom", At(10, 45), "b12"}}),
            45);
}

TEST(Gaps, CostOnlyWhatExceedsTheParameter) {
  EXPECT_EQ(PenaltyOf(RuleId::kGaps, AnaJudgesThree(30), {{"lea", At(9), "b12"}, {"tom", At(10, 30), "b12"}}),
            0);
  EXPECT_EQ(PenaltyOf(RuleId::kGaps, AnaJudgesThree(30), {{"lea", At(9), "b12"}, {"tom", At(10, 45), "b12"}}),
            15);
}

TEST(Gaps, LeaveOutTheBreaks) {
  EXPECT_EQ(PenaltyOf(RuleId::kGaps, AnaJudgesThree(0), {{"lea", At(11), "b12"}, {"tom", At(13), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kGaps, AnaJudgesThree(0), {{"lea", At(10), "b12"}, {"tom", At(14), "b12"}}),
            120);
}

TEST(Gaps, LieAfterTheLatestEndAndNotAcrossDays) {
  // Zoe until 11 covers Lea until 10:30; Tom waits from 11.
  EXPECT_EQ(PenaltyOf(RuleId::kGaps, AnaJudgesThree(0),
                      {{"zoe", At(9), "b12"}, {"lea", At(9, 30), "b12"}, {"tom", At(11, 20), "b12"}}),
            20);
  EXPECT_EQ(
      PenaltyOf(RuleId::kGaps, AnaJudgesThree(0), {{"lea", At(9), "b12"}, {"tom", At(15, 0, 1), "b12"}}), 0);
}

TEST(Gaps, TellWhoWaitsBetweenWhatAndHowLong) {
  const Problem problem = Build(AnaJudgesThree(30));
  const Match match =
      OnlyMatchOf(RuleId::kGaps, Arrange(problem, {{"lea", At(10), "b12"}, {"tom", At(14), "b12"}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "lea"), DefenceOf(problem, "tom")));
  EXPECT_EQ(match.time, Hours(11, 14));
  EXPECT_EQ(match.penalty, 90);
  EXPECT_EQ(match.amount, 120);
  EXPECT_EQ(match.limit, 30);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
