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
using ::testing::ElementsAre;

// Ana has a given seat; two seats are open.
ProblemSpec AnaAndTwoOpenSeats() {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].seats.push_back(AnOpenSeat("president", {"ana", "bo", "eve"}));
  spec.defences[0].seats.push_back(AnOpenSeat("secretary", {"bo", "eve"}));
  return spec;
}

TEST(OneSeat, IsKeptByDifferentPeople) {
  EXPECT_EQ(PenaltyOf(RuleId::kOneSeat, AnaAndTwoOpenSeats(), {{"lea", At(9), "b12", {"bo", "eve"}}}), 0);
}

TEST(OneSeat, CountsWhoeverIsChosenTwice) {
  EXPECT_EQ(PenaltyOf(RuleId::kOneSeat, AnaAndTwoOpenSeats(), {{"lea", At(9), "b12", {"bo", "bo"}}}), 1);
}

TEST(OneSeat, CountsWhoeverIsChosenBesidesAGivenSeat) {
  EXPECT_EQ(PenaltyOf(RuleId::kOneSeat, AnaAndTwoOpenSeats(), {{"lea", At(9), "b12", {"ana", "bo"}}}), 1);
}

TEST(OneSeat, DoesNotMindSeveralGivenSeats) {
  ProblemSpec spec = AnaAndTwoOpenSeats();
  spec.defences[0].seats.push_back({.person = "ana", .role = "supervisor"});
  EXPECT_EQ(PenaltyOf(RuleId::kOneSeat, spec, {{"lea", At(9), "b12", {"bo", "eve"}}}), 0);
}

TEST(OneSeat, NamesThePerson) {
  const Problem problem = Build(AnaAndTwoOpenSeats());
  const Match match =
      OnlyMatchOf(RuleId::kOneSeat, Arrange(problem, {{"lea", At(9), "b12", {"eve", "eve"}}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "eve")));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
