#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::SetRule;

// Ana attends three defences of an hour on a grid of half an hour. No wait is worth 2 to her, half an hour 1;
// a change of rooms without a wait costs 5, one in half an hour 4. All that three times.
ProblemSpec AnaThrice() {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .weight = 3, .nearness = {2, 1}, .room_change = {5, 4}})};
  spec.rooms.push_back(ARoom("a7"));
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("max", {"ana"})};
  SetRule(spec, "nearness", RuleLevel::kSoft);
  SetRule(spec, "quick_room_change", RuleLevel::kSoft);
  return spec;
}

TEST(Nearness, CostsNothingForOneDefence) {
  EXPECT_EQ(PenaltyOf(RuleId::kNearness, AnaThrice(), {{"lea", At(9), "b12"}}), 0);
}

TEST(Nearness, CostsAllPointsLessThoseOfTheWait) {
  const auto with = [](Minute start) {
    return PenaltyOf(RuleId::kNearness, AnaThrice(), {{"lea", At(9), "b12"}, {"tom", start, "b12"}});
  };
  EXPECT_EQ(with(At(10)), 3 * (3 - 2));
  EXPECT_EQ(with(At(10, 30)), 3 * (3 - 1));
  EXPECT_EQ(with(At(11)), 3 * 3);
  EXPECT_EQ(with(At(10, 0, 1)), 3 * 3);
}

TEST(Nearness, LooksAtEachWaitOfADay) {
  EXPECT_EQ(PenaltyOf(RuleId::kNearness, AnaThrice(),
                      {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"max", At(11), "a7"}}),
            3 * (2 * 3 - 2 - 2));
}

TEST(QuickRoomChange, CostsThePointsOfTheWait) {
  const auto with = [](Minute start, const char* room) {
    return PenaltyOf(RuleId::kQuickRoomChange, AnaThrice(), {{"lea", At(9), "b12"}, {"tom", start, room}});
  };
  EXPECT_EQ(with(At(10), "b12"), 0);
  EXPECT_EQ(with(At(10), "a7"), 3 * 5);
  EXPECT_EQ(with(At(10, 30), "a7"), 3 * 4);
  EXPECT_EQ(with(At(11), "a7"), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
