#include "services/scheduling/solver/check/check.h"

#include <gmock/gmock.h>

#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

TEST(Check, FindsNothingInATimetableThatKeepsTheRules) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);
  EXPECT_THAT(Check(problem, Timetable(problem).placements()), IsEmpty());
  EXPECT_THAT(Check(problem, Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}).placements()),
              IsEmpty());
}

TEST(Check, NamesTheRuleTheDefencesAndTheFacts) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);
  const Timetable timetable = Arrange(problem, {{"lea", At(9, 30), "b12"}, {"tom", At(10), "c1"}});

  EXPECT_THAT(
      Check(problem, timetable.placements()),
      ElementsAre(AllOf(Field(&Violation::rule, "person_clash"),
                        Field(&Violation::defences, ElementsAre(DefenceId{0}, DefenceId{1})),
                        Field(&Violation::text, "ana cannot attend both lea and tom from 2027-06-14 09:30")),
                  AllOf(Field(&Violation::rule, "availability"),
                        Field(&Violation::defences, ElementsAre(DefenceId{0})),
                        Field(&Violation::text, "ana cannot come to lea at 2027-06-14 09:30 in b12"))));
}

TEST(Check, LooksOnlyAtRulesThatAreHard) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.defences = {ADefence("lea", {"ana"})};
  SetRule(spec, "availability", RuleLevel::kStrong);
  const Problem problem = Build(spec);
  EXPECT_THAT(Check(problem, Arrange(problem, {{"lea", At(9), "b12"}}).placements()), IsEmpty());
}

}  // namespace
}  // namespace soutenance::scheduling::solver
