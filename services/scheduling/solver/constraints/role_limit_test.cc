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
using ::soutenance::scheduling::solver::testing::DefenceOf;
using ::soutenance::scheduling::solver::testing::MatchesOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::PlacedAt;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr RuleId kRule = RuleId::kRoleLimit;

// Bo or Eve presides over each of three defences; Bo at most once a day and twice in all.
ProblemSpec ThreeDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.roles = {RoleSpec{.name = "president", .load = {}, .combined = {}}};
  for (const char* key : {"lea", "max", "tom"}) {
    spec.defences.push_back(ADefence(key, {std::string("supervisor of ") + key}));
    spec.defences.back().seats.push_back(AnOpenSeat("president", {"bo", "eve"}));
  }
  spec.persons.push_back(
      APerson({.key = "bo", .role_limits = {{.role = "president", .max_per_day = 1, .max_total = 2}}}));
  return spec;
}

TEST(RoleLimit, IsKeptAtTheLimit) {
  const std::vector<PlacedAt> placed = {{"lea", At(9), "b12", {"bo"}}, {"max", At(9, 0, 1), "b12", {"bo"}}};
  EXPECT_EQ(PenaltyOf(kRule, ThreeDefences(), placed), 0);
}

TEST(RoleLimit, CountsWhatIsTooMuchInADayAndInTheCampaign) {
  EXPECT_EQ(
      PenaltyOf(kRule, ThreeDefences(), {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"bo"}}}), 1);
  EXPECT_EQ(PenaltyOf(kRule, ThreeDefences(),
                      {{"lea", At(9), "b12", {"bo"}},
                       {"max", At(10), "b12", {"bo"}},
                       {"tom", At(9, 0, 1), "b12", {"bo"}}}),
            1 + 1);
}

TEST(RoleLimit, BindsNobodyElse) {
  EXPECT_EQ(
      PenaltyOf(
          kRule, ThreeDefences(),
          {{"lea", At(9), "b12", {"eve"}}, {"max", At(10), "b12", {"eve"}}, {"tom", At(11), "b12", {"eve"}}}),
      0);
}

TEST(RoleLimit, CountsGivenSeatsOfThatRoleOnly) {
  ProblemSpec spec = ThreeDefences();
  spec.defences[0].seats[1] = {.person = "bo", .role = "president"};
  spec.defences[1].seats[1] = {.person = "bo", .role = "president"};
  spec.defences[2].seats[0] = {.person = "bo", .role = "supervisor"};
  EXPECT_EQ(PenaltyOf(kRule, spec,
                      {{"lea", At(9), "b12"}, {"max", At(10), "b12"}, {"tom", At(11), "b12", {"eve"}}}),
            1);
}

TEST(RoleLimit, NamesThePersonTheRoleTheDayAndTheCount) {
  const Problem problem = Build(ThreeDefences());
  const std::vector<Match> matches =
      MatchesOf(kRule, Arrange(problem, {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"bo"}}}));
  ASSERT_THAT(matches, SizeIs(1));
  EXPECT_THAT(matches[0].persons, ElementsAre(PersonOf(problem, "bo")));
  EXPECT_THAT(matches[0].defences, ElementsAre(DefenceOf(problem, "lea"), DefenceOf(problem, "max")));
  EXPECT_EQ(problem.role(matches[0].role.value()).name, "president");
  EXPECT_EQ(matches[0].time, (Interval{0, kMinutesPerDay}));
  EXPECT_EQ(matches[0].amount, 2);
  EXPECT_EQ(matches[0].limit, 1);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
