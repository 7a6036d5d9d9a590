#include "services/scheduling/solver/explain/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using ::testing::ElementsAre;
using testing::PersonOf;

Problem FourDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("eva", {"ana"}), ADefence("lea", {"ana"}), ADefence("tom", {"bo"}),
                   ADefence("zoe", {"cy"})};
  return Build(spec);
}

TEST(Compare, TellsWhatIsNewMovedCancelledAndTheSame) {
  const Problem problem = FourDefences();
  const Timetable before =
      Arrange(problem, {{"eva", At(9), "b12"}, {"lea", At(10), "b12"}, {"zoe", At(11), "b12"}});
  const Timetable after =
      Arrange(problem, {{"lea", At(14), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11), "b12"}});

  const Comparison comparison = Compare(before, after);

  using Kind = DefenceDifference::Kind;
  ASSERT_EQ(comparison.defences.size(), 3u);
  EXPECT_EQ(comparison.defences[0].defence, DefenceOf(problem, "eva"));
  EXPECT_EQ(comparison.defences[0].kind, Kind::kCancelled);
  EXPECT_EQ(comparison.defences[1].defence, DefenceOf(problem, "lea"));
  EXPECT_EQ(comparison.defences[1].kind, Kind::kMoved);
  EXPECT_EQ(comparison.defences[1].before->start, At(10));
  EXPECT_EQ(comparison.defences[1].after->start, At(14));
  EXPECT_EQ(comparison.defences[2].defence, DefenceOf(problem, "tom"));
  EXPECT_EQ(comparison.defences[2].kind, Kind::kNew);
  EXPECT_EQ(comparison.unchanged_count, 1);
}

TEST(Compare, NamesEverybodyConcernedOnce) {
  const Problem problem = FourDefences();
  const Timetable before = Arrange(problem, {{"eva", At(9), "b12"}, {"lea", At(10), "b12"}});
  const Timetable after = Arrange(problem, {{"eva", At(10), "b12"}, {"lea", At(9), "b12"}});

  const Comparison comparison = Compare(before, after);

  ASSERT_EQ(comparison.people.size(), 1u);
  EXPECT_EQ(comparison.people[0].person, PersonOf(problem, "ana"));
  EXPECT_THAT(comparison.people[0].defences,
              ElementsAre(DefenceOf(problem, "eva"), DefenceOf(problem, "lea")));
}

TEST(Compare, TellsTheRulesWhosePointsDiffer) {
  const Problem problem = FourDefences();
  const Timetable before = Arrange(problem, {{"eva", At(9), "b12"}, {"lea", At(10), "b12"}});
  const Timetable after = Arrange(problem, {{"eva", At(9), "b12"}, {"lea", At(11), "b12"}});

  const Comparison comparison = Compare(before, after);

  ASSERT_EQ(comparison.rules.size(), 1u) << "the two unplaced ones are unplaced in both";
  EXPECT_EQ(comparison.rules[0].rule, RuleId::kGaps);
  EXPECT_EQ(comparison.rules[0].points_before, 0);
  EXPECT_EQ(comparison.rules[0].points_after, 30);
  const RuleSet rules(problem);
  EXPECT_EQ(comparison.before, rules.Evaluate(before));
  EXPECT_EQ(comparison.after, rules.Evaluate(after));
}

TEST(Compare, FindsNothingBetweenEqualTimetables) {
  const Problem problem = FourDefences();
  const Timetable timetable = Arrange(problem, {{"eva", At(9), "b12"}});
  const Comparison comparison = Compare(timetable, timetable);
  EXPECT_TRUE(comparison.rules.empty());
  EXPECT_TRUE(comparison.defences.empty());
  EXPECT_TRUE(comparison.people.empty());
  EXPECT_EQ(comparison.unchanged_count, 4);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
