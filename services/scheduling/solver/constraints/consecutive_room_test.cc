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
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::RoomOf;
using ::testing::ElementsAre;

ProblemSpec AnaJudgesThree() {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  return spec;
}

TEST(ConsecutiveRoom, CostsNothingInOneRoom) {
  EXPECT_EQ(
      PenaltyOf(RuleId::kConsecutiveRoom, AnaJudgesThree(), {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}),
      0);
}

TEST(ConsecutiveRoom, CountsEachChangeOfADay) {
  EXPECT_EQ(PenaltyOf(RuleId::kConsecutiveRoom, AnaJudgesThree(),
                      {{"lea", At(9), "b12"}, {"tom", At(10), "c1"}, {"zoe", At(15), "b12"}}),
            2);
  EXPECT_EQ(PenaltyOf(RuleId::kConsecutiveRoom, AnaJudgesThree(),
                      {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "c1"}}),
            0);
}

TEST(ConsecutiveRoom, PassesOverWhatIsOnVideo) {
  ProblemSpec spec = AnaJudgesThree();
  spec.defences[1].seats[0].remote = true;
  EXPECT_EQ(PenaltyOf(RuleId::kConsecutiveRoom, spec,
                      {{"lea", At(9), "b12"}, {"tom", At(10), "c1"}, {"zoe", At(15), "b12"}}),
            0);
}

TEST(ConsecutiveRoom, TellsFromWhereToWhere) {
  const Problem problem = Build(AnaJudgesThree());
  const Match match =
      OnlyMatchOf(RuleId::kConsecutiveRoom, Arrange(problem, {{"tom", At(9), "c1"}, {"lea", At(11), "b12"}}));
  EXPECT_THAT(match.defences, ElementsAre(DefenceOf(problem, "tom"), DefenceOf(problem, "lea")));
  EXPECT_THAT(match.rooms, ElementsAre(RoomOf(problem, "c1"), RoomOf(problem, "b12")));
  EXPECT_EQ(match.time, Hours(10, 11));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
