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
using ::soutenance::scheduling::solver::testing::MatchesOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::testing::ElementsAre;
using ::testing::SizeIs;

ProblemSpec AnaIsAwayAtTen() {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(10, 11)}}),
                  APerson({.key = "bob", .blocked = {Hours(9, 12)}})};
  spec.defences = {ADefence("lea", {"ana", "ana"}), ADefence("tom", {"ana", "bob"})};
  return spec;
}

TEST(Availability, LetsADefenceTouchWhatIsBlocked) {
  EXPECT_EQ(PenaltyOf(RuleId::kAvailability, AnaIsAwayAtTen(), {{"lea", At(9), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kAvailability, AnaIsAwayAtTen(), {{"lea", At(11), "b12"}}), 0);
}

TEST(Availability, CountsAPersonOfTwoSeatsOnce) {
  EXPECT_EQ(PenaltyOf(RuleId::kAvailability, AnaIsAwayAtTen(), {{"lea", At(10, 59), "b12"}}), 1);
}

TEST(Availability, CountsEachPersonWhoCannotCome) {
  const Problem problem = Build(AnaIsAwayAtTen());
  const Timetable timetable = Arrange(problem, {{"tom", At(9, 30), "b12"}});
  EXPECT_EQ(PenaltyOf(RuleId::kAvailability, timetable), 2);
  ASSERT_THAT(MatchesOf(RuleId::kAvailability, timetable), SizeIs(2));
  EXPECT_THAT(MatchesOf(RuleId::kAvailability, timetable)[1].persons, ElementsAre(PersonOf(problem, "bob")));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
