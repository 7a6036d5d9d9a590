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
using ::soutenance::scheduling::solver::testing::DefenceOf;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::RoomOf;
using ::testing::ElementsAre;

ProblemSpec TwoDefences(int32_t buffer) {
  ProblemSpec spec = ASmallProblem();
  spec.buffer_minutes = buffer;
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bob"}), ADefence("zoe", {"eve"}, 180)};
  return spec;
}

TEST(RoomClash, LetsDefencesOfOneRoomTouchIfThereIsNoBuffer) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomClash, TwoDefences(0), {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}),
            0);
}

TEST(RoomClash, WantsTheBufferBetweenThem) {
  EXPECT_EQ(
      PenaltyOf(RuleId::kRoomClash, TwoDefences(15), {{"lea", At(9), "b12"}, {"tom", At(10, 14), "b12"}}), 1);
  EXPECT_EQ(
      PenaltyOf(RuleId::kRoomClash, TwoDefences(15), {{"lea", At(9), "b12"}, {"tom", At(10, 15), "b12"}}), 0);
}

TEST(RoomClash, CountsEachPairThatOverlaps) {
  // Zoe until 12 overlaps both others, which do not overlap each other.
  EXPECT_EQ(PenaltyOf(RuleId::kRoomClash, TwoDefences(0),
                      {{"zoe", At(9), "b12"}, {"lea", At(9, 30), "b12"}, {"tom", At(10, 30), "b12"}}),
            2);
}

TEST(RoomClash, DoesNotLookAtOtherRoomsOrDays) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomClash, TwoDefences(15),
                      {{"lea", At(9), "b12"}, {"tom", At(9), "c1"}, {"zoe", At(9, 0, 1), "b12"}}),
            0);
}

TEST(RoomClash, TellsWhoClashesWhereAndWhen) {
  const Problem problem = Build(TwoDefences(15));
  const Match match =
      OnlyMatchOf(RuleId::kRoomClash, Arrange(problem, {{"tom", At(9), "b12"}, {"lea", At(9, 50), "b12"}}));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "tom"), DefenceOf(problem, "lea")));
  EXPECT_THAT(match.rooms, ElementsAre(RoomOf(problem, "b12")));
  EXPECT_EQ(match.time, (Interval{At(9, 50), At(10)}));
  EXPECT_EQ(match.amount, -10);
  EXPECT_EQ(match.limit, 15);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
