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

// Bo suits as president, Eve costs 3; either may be secretary.
ProblemSpec EveCosts() {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].seats.push_back(AnOpenSeat("president", {"bo", "eve"}));
  spec.defences[0].seats[1].candidates[1].cost = 3;
  spec.defences[0].seats.push_back(AnOpenSeat("secretary", {"bo", "eve"}));
  SetRule(spec, "seat_cost", RuleLevel::kSoft);
  return spec;
}

TEST(SeatCost, IsThatOfWhoeverHoldsTheSeat) {
  EXPECT_EQ(PenaltyOf(RuleId::kSeatCost, EveCosts(), {{"lea", At(9), "b12", {"bo", "eve"}}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kSeatCost, EveCosts(), {{"lea", At(9), "b12", {"eve", "bo"}}}), 3);
}

TEST(SeatCost, IsNothingForWhatIsUnplaced) { EXPECT_EQ(PenaltyOf(RuleId::kSeatCost, EveCosts(), {}), 0); }

TEST(SeatCost, NamesTheHolderAndTheCost) {
  const Problem problem = Build(EveCosts());
  const Match match =
      OnlyMatchOf(RuleId::kSeatCost, Arrange(problem, {{"lea", At(9), "b12", {"eve", "bo"}}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "eve")));
  EXPECT_EQ(match.amount, 3);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
