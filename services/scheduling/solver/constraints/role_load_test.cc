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
using ::soutenance::scheduling::solver::testing::DefenceOf;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::PlacedAt;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;

constexpr RuleId kRule = RuleId::kRoleLoad;

// Bo or Eve presides over each of three defences, once or twice each: else it costs 10, and 20 more for
// three.
ProblemSpec ThreeDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.roles = {RoleSpec{.name = "president",
                         .load = {{.low = 1, .high = 1, .cost = 10}, {.low = 0, .high = 2, .cost = 20}},
                         .combined = {}}};
  for (const char* key : {"lea", "max", "tom"}) {
    spec.defences.push_back(ADefence(key, {std::string("supervisor of ") + key}));
    spec.defences.back().seats.push_back(AnOpenSeat("president", {"bo", "eve"}));
  }
  SetRule(spec, "role_load", RuleLevel::kSoft);
  return spec;
}

TEST(RoleLoad, IsKeptWithinTheBands) {
  const std::vector<PlacedAt> placed = {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"eve"}}};
  EXPECT_EQ(PenaltyOf(kRule, ThreeDefences(), placed), 0);
}

TEST(RoleLoad, WhoHoldsNoneIsBelow) { EXPECT_EQ(PenaltyOf(kRule, ThreeDefences(), {}), 20); }

TEST(RoleLoad, ABandMayBeAboutSomePeopleOnly) {
  ProblemSpec spec = ThreeDefences();
  spec.roles[0].load = {{.low = 1, .high = 1, .cost = 10, .only = {"eve"}}};
  EXPECT_EQ(PenaltyOf(kRule, spec, {}), 10);
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"bo"}}}), 10);
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12", {"eve"}}, {"max", At(10), "b12", {"bo"}}}), 0);
}

TEST(RoleLoad, AddsUpTheBandsThatAreLeft) {
  EXPECT_EQ(
      PenaltyOf(kRule, ThreeDefences(), {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"bo"}}}),
      10 + 10);  // Bo twice, Eve never
  EXPECT_EQ(
      PenaltyOf(
          kRule, ThreeDefences(),
          {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"bo"}}, {"tom", At(11), "b12", {"bo"}}}),
      30 + 10);  // Bo three times
}

TEST(RoleLoad, OtherRolesOfThePersonDoNotCount) {
  ProblemSpec spec = ThreeDefences();
  spec.defences[1].seats[0].person = "bo";
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"eve"}}}), 0);
}

TEST(RoleLoad, AGivenSeatCounts) {
  ProblemSpec spec = ThreeDefences();
  spec.defences[1].seats[1] = {.person = "bo", .role = "president"};
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12", {"eve"}}, {"max", At(10), "b12"}}), 0);
}

TEST(RoleLoad, NamesThePersonTheRoleAndTheCount) {
  const Problem problem = Build(ThreeDefences());
  const Match match = OnlyMatchOf(kRule, Arrange(problem, {{"lea", At(9), "b12", {"bo"}},
                                                           {"max", At(10), "b12", {"eve"}},
                                                           {"tom", At(11), "b12", {"bo"}}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "bo")));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "lea"), DefenceOf(problem, "tom")));
  EXPECT_EQ(problem.role(match.role.value()).name, "president");
  EXPECT_EQ(match.amount, 2);
  EXPECT_EQ(match.limit, 1);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
