#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::PenaltyOf;

ProblemSpec Pinned(PinSpec pin) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].pin = std::move(pin);
  return spec;
}

TEST(Pinned, KeepsTheDayAndLetsTimeAndRoomGo) {
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.day = 1}), {{"lea", At(15, 0, 1), "c1"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.day = 1}), {{"lea", At(15), "c1"}}), 1);
}

TEST(Pinned, KeepsTheTimeOfTheDayOnAnyDay) {
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.time = At(9)}), {{"lea", At(9, 0, 1), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.time = At(9)}), {{"lea", At(9, 30), "b12"}}), 1);
}

TEST(Pinned, KeepsTheRoom) {
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.room = "b12"}), {{"lea", At(9), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.room = "b12"}), {{"lea", At(9), "c1"}}), 1);
}

TEST(Pinned, KeepsAJuror) {
  ProblemSpec spec = Pinned({.jurors = {"ana"}});
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, spec, {{"lea", At(9), "b12"}}), 0);
  spec.defences[0].seats[0].person = "bob";
  spec.persons = {testing::APerson("ana")};
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, spec, {{"lea", At(9), "b12"}}), 1);
}

TEST(Pinned, KeepsAJurorWhoIsChosenForASeat) {
  ProblemSpec spec = Pinned({.jurors = {"eve"}});
  spec.defences[0].seats.push_back(testing::AnOpenSeat("reader", {"bob", "eve"}));
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, spec, {{"lea", At(9), "b12", {"eve"}}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, spec, {{"lea", At(9), "b12", {"bob"}}}), 1);
}

TEST(Pinned, KeepsTheMode) {
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.mode = Mode::kOnSite}), {{"lea", At(9), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, Pinned({.mode = Mode::kVideo}), {{"lea", At(9), "b12"}}), 1);
  ProblemSpec spec = Pinned({.mode = Mode::kOnSite});
  spec.defences[0].seats[0].remote = true;
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, spec, {{"lea", At(9), "b12"}}), 1);
}

TEST(Pinned, CountsEachAspectAndNothingOfAnUnplacedDefence) {
  const ProblemSpec spec = Pinned({.day = 1, .time = At(9), .room = "b12"});
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, spec, {{"lea", At(10), "c1"}}), 3);
  EXPECT_EQ(PenaltyOf(RuleId::kPinned, spec, {}), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
