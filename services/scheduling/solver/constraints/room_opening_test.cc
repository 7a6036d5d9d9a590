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
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::RoomOf;
using ::testing::ElementsAre;

ProblemSpec OpenInTheMorning() {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom({.key = "b12", .open = {Hours(8, 12, 0), Hours(14, 18, 0)}})};
  spec.defences = {ADefence("lea", {"ana"})};
  return spec;
}

TEST(RoomOpening, HoldsTheWholeDefence) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomOpening, OpenInTheMorning(), {{"lea", At(11), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomOpening, OpenInTheMorning(), {{"lea", At(11, 30), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomOpening, OpenInTheMorning(), {{"lea", At(9, 0, 1), "b12"}}), 1);
}

TEST(RoomOpening, IsNotTheOpeningOfTheCampaign) {
  // Before the campaign opens at 9, the room is open all the same.
  EXPECT_EQ(PenaltyOf(RuleId::kRoomOpening, OpenInTheMorning(), {{"lea", At(8), "b12"}}), 0);
}

TEST(RoomOpening, TellsTheRoomAndTheTime) {
  const Problem problem = Build(OpenInTheMorning());
  const Match match = OnlyMatchOf(RuleId::kRoomOpening, Arrange(problem, {{"lea", At(12), "b12"}}));
  EXPECT_THAT(match.rooms, ElementsAre(RoomOf(problem, "b12")));
  EXPECT_EQ(match.time, Hours(12, 13));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
