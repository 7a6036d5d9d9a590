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
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;
using ::testing::SizeIs;

ProblemSpec FreeDays(int64_t free_days) {
  ProblemSpec spec = ASmallProblem();
  spec.opening.push_back(Hours(9, 12, 2));
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  SetRule(spec, "person_days", RuleLevel::kSoft, 0, free_days);
  return spec;
}

const std::vector<testing::PlacedAt> kOnThreeDays = {
    {"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}, {"zoe", At(9, 0, 2), "b12"}};

TEST(PersonDays, CountsDaysAndNotDefences) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDays, FreeDays(1),
                      {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11), "b12"}}),
            0);
}

TEST(PersonDays, CountsTheDaysBeyondTheParameter) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDays, FreeDays(1), kOnThreeDays), 2);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDays, FreeDays(2), kOnThreeDays), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDays, FreeDays(0), kOnThreeDays), 3);
}

TEST(PersonDays, TellsHowManyTheyAre) {
  const Problem problem = Build(FreeDays(2));
  const Match match = OnlyMatchOf(RuleId::kPersonDays, Arrange(problem, kOnThreeDays));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_THAT(match.defences, SizeIs(3));
  EXPECT_EQ(match.amount, 3);
  EXPECT_EQ(match.limit, 2);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
