#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::AnOpenSeat;
using ::soutenance::scheduling::solver::testing::APerson;
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

constexpr RuleId kRule = RuleId::kRoleAbsence;

// Ana supervises Léa and cannot come from 9 to 10. She or Bo presides: then an absence costs 100, else 5.
ProblemSpec AnaIsAwayAtNine() {
  ProblemSpec spec = ASmallProblem();
  spec.roles = {RoleSpec{.name = "president", .absence_cost = 100, .load = {}, .combined = {}},
                RoleSpec{.name = "supervisor", .absence_cost = 5, .load = {}, .combined = {}}};
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].seats[0].role = "supervisor";
  spec.defences[0].seats.push_back(AnOpenSeat("president", {"ana", "bo"}));
  SetRule(spec, "role_absence", RuleLevel::kSoft);
  return spec;
}

TEST(RoleAbsence, CostsWhatTheRoleSays) {
  EXPECT_EQ(PenaltyOf(kRule, AnaIsAwayAtNine(), {{"lea", At(9), "b12", {"bo"}}}), 5);
}

TEST(RoleAbsence, CostsInEachSeatOfThePerson) {
  EXPECT_EQ(PenaltyOf(kRule, AnaIsAwayAtNine(), {{"lea", At(9), "b12", {"ana"}}}), 105);
}

TEST(RoleAbsence, CostsOnceHoweverLongItIs) {
  EXPECT_EQ(PenaltyOf(kRule, AnaIsAwayAtNine(), {{"lea", At(9, 30), "b12", {"bo"}}}), 5);
  EXPECT_EQ(PenaltyOf(kRule, AnaIsAwayAtNine(), {{"lea", At(10), "b12", {"ana"}}}), 0);
}

TEST(RoleAbsence, CountsAgainAfterTheMinutesOfTheParameter) {
  ProblemSpec spec = AnaIsAwayAtNine();
  spec.defences[0].seats.pop_back();
  SetRule(spec, "role_absence", RuleLevel::kSoft, 1, 20);
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12"}}), 15);      // an hour
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9, 30), "b12"}}), 10);  // half an hour
}

TEST(RoleAbsence, OfARoleThatNobodyListedIsFree) {
  ProblemSpec spec = AnaIsAwayAtNine();
  spec.roles.clear();
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12", {"ana"}}}), 0);
}

TEST(RoleAbsence, NamesWhoIsMissingInWhichRole) {
  const Problem problem = Build(AnaIsAwayAtNine());
  const Match match = OnlyMatchOf(kRule, Arrange(problem, {{"lea", At(9), "b12", {"bo"}}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_EQ(problem.role(match.role.value()).name, "supervisor");
  EXPECT_EQ(match.amount, 5);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
