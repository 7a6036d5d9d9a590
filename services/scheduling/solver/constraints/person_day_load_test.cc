#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::testing::ElementsAre;
using ::testing::SizeIs;

ProblemSpec AtMostADay(int32_t most) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .max_per_day = most})};
  spec.defences = {ADefence("lea", {"ana", "ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  return spec;
}

const std::vector<testing::PlacedAt> kAllOnOneDay = {
    {"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11), "b12"}};

TEST(PersonDayLoad, HasNoLimitUnlessThePersonHasOne) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDayLoad, AtMostADay(0), kAllOnOneDay), 0);
}

TEST(PersonDayLoad, CountsTheDefencesBeyondTheLimit) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDayLoad, AtMostADay(3), kAllOnOneDay), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDayLoad, AtMostADay(1), kAllOnOneDay), 2);
}

TEST(PersonDayLoad, CountsEachDayForItself) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonDayLoad, AtMostADay(1),
                      {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}, {"zoe", At(11, 0, 1), "b12"}}),
            1);
}

TEST(PersonDayLoad, TellsTheDayAndItsDefences) {
  const Problem problem = Build(AtMostADay(2));
  const Match match = OnlyMatchOf(RuleId::kPersonDayLoad, Arrange(problem, kAllOnOneDay));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_THAT(match.defences, SizeIs(3));
  EXPECT_EQ(match.time, Hours(0, 24));
  EXPECT_EQ(match.amount, 3);
  EXPECT_EQ(match.limit, 2);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
