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

ProblemSpec AnaPrefersNotToComeAtTen() {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .if_needed = {Hours(10, 11)}}),
                  APerson({.key = "bob", .if_needed = {Hours(9, 12)}})};
  spec.defences = {ADefence("lea", {"ana", "ana"}), ADefence("tom", {"ana", "bob"})};
  return spec;
}

TEST(IfNeeded, CostsNothingAtOtherTimes) {
  EXPECT_EQ(PenaltyOf(RuleId::kIfNeeded, AnaPrefersNotToComeAtTen(), {{"lea", At(9), "b12"}}), 0);
}

TEST(IfNeeded, CountsAPersonOfTwoSeatsOnce) {
  EXPECT_EQ(PenaltyOf(RuleId::kIfNeeded, AnaPrefersNotToComeAtTen(), {{"lea", At(10), "b12"}}), 1);
}

TEST(IfNeeded, CountsEachPerson) {
  const Problem problem = Build(AnaPrefersNotToComeAtTen());
  const Timetable timetable = Arrange(problem, {{"tom", At(10), "b12"}});
  EXPECT_EQ(PenaltyOf(RuleId::kIfNeeded, timetable), 2);
  ASSERT_THAT(MatchesOf(RuleId::kIfNeeded, timetable), SizeIs(2));
  EXPECT_THAT(MatchesOf(RuleId::kIfNeeded, timetable)[0].persons, ElementsAre(PersonOf(problem, "ana")));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
