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

ProblemSpec Needs(std::vector<std::string> equipment) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom({.key = "b12", .equipment = {"video", "piano"}}), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].equipment = std::move(equipment);
  return spec;
}

TEST(RoomEquipment, MayBeMoreThanIsNeeded) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomEquipment, Needs({"video"}), {{"lea", At(9), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomEquipment, Needs({}), {{"lea", At(9), "c1"}}), 0);
}

TEST(RoomEquipment, CountsEachPieceThatIsMissing) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomEquipment, Needs({"video", "screen"}), {{"lea", At(9), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomEquipment, Needs({"video", "screen"}), {{"lea", At(9), "c1"}}), 2);
}

TEST(RoomEquipment, IsOneMatchADefence) {
  const Problem problem = Build(Needs({"video", "screen"}));
  EXPECT_EQ(OnlyMatchOf(RuleId::kRoomEquipment, Arrange(problem, {{"lea", At(9), "c1"}})).penalty, 2);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
