#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::AnOpenSeat;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::DefenceOf;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PlacedAt;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;

// Rooms are open from 9 to 17 without a break. A pause begins from 12 to before 13, has at least 30 minutes
// and should have 60.
ProblemSpec WithPause() {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 17)};
  spec.pauses = {{.begins = Hours(12, 13), .least_minutes = 30, .wanted_minutes = 60}};
  spec.roles = {RoleSpec{.name = "president", .change_cost = 7, .load = {}, .combined = {}}};
  for (const char* key : {"lea", "max", "tom"}) {
    spec.defences.push_back(ADefence(key, {std::string("supervisor of ") + key}));
    spec.defences.back().seats.push_back(AnOpenSeat("president", {"bo", "eve"}));
  }
  SetRule(spec, "room_pause", RuleLevel::kHard);
  SetRule(spec, "short_pause", RuleLevel::kSoft);
  SetRule(spec, "block_continuity", RuleLevel::kHard);
  return spec;
}

int64_t PenaltyOfPlaced(RuleId rule, const std::vector<PlacedAt>& placed) {
  return PenaltyOf(rule, WithPause(), placed);
}

TEST(RoomPause, IsThereIfItCanBeginInTimeAndIsLongEnough) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomPause, {{"lea", At(11), "b12"}, {"max", At(12, 30), "b12"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomPause, {{"lea", At(11, 1), "b12"}, {"max", At(12, 30), "b12"}}), 1);
  // From 12:59, but not from 13:00.
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomPause, {{"lea", At(11, 59), "b12"}, {"max", At(13, 29), "b12"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomPause, {{"lea", At(12), "b12"}, {"max", At(14), "b12"}}), 1);
}

TEST(RoomPause, MayComeBeforeAllOrAfterAll) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomPause, {{"lea", At(13), "b12"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomPause, {{"lea", At(10), "b12"}}), 0);
}

TEST(RoomPause, NamesTheRoomAndWhenItMayBegin) {
  const Problem problem = Build(WithPause());
  const Match match = OnlyMatchOf(RuleId::kRoomPause, Arrange(problem, {{"lea", At(12), "b12"}}));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "lea")));
  EXPECT_EQ(match.time, Hours(12, 13));
  EXPECT_EQ(match.limit, 30);
}

TEST(ShortPause, CountsTheStepsThatAreMissing) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kShortPause, {{"lea", At(11), "b12"}, {"max", At(13), "b12"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kShortPause, {{"lea", At(11), "b12"}, {"max", At(12, 30), "b12"}}), 1);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kShortPause, {{"lea", At(12), "b12"}, {"max", At(13), "b12"}}), 2);
}

TEST(BlockContinuity, ABoardMayChangeAtThePause) {
  const auto penalty = [](const char* first, const char* second, Minute start) {
    return PenaltyOfPlaced(RuleId::kBlockContinuity,
                           {{"lea", At(11), "b12", {first}}, {"max", start, "b12", {second}}});
  };
  EXPECT_EQ(penalty("bo", "eve", At(12, 30)), 0);
  EXPECT_EQ(penalty("bo", "eve", At(12, 29)), 7) << "that is no pause";
  EXPECT_EQ(penalty("bo", "bo", At(12)), 0);
}

TEST(BlockContinuity, ABoardMayChangeAtOneOfTwoPausesOnly) {
  ProblemSpec spec = WithPause();
  spec.defences[1].duration_minutes = 15;
  EXPECT_EQ(PenaltyOf(RuleId::kBlockContinuity, spec,
                      {{"lea", At(11), "b12", {"bo"}},
                       {"max", At(12, 30), "b12", {"eve"}},
                       {"tom", At(13, 15), "b12", {"bo"}}}),
            7);
}

TEST(ShortPause, MayHaveToBeOverInTime) {
  ProblemSpec spec = WithPause();
  spec.pauses[0].until = At(13, 30);
  EXPECT_EQ(PenaltyOf(RuleId::kShortPause, spec, {{"lea", At(11, 45), "b12"}}), 1);
  spec.pauses[0].until = At(13, 20);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomPause, spec, {{"lea", At(11, 59), "b12"}}), 1);
}

TEST(ShortPause, IsTheOneAtWhichTheBoardChanges) {
  ProblemSpec spec = WithPause();
  spec.defences[1].duration_minutes = 15;
  // Half an hour before Max, an hour after: the board changes before.
  const auto placed = [](const char* holder) {
    return std::vector<PlacedAt>{{"lea", At(11), "b12", {"bo"}},
                                 {"max", At(12, 30), "b12", {holder}},
                                 {"tom", At(13, 45), "b12", {holder}}};
  };
  EXPECT_EQ(PenaltyOf(RuleId::kShortPause, spec, placed("bo")), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kShortPause, spec, placed("eve")), 1);
}

TEST(PersonPause, IsAboutWhatAPersonAttendsInAllRooms) {
  ProblemSpec spec = WithPause();
  spec.rooms.push_back(ARoom("c3"));
  spec.defences = {ADefence("lea", {"ana"}), ADefence("max", {"ana"})};
  SetRule(spec, "person_pause", RuleLevel::kSoft);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonPause, spec, {{"lea", At(11, 30), "b12"}, {"max", At(13), "c3"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonPause, spec, {{"lea", At(11, 31), "b12"}, {"max", At(13), "c3"}}), 1);
}

// Five minutes more than the parameter are a wait, except at noon.
TEST(Waits, CountWaitsButForThePause) {
  ProblemSpec spec = WithPause();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("max", {"ana"}), ADefence("tom", {"ana"})};
  SetRule(spec, "waits", RuleLevel::kSoft, 0, 10);
  const auto penalty = [&](const std::vector<PlacedAt>& placed) {
    return PenaltyOf(RuleId::kWaits, spec, placed);
  };
  EXPECT_EQ(penalty({{"lea", At(9), "b12"}, {"max", At(10, 10), "b12"}}), 0);
  EXPECT_EQ(penalty({{"lea", At(9), "b12"}, {"max", At(10, 15), "b12"}}), 1);
  EXPECT_EQ(penalty({{"lea", At(11), "b12"}, {"max", At(13, 30), "b12"}}), 0);
  EXPECT_EQ(penalty({{"lea", At(10), "b12"}, {"max", At(12), "b12"}, {"tom", At(15), "b12"}}), 2);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
