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
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::testing::ElementsAre;

ProblemSpec AnaJudgesThree() {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana", "bo"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  return spec;
}

int64_t Comings(const ProblemSpec& spec,
                const std::vector<::soutenance::scheduling::solver::testing::PlacedAt>& placed) {
  return PenaltyOf(RuleId::kBackToBack, spec, placed);
}

TEST(BackToBack, CostsNothingIfEachDefenceFollowsOnTheOneBefore) {
  EXPECT_EQ(
      Comings(AnaJudgesThree(), {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11), "b12"}}), 0);
}

TEST(BackToBack, CountsEachComingButTheFirst) {
  // Another room, then a wait.
  EXPECT_EQ(Comings(AnaJudgesThree(), {{"lea", At(9), "b12"}, {"tom", At(10), "c1"}, {"zoe", At(11), "c1"}}),
            1);
  EXPECT_EQ(
      Comings(AnaJudgesThree(), {{"lea", At(9), "b12"}, {"tom", At(10, 30), "b12"}, {"zoe", At(14), "b12"}}),
      2);
}

TEST(BackToBack, CountsWhatIsUnplacedAsAComing) {
  EXPECT_EQ(Comings(AnaJudgesThree(), {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}), 1);
  EXPECT_EQ(Comings(AnaJudgesThree(), {}), 2);
}

TEST(BackToBack, LetsTheBufferAndTheGridLieBetween) {
  ProblemSpec spec = AnaJudgesThree();
  spec.defences.pop_back();
  spec.buffer_minutes = 10;
  // The room is free at 10:10; the next start of the grid is at 10:30.
  EXPECT_EQ(Comings(spec, {{"lea", At(9), "b12"}, {"tom", At(10, 30), "b12"}}), 0);
  EXPECT_EQ(Comings(spec, {{"lea", At(9), "b12"}, {"tom", At(11), "b12"}}), 1);
  EXPECT_EQ(Comings(spec, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}), 1);
}

TEST(BackToBack, TellsHowOftenSomebodyComes) {
  const Problem problem = Build(AnaJudgesThree());
  const Match match =
      OnlyMatchOf(RuleId::kBackToBack, Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_THAT(match.defences,
              ElementsAre(DefenceOf(problem, "lea"), DefenceOf(problem, "tom"), DefenceOf(problem, "zoe")));
  EXPECT_EQ(match.amount, 2);
  EXPECT_EQ(match.penalty, 1);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
