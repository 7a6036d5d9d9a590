#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::RoomOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Ana judges both; b12 and c1 are on one site, n1 on another one, 30 minutes away.
ProblemSpec TwoSites() {
  ProblemSpec spec = ASmallProblem();
  spec.travel_minutes = 30;
  spec.rooms = {ARoom({.key = "b12", .site = "Sud"}), ARoom({.key = "c1", .site = "Sud"}),
                ARoom({.key = "n1", .site = "Nord"})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  return spec;
}

TEST(PersonClash, LetsNobodyAttendTwoDefencesAtOnce) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonClash, TwoSites(), {{"lea", At(9), "b12"}, {"tom", At(9, 30), "c1"}}),
            1);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonClash, TwoSites(), {{"lea", At(9), "b12"}, {"tom", At(10), "c1"}}), 0);
}

TEST(PersonClash, WantsTimeToTravelBetweenSites) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonClash, TwoSites(), {{"lea", At(9), "b12"}, {"tom", At(10, 29), "n1"}}),
            1);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonClash, TwoSites(), {{"lea", At(9), "b12"}, {"tom", At(10, 30), "n1"}}),
            0);
}

TEST(PersonClash, WantsNoTravelOfWhoIsOnVideoButNotTwoPlacesEither) {
  ProblemSpec spec = TwoSites();
  spec.defences[1].seats[0].remote = true;
  EXPECT_EQ(PenaltyOf(RuleId::kPersonClash, spec, {{"lea", At(9), "b12"}, {"tom", At(10), "n1"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonClash, spec, {{"lea", At(9), "b12"}, {"tom", At(9, 59), "n1"}}), 1);
}

TEST(PersonClash, CountsEachPersonAndAPersonOfTwoSeatsOnce) {
  ProblemSpec spec = TwoSites();
  spec.defences = {ADefence("lea", {"ana", "bob", "ana"}), ADefence("tom", {"ana", "bob"})};
  EXPECT_EQ(PenaltyOf(RuleId::kPersonClash, spec, {{"lea", At(9), "b12"}, {"tom", At(9), "c1"}}), 2);
}

TEST(PersonClash, TellsWhetherTimeOrTravelIsMissing) {
  const Problem problem = Build(TwoSites());
  const Match overlap =
      OnlyMatchOf(RuleId::kPersonClash, Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(9, 45), "c1"}}));
  EXPECT_THAT(overlap.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_THAT(overlap.rooms, IsEmpty());
  EXPECT_EQ(overlap.time, (Interval{At(9, 45), At(10)}));

  const Match travel =
      OnlyMatchOf(RuleId::kPersonClash, Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10, 10), "n1"}}));
  EXPECT_THAT(travel.rooms, ElementsAre(RoomOf(problem, "b12"), RoomOf(problem, "n1")));
  EXPECT_EQ(travel.time, (Interval{At(10), At(10, 10)}));
  EXPECT_EQ(travel.amount, 10);
  EXPECT_EQ(travel.limit, 30);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
