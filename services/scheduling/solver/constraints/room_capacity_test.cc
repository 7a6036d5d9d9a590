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

ProblemSpec NeedsSeats(int32_t seats) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom({.key = "b12", .capacity = 20})};
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].capacity = seats;
  return spec;
}

TEST(RoomCapacity, IsEnoughIfItIsExact) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomCapacity, NeedsSeats(20), {{"lea", At(9), "b12"}}), 0);
}

TEST(RoomCapacity, CountsTheSeatsThatAreMissing) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomCapacity, NeedsSeats(25), {{"lea", At(9), "b12"}}), 5);
}

TEST(RoomCapacity, TellsWhatThereIsAndWhatIsNeeded) {
  const Problem problem = Build(NeedsSeats(25));
  const Match match = OnlyMatchOf(RuleId::kRoomCapacity, Arrange(problem, {{"lea", At(9), "b12"}}));
  EXPECT_EQ(match.penalty, 5);
  EXPECT_EQ(match.amount, 20);
  EXPECT_EQ(match.limit, 25);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
