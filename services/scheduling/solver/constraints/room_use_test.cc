// The rules that look at what rooms have: gaps, topics, days in use, breaks and loads.
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
using ::soutenance::scheduling::solver::testing::MatchesOf;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;

// Two rooms, windows from 9 to 12 and from 13 to 17, and four defences of an hour, two of each topic.
ProblemSpec TwoTopics() {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom("b12"), ARoom("c3")};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"}), ADefence("zoe", {"cy"}),
                   ADefence("max", {"dan"})};
  spec.defences[0].topic = spec.defences[1].topic = "networks";
  spec.defences[2].topic = spec.defences[3].topic = "robots";
  SetRule(spec, "room_break", RuleLevel::kHard, 0, 90);
  SetRule(spec, "room_day_limit", RuleLevel::kHard, 0, 2);
  SetRule(spec, "room_block_load", RuleLevel::kHard, 0, 2);
  SetRule(spec, "topic_blocks", RuleLevel::kSoft, 1, 1);
  SetRule(spec, "topic_changes", RuleLevel::kSoft);
  SetRule(spec, "room_gaps", RuleLevel::kSoft);
  SetRule(spec, "room_days", RuleLevel::kSoft);
  return spec;
}

TEST(RoomGaps, AreNoneWhereTheWindowIsFull) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomGaps, TwoTopics(),
                      {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11), "b12"}}),
            0);
}

TEST(RoomGaps, CountWhereTheRoomTurnsFreeOrOccupiedWithinAWindow) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomGaps, TwoTopics(), {{"lea", At(9), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomGaps, TwoTopics(), {{"lea", At(11), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomGaps, TwoTopics(), {{"lea", At(10), "b12"}}), 2);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomGaps, TwoTopics(), {{"lea", At(9), "b12"}, {"tom", At(11), "b12"}}), 2);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomGaps, TwoTopics(), {{"lea", At(11), "b12"}, {"tom", At(13), "b12"}}), 2);
}

TEST(RoomGaps, AreNotMadeByTheBufferOfTheCampaign) {
  ProblemSpec spec = TwoTopics();
  spec.buffer_minutes = 30;
  EXPECT_EQ(PenaltyOf(RuleId::kRoomGaps, spec, {{"lea", At(9), "b12"}, {"tom", At(10, 30), "b12"}}), 0);
}

TEST(RoomGaps, AreToldWithWhatLiesBesideThem) {
  const Problem problem = Build(TwoTopics());
  const Match match =
      OnlyMatchOf(RuleId::kRoomGaps, Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(11), "b12"}}));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "lea"), DefenceOf(problem, "tom")));
  EXPECT_EQ(match.time, (Interval{At(10), At(11)}));
  EXPECT_EQ(match.penalty, 2);
}

TEST(TopicChanges, CountWhereAnotherTopicFollowsWithoutAGap) {
  EXPECT_EQ(PenaltyOf(RuleId::kTopicChanges, TwoTopics(), {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}),
            0);
  EXPECT_EQ(PenaltyOf(RuleId::kTopicChanges, TwoTopics(), {{"lea", At(9), "b12"}, {"zoe", At(10), "b12"}}),
            1);
}

TEST(TopicChanges, AreNoneAcrossAGapAWindowOrRooms) {
  EXPECT_EQ(PenaltyOf(RuleId::kTopicChanges, TwoTopics(),
                      {{"lea", At(9), "b12"}, {"zoe", At(11), "b12"}, {"tom", At(13), "b12"}}),
            0);
  EXPECT_EQ(PenaltyOf(RuleId::kTopicChanges, TwoTopics(), {{"lea", At(9), "b12"}, {"zoe", At(10), "c3"}}), 0);
}

TEST(TopicChanges, NeedTopicsOnBothSides) {
  ProblemSpec spec = TwoTopics();
  spec.defences[0].topic = "";
  EXPECT_EQ(PenaltyOf(RuleId::kTopicChanges, spec, {{"lea", At(9), "b12"}, {"zoe", At(10), "b12"}}), 0);
}

TEST(TopicBlocks, CountTheTopicsOfARoomInOneWindowBeyondTheParameter) {
  EXPECT_EQ(PenaltyOf(RuleId::kTopicBlocks, TwoTopics(), {{"lea", At(9), "b12"}, {"zoe", At(11), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kTopicBlocks, TwoTopics(), {{"lea", At(9), "b12"}, {"zoe", At(13), "b12"}}), 0);
  ProblemSpec all = TwoTopics();
  SetRule(all, "topic_blocks", RuleLevel::kSoft, 1, 0);
  EXPECT_EQ(PenaltyOf(RuleId::kTopicBlocks, all, {{"lea", At(9), "b12"}, {"zoe", At(13), "b12"}}), 2);
}

TEST(RoomDays, CountTheDaysOnWhichEachRoomIsUsed) {
  EXPECT_EQ(PenaltyOf(RuleId::kRoomDays, TwoTopics(), {}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomDays, TwoTopics(),
                      {{"lea", At(9), "b12"}, {"tom", At(14), "b12"}, {"zoe", At(9), "c3"}}),
            2);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomDays, TwoTopics(), {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}}),
            2);
}

TEST(RoomDayLimit, IsOneNumberForAllRooms) {
  const ProblemSpec spec = TwoTopics();
  EXPECT_EQ(PenaltyOf(RuleId::kRoomDayLimit, spec, {{"lea", At(9), "b12"}, {"zoe", At(9), "c3"}}), 0);
  const Problem problem = Build(spec);
  const Match match = OnlyMatchOf(
      RuleId::kRoomDayLimit,
      Arrange(problem, {{"lea", At(9), "b12"}, {"zoe", At(9), "c3"}, {"tom", At(9, 0, 1), "b12"}}));
  EXPECT_EQ(match.penalty, 1);
  EXPECT_EQ(match.amount, 3);
  EXPECT_EQ(match.limit, 2);
}

TEST(RoomBreak, AsksForARestBetweenTheWindowsOfADay) {
  const ProblemSpec spec = TwoTopics();  // from 12 to 13 nothing may take place
  EXPECT_EQ(PenaltyOf(RuleId::kRoomBreak, spec, {{"lea", At(11), "b12"}, {"tom", At(13), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomBreak, spec, {{"lea", At(11), "b12"}, {"tom", At(13, 30), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomBreak, spec, {{"lea", At(10, 30), "b12"}, {"tom", At(13), "b12"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomBreak, spec, {{"lea", At(11), "b12"}, {"tom", At(13), "c3"}}), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomBreak, spec, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}), 0);
}

TEST(RoomBreak, NamesWhatLiesOnBothSides) {
  const Problem problem = Build(TwoTopics());
  const Match match =
      OnlyMatchOf(RuleId::kRoomBreak, Arrange(problem, {{"lea", At(11), "b12"}, {"tom", At(13), "b12"}}));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "lea"), DefenceOf(problem, "tom")));
  EXPECT_EQ(match.amount, 60);
  EXPECT_EQ(match.limit, 90);
}

TEST(RoomBlockLoad, CountsDefencesOfOneRoomInOneWindow) {
  const ProblemSpec spec = TwoTopics();
  EXPECT_EQ(PenaltyOf(RuleId::kRoomBlockLoad, spec,
                      {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(13), "b12"}}),
            0);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomBlockLoad, spec,
                      {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11), "b12"}}),
            1);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
