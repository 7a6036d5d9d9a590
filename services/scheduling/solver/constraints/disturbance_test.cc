#include "services/scheduling/solver/constraints/disturbance.h"

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

constexpr RuleId kRule = RuleId::kDisturbance;

// The day before the campaign, noon; 3 days of notice are wished for. Published: Lea on the first day at 9
// before Ana and, on video, Bob; Tom on the second day at 9 before Ana.
ProblemSpec TheDayBefore() {
  ProblemSpec spec = ASmallProblem();
  spec.now = At(12, 0, -1);
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana", "bob"}), ADefence("tom", {"ana"})};
  spec.defences[0].seats[1].remote = true;
  spec.defences[0].reference = ReferenceSpec{.start = At(9), .room = "b12"};
  spec.defences[1].reference = ReferenceSpec{.start = At(9, 0, 1), .room = "b12"};
  testing::SetRule(spec, "disturbance", RuleLevel::kStrong, 1, 3);
  return spec;
}

TEST(Disturbance, CostsNothingWhereItWasPublished) {
  EXPECT_EQ(PenaltyOf(kRule, TheDayBefore(), {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}}), 0);
}

TEST(Disturbance, CostsMoreTheShorterTheNotice) {
  // Not yet one day: 1 + 3, for each of the two.
  EXPECT_EQ(PenaltyOf(kRule, TheDayBefore(), {{"lea", At(10), "b12"}}), 8);
  // Not yet two days: 1 + 2.
  EXPECT_EQ(PenaltyOf(kRule, TheDayBefore(), {{"tom", At(10, 0, 1), "b12"}}), 3);
  // Whoever came tomorrow must know today, wherever the defence goes; and the other way round.
  EXPECT_EQ(PenaltyOf(kRule, TheDayBefore(), {{"lea", At(10, 0, 1), "b12"}}), 8);
  EXPECT_EQ(PenaltyOf(kRule, TheDayBefore(), {{"tom", At(10), "b12"}}), 4);
}

TEST(Disturbance, TellsOfAnotherRoomThoseOnSite) {
  EXPECT_EQ(PenaltyOf(kRule, TheDayBefore(), {{"lea", At(9), "c1"}}), 4);
}

TEST(Disturbance, CountsAPersonOnceAndEachFurtherChangeAsOnePoint) {
  const Problem problem = Build(TheDayBefore());
  const Timetable both = Arrange(problem, {{"lea", At(9), "c1"}, {"tom", At(10, 0, 1), "b12"}});
  EXPECT_EQ(PenaltyOf(kRule, both), 4 + 1);
  const Match match = OnlyMatchOf(kRule, both);
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_EQ(match.defences.size(), 2u);
  EXPECT_EQ(match.amount, 2);
}

TEST(Disturbance, TellsEverybodyOfADefenceThatIsNew) {
  ProblemSpec spec = TheDayBefore();
  spec.defences[1].reference.reset();
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}}), 3);
}

TEST(Disturbance, CannotTellTheNoticeWithoutANow) {
  ProblemSpec spec = TheDayBefore();
  spec.now.reset();
  EXPECT_EQ(PenaltyOf(kRule, spec, {{"lea", At(10), "b12"}}), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
