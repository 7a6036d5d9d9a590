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
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::testing::ElementsAre;

// Published on the first day at 9 in b12, before Ana on site and Bob on video.
ProblemSpec Published(std::string room = "b12") {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana", "bob"}), ADefence("tom", {"eve"})};
  spec.defences[0].seats[1].remote = true;
  spec.defences[0].reference = ReferenceSpec{.start = At(9), .room = std::move(room)};
  return spec;
}

TEST(Stability, CostsNothingWhereItWasPublishedOrNeverWas) {
  EXPECT_EQ(PenaltyOf(RuleId::kStability, Published(), {{"lea", At(9), "b12"}, {"tom", At(15), "c1"}}), 0);
}

TEST(Stability, CountsEverybodyIfTheTimeChanges) {
  EXPECT_EQ(PenaltyOf(RuleId::kStability, Published(), {{"lea", At(9, 30), "b12"}}), 2);
  EXPECT_EQ(PenaltyOf(RuleId::kStability, Published(), {{"lea", At(9, 0, 1), "c1"}}), 2);
}

TEST(Stability, CountsThoseOnSiteIfOnlyTheRoomChanges) {
  EXPECT_EQ(PenaltyOf(RuleId::kStability, Published(), {{"lea", At(9), "c1"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kStability, Published(""), {{"lea", At(9), "b12"}}), 1);
}

TEST(Stability, LeavesTheUnplacedToTheirOwnRule) {
  EXPECT_EQ(PenaltyOf(RuleId::kStability, Published(), {}), 0);
}

TEST(Stability, NamesThoseToTell) {
  const Problem problem = Build(Published());
  EXPECT_THAT(OnlyMatchOf(RuleId::kStability, Arrange(problem, {{"lea", At(9), "c1"}})).persons,
              ElementsAre(PersonOf(problem, "ana")));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
