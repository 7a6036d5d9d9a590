#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::AnOpenSeat;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;

constexpr RuleId kRule = RuleId::kCombinedRoles;

// Ana supervises Léa; she or Bo presides, she, Bo or Cy examines. A supervisor should preside, which is worth
// 2, and an examiner, which is worth 1.
ProblemSpec AnaSupervises() {
  ProblemSpec spec = ASmallProblem();
  spec.roles = {RoleSpec{.name = "examiner", .load = {}, .combined = {{.role = "president", .cost = 1}}},
                RoleSpec{.name = "president", .load = {}, .combined = {}},
                RoleSpec{.name = "supervisor", .load = {}, .combined = {{.role = "president", .cost = 2}}}};
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].seats[0].role = "supervisor";
  spec.defences[0].seats.push_back(AnOpenSeat("president", {"ana", "bo"}));
  spec.defences[0].seats.push_back(AnOpenSeat("examiner", {"ana", "bo", "cy"}));
  SetRule(spec, "combined_roles", RuleLevel::kSoft);
  return spec;
}

int64_t PenaltyOfHolders(const std::vector<std::string>& holders) {
  return PenaltyOf(kRule, AnaSupervises(), {{"lea", At(9), "b12", holders}});
}

TEST(CombinedRoles, IsKeptByWhoeverHoldsBoth) { EXPECT_EQ(PenaltyOfHolders({"ana", "ana"}), 0); }

TEST(CombinedRoles, CountsEachSeatWhoseHolderCouldHoldTheOther) {
  EXPECT_EQ(PenaltyOfHolders({"bo", "bo"}), 2);
  EXPECT_EQ(PenaltyOfHolders({"ana", "bo"}), 1);
  EXPECT_EQ(PenaltyOfHolders({"bo", "ana"}), 3);
}

TEST(CombinedRoles, AsksNothingOfWhoMayNotHoldTheOther) { EXPECT_EQ(PenaltyOfHolders({"ana", "cy"}), 0); }

TEST(CombinedRoles, NamesThePersonAndTheRoleNotHeld) {
  const Problem problem = Build(AnaSupervises());
  const Match match = OnlyMatchOf(kRule, Arrange(problem, {{"lea", At(9), "b12", {"bo", "cy"}}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_EQ(problem.role(match.role.value()).name, "president");
  EXPECT_EQ(match.amount, 2);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
