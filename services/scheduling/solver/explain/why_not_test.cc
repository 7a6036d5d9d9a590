#include "services/scheduling/solver/explain/why_not.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using testing::Hours;
using testing::RoomOf;

Problem AnaBlockedInTheAfternoon() {
  ProblemSpec spec = ASmallProblem();
  spec.grid_minutes = 60;
  spec.opening = {Hours(9, 12), Hours(13, 17)};
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(13, 17)}, .max_per_day = 2})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"bo"})};
  return Build(spec);
}

TEST(WhyNot, FindsAClash) {
  const Problem problem = AnaBlockedInTheAfternoon();
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}});

  const MoveEffect effect = WhyNot(timetable, DefenceOf(problem, "lea"), {At(10), RoomOf(problem, "b12")});

  EXPECT_TRUE(effect.HasClash());
  ASSERT_EQ(effect.effects.size(), 2u);
  EXPECT_EQ(effect.effects[0].rule, RuleId::kRoomClash);
  EXPECT_EQ(effect.effects[1].rule, RuleId::kPersonClash);
  ASSERT_EQ(effect.effects[1].matches.size(), 1u);
  EXPECT_EQ(effect.effects[1].points_before, 0);
  EXPECT_EQ(effect.effects[1].points_after, 1);
}

TEST(WhyNot, AsksAReasonForAnotherHardRule) {
  const Problem problem = AnaBlockedInTheAfternoon();
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}});

  const MoveEffect effect = WhyNot(timetable, DefenceOf(problem, "lea"), {At(14), RoomOf(problem, "b12")});

  EXPECT_FALSE(effect.HasClash());
  EXPECT_TRUE(effect.NeedsReason());
  ASSERT_EQ(effect.effects.size(), 1u);
  EXPECT_EQ(effect.effects[0].matches[0].sentence.en,
            "ana is not available for the defence of lea, on Monday 14\u00a0June 2027 from 14:00 to 15:00.");
}

TEST(WhyNot, AsksNoReasonForAWish) {
  const Problem problem = AnaBlockedInTheAfternoon();
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}});

  const MoveEffect effect = WhyNot(timetable, DefenceOf(problem, "tom"), {At(11), RoomOf(problem, "b12")});

  EXPECT_FALSE(effect.HasClash());
  EXPECT_FALSE(effect.NeedsReason());
  EXPECT_EQ(effect.after.soft() - effect.before.soft(), 30);
}

TEST(EffectOfMove, AsksAReasonAgainForAnotherTimeThatIsForbiddenToo) {
  const Problem problem = AnaBlockedInTheAfternoon();
  const Timetable timetable = Arrange(problem, {{"lea", At(13), "b12"}});
  EXPECT_TRUE(EffectOfMove(timetable, testing::AMove(problem, {{"lea", At(14), "b12"}})).NeedsReason());
}

TEST(EffectOfMove, AsksNoReasonForWhatGetsBetter) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .max_per_day = 1})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  const Problem problem = Build(spec);
  const Timetable timetable =
      Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11), "b12"}});

  const MoveEffect effect = EffectOfMove(timetable, testing::AMove(problem, {{"zoe", At(9, 0, 1), "b12"}}));

  EXPECT_FALSE(effect.NeedsReason()) << "two in a day are too many, but less than three";
  EXPECT_LT(effect.after.hard(), effect.before.hard());
}

TEST(EffectOfMove, IsWhatEvaluationFindsBeforeAndAfter) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    const Problem problem = testing::RandomProblem(seed);
    const RuleSet rules(problem);
    Timetable timetable = testing::RandomTimetable(chance, problem);
    const Move move = testing::RandomMove(chance, timetable, 3);

    const MoveEffect effect = EffectOfMove(timetable, move);

    EXPECT_EQ(effect.before, rules.Evaluate(timetable));
    Score difference;
    for (const RuleEffect& of_rule : effect.effects) {
      difference.Add(of_rule.level, of_rule.points_after - of_rule.points_before);
    }
    timetable.Apply(move);
    EXPECT_EQ(effect.after, rules.Evaluate(timetable));
    EXPECT_EQ(effect.before + difference, effect.after);
  }
}

TEST(Alternatives, AreTheCheapestPlacesFirst) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12), Hours(13, 17)};
  spec.grid_minutes = 60;
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(16), "b12"}});

  const std::vector<Alternative> found = Alternatives(timetable, DefenceOf(problem, "tom"), 3);

  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].placement.start, At(10)) << "right after the other one";
  EXPECT_EQ(found[0].effect.after.soft(), 0);
  EXPECT_EQ(found[1].placement.start, At(11));
  EXPECT_EQ(found[1].effect.after.soft(), 30);
  EXPECT_EQ(found[2].placement.start, At(13)) << "the break does not count as waiting";
  EXPECT_EQ(found[2].effect.after.soft(), 90);
}

TEST(Alternatives, BreakNoHardRuleAnewAndAreSorted) {
  int seen = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = testing::RandomProblem(seed, {.days = 2, .rooms = 2, .defences = 8});
    const SolveResult result = Solve(problem, {.move_limit = 200}, std::stop_token(), [](const Progress&) {});
    const RuleSet rules(problem);
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      const std::vector<Alternative> found = Alternatives(result.best, id, 4);
      EXPECT_LE(found.size(), 4u);
      EXPECT_TRUE(std::is_sorted(found.begin(), found.end(), [](const Alternative& a, const Alternative& b) {
        return a.effect.after < b.effect.after;
      }));
      for (const Alternative& alternative : found) {
        Timetable moved = result.best;
        moved.Apply({{id, alternative.placement}});
        EXPECT_EQ(alternative.effect.after, rules.Evaluate(moved));
        EXPECT_TRUE(Check(problem, moved.placements()).empty());
        EXPECT_NE(result.best.PlacementOf(id), alternative.placement);
        ++seen;
      }
    });
  }
  EXPECT_GT(seen, 100);
}

TEST(Alternatives, MissNoPlaceThatBreaksNothing) {
  const Problem problem = AnaBlockedInTheAfternoon();
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}});
  // Ana cannot come in the afternoon: ten and eleven remain.
  EXPECT_EQ(Alternatives(timetable, DefenceOf(problem, "lea"), 100).size(), 2u);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
