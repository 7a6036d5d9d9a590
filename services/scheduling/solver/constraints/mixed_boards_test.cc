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
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::PlacedAt;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;

// Two members for each of three defences, of three who may; two are MSc, one is BSc.
ProblemSpec ThreeDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.rooms.push_back(ARoom("c3"));
  spec.roles = {RoleSpec{
      .name = "member", .change_cost = 7, .load = {}, .combined = {}, .mix_cost = 4, .day_change_cost = 9}};
  for (const char* key : {"lea", "max", "tom"}) {
    spec.defences.push_back(ADefence(key, {std::string("supervisor of ") + key}));
    spec.defences.back().seats.push_back(AnOpenSeat("member", {"bo", "eve", "guy"}));
    spec.defences.back().seats.push_back(AnOpenSeat("member", {"bo", "eve", "guy"}));
    spec.defences.back().cohort = "MSc";
  }
  spec.defences[2].cohort = "BSc";
  spec.defences[0].topic = spec.defences[1].topic = "CS";
  spec.defences[2].topic = "EE";
  for (const char* rule : {"mixed_holders", "mixed_cohorts", "block_continuity", "room_topics",
                           "day_continuity", "topic_rooms"}) {
    SetRule(spec, rule, RuleLevel::kSoft);
  }
  return spec;
}

int64_t PenaltyOfPlaced(RuleId rule, const std::vector<PlacedAt>& placed) {
  return PenaltyOf(rule, ThreeDefences(), placed);
}

TEST(MixedHolders, CountsPairsWithOtherPeopleWhateverTheirSeats) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedHolders,
                            {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(10), "b12", {"eve", "bo"}}}),
            0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedHolders,
                            {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(10), "b12", {"eve", "guy"}}}),
            4);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedHolders, {{"lea", At(9), "b12", {"bo", "eve"}},
                                                    {"max", At(10), "b12", {"eve", "guy"}},
                                                    {"tom", At(13), "b12", {"bo", "eve"}}}),
            8);
}

TEST(MixedHolders, AnotherDayOrRoomDoesNotMatter) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedHolders, {{"lea", At(9), "b12", {"bo", "eve"}},
                                                    {"max", At(10, 0, 1), "b12", {"eve", "guy"}}}),
            0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedHolders,
                            {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(10), "c3", {"eve", "guy"}}}),
            0);
}

TEST(MixedHolders, NamesWhoDiffers) {
  const Problem problem = Build(ThreeDefences());
  const Match match = OnlyMatchOf(
      RuleId::kMixedHolders,
      Arrange(problem, {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(10), "b12", {"eve", "guy"}}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "bo"), PersonOf(problem, "guy")));
  EXPECT_EQ(match.amount, 4);
}

TEST(BlockContinuity, OfARoleWithSeveralSeatsAllMustStay) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kBlockContinuity,
                            {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(10), "b12", {"eve", "bo"}}}),
            0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kBlockContinuity,
                            {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(10), "b12", {"bo", "guy"}}}),
            7);
}

TEST(MixedCohorts, CountsPairsOfOneRoomAndDay) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedCohorts,
                            {{"lea", At(9), "b12"}, {"max", At(10), "b12"}, {"tom", At(13), "b12"}}),
            2);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedCohorts, {{"lea", At(9), "b12"}, {"tom", At(13), "c3"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kMixedCohorts, {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}}), 0);
}

TEST(RoomTopics, CountsTopicsOfADayWhateverTheWindow) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomTopics, {{"lea", At(9), "b12"}, {"max", At(13), "b12"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomTopics, {{"lea", At(9), "b12"}, {"tom", At(13), "b12"}}), 1);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kRoomTopics, {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}}), 0);
}

TEST(DayContinuity, CountsChangesAcrossWindowsOfADay) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kDayContinuity,
                            {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(13), "b12", {"eve", "bo"}}}),
            0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kDayContinuity,
                            {{"lea", At(9), "b12", {"bo", "eve"}}, {"max", At(13), "b12", {"eve", "guy"}}}),
            9);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kDayContinuity, {{"lea", At(9), "b12", {"bo", "eve"}},
                                                     {"max", At(9, 0, 1), "b12", {"eve", "guy"}}}),
            0);
}

TEST(TopicRooms, CountsRoomsOfATopicOnOneDay) {
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kTopicRooms, {{"lea", At(9), "b12"}, {"max", At(13), "b12"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kTopicRooms, {{"lea", At(9), "b12"}, {"max", At(13), "c3"}}), 1);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kTopicRooms, {{"lea", At(9), "b12"}, {"tom", At(13), "c3"}}), 0);
  EXPECT_EQ(PenaltyOfPlaced(RuleId::kTopicRooms, {{"lea", At(9), "b12"}, {"max", At(13, 0, 1), "c3"}}), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
