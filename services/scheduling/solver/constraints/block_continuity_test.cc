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
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::PlacedAt;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;

constexpr RuleId kRule = RuleId::kBlockContinuity;

// Bo or Eve presides over each of three defences. From 9 to 12 is one block, from 13 to 17 another one.
ProblemSpec ThreeDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.rooms.push_back(ARoom("c3"));
  spec.roles = {RoleSpec{.name = "president", .change_cost = 7, .load = {}, .combined = {}}};
  for (const char* key : {"lea", "max", "tom"}) {
    spec.defences.push_back(ADefence(key, {std::string("supervisor of ") + key}));
    spec.defences.back().seats.push_back(AnOpenSeat("president", {"bo", "eve"}));
  }
  SetRule(spec, "block_continuity", RuleLevel::kSoft);
  return spec;
}

int64_t PenaltyOfPlaced(const std::vector<PlacedAt>& placed) {
  return PenaltyOf(kRule, ThreeDefences(), placed);
}

TEST(BlockContinuity, CountsEachChangeOfTheHolder) {
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"bo"}}}), 0);
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"eve"}}}), 7);
  EXPECT_EQ(
      PenaltyOfPlaced(
          {{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12", {"eve"}}, {"tom", At(11), "b12", {"bo"}}}),
      14);
}

TEST(BlockContinuity, AGapDoesNotEndABlock) {
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(9), "b12", {"bo"}}, {"max", At(11), "b12", {"eve"}}}), 7);
}

TEST(BlockContinuity, AnotherWindowDayOrRoomIsAnotherBlock) {
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(11), "b12", {"bo"}}, {"max", At(13), "b12", {"eve"}}}), 0);
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(9), "b12", {"bo"}}, {"max", At(10, 0, 1), "b12", {"eve"}}}), 0);
  EXPECT_EQ(PenaltyOfPlaced({{"lea", At(9), "b12", {"bo"}}, {"max", At(10), "c3", {"eve"}}}), 0);
}

TEST(BlockContinuity, ADefenceWithoutTheRoleIsPassedOver) {
  ProblemSpec spec = ThreeDefences();
  spec.defences[1].seats.pop_back();
  const std::vector<PlacedAt> placed = {
      {"lea", At(9), "b12", {"bo"}}, {"max", At(10), "b12"}, {"tom", At(11), "b12", {"eve"}}};
  EXPECT_EQ(PenaltyOf(kRule, spec, placed), 7);
}

TEST(BlockContinuity, AGivenSeatCountsAsWell) {
  ProblemSpec spec = ThreeDefences();
  spec.defences[0].seats[0] = {.person = "eve", .role = "president"};
  spec.defences[0].seats.pop_back();
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12"}, {"max", At(10), "b12", {"bo"}}}), 7);
}

TEST(BlockContinuity, NamesWhoLeavesAndWhoComes) {
  const Problem problem = Build(ThreeDefences());
  const Match match =
      OnlyMatchOf(kRule, Arrange(problem, {{"lea", At(10), "b12", {"bo"}}, {"max", At(9), "b12", {"eve"}}}));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "max"), DefenceOf(problem, "lea")));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "eve"), PersonOf(problem, "bo")));
  EXPECT_EQ(match.penalty, 7);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
