#include "services/scheduling/solver/constraints/catalogue.h"

#include <gmock/gmock.h>

#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Chance;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::RandomMove;
using ::soutenance::scheduling::solver::testing::RandomPlacement;
using ::soutenance::scheduling::solver::testing::RandomProblem;
using ::soutenance::scheduling::solver::testing::RandomTimetable;
using ::soutenance::scheduling::solver::testing::SetRule;

int RulesOnByDefault() {
  int on = 0;
  for (const RuleLine& line : Rulebook()) on += static_cast<int>(line.level != RuleLevel::kOff);
  return on;
}

TEST(RuleSet, HoldsTheRulesThatAreOnInTheOrderOfTheRulebook) {
  ProblemSpec spec = ASmallProblem();
  spec.now = At(0);
  SetRule(spec, "gaps", RuleLevel::kOff);
  SetRule(spec, "back_to_back", RuleLevel::kSoft);
  const RuleSet rules(Build(spec));

  ASSERT_EQ(rules.entries().size(), static_cast<std::size_t>(RulesOnByDefault()));  // one off, one on
  for (std::size_t i = 1; i < rules.entries().size(); ++i) {
    EXPECT_LT(rules.entries()[i - 1].rule.id, rules.entries()[i].rule.id);
    EXPECT_NE(rules.entries()[i].rule.id, RuleId::kGaps);
  }
}

TEST(RuleSet, AsksForNoticeOnlyIfItIsKnownWhenItIs) {
  const RuleSet rules(Build(ASmallProblem()));
  for (const RuleSet::Entry& entry : rules.entries()) {
    EXPECT_NE(entry.rule.id, RuleId::kNotice);
    EXPECT_NE(entry.rule.id, RuleId::kDisturbance);
  }
}

TEST(RuleSet, AddsWeightTimesPenaltyAtTheLevelOfTheRule) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 11)}})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  SetRule(spec, "gaps", RuleLevel::kStrong, 3, 0);
  SetRule(spec, "availability", RuleLevel::kSoft, 50);
  const Problem problem = Build(spec);
  // At 9 and 10 she cannot come (2 people), from 11 to 11:30 she waits (30 minutes).
  const Timetable timetable =
      Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11, 30), "b12"}});

  Score expected;
  expected.Add(RuleLevel::kHard, 1);  // from 11:30 to 12:30 is not within the opening
  expected.Add(RuleLevel::kStrong, 3 * 30);
  expected.Add(RuleLevel::kSoft, 50 * 2);
  EXPECT_EQ(RuleSet(problem).Evaluate(timetable), expected);
}

TEST(RuleSet, TellsTheDifferenceOfAMove) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const Problem problem = RandomProblem(seed, {.open_seats = seed % 2 == 1});
    const RuleSet rules(problem);
    Chance chance(seed);
    Timetable timetable = RandomTimetable(chance, problem);
    const Move move = RandomMove(chance, timetable, 3);
    const Score delta = rules.Delta(Change(timetable, move));
    const Score before = rules.Evaluate(timetable);
    timetable.Apply(move);
    EXPECT_EQ(before + delta, rules.Evaluate(timetable)) << "seed " << seed;
  }
}

TEST(RuleSet, ForbidsWhatOneHardRuleForbidsWhateverElseThereIs) {
  int forbidden = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const Problem problem = RandomProblem(seed, {.open_seats = seed % 2 == 1});
    const RuleSet rules(problem);
    Chance chance(seed);
    const auto defence = static_cast<DefenceId>(chance.Below(problem.DefenceCount()));
    const Placement to = RandomPlacement(chance, problem, defence);

    // Alone in an otherwise empty timetable, only rules that look at one defence can be broken.
    Timetable timetable(problem);
    timetable.Apply({{.defence = defence, .to = to}});
    const bool breaks = rules.Evaluate(timetable).hard() > 0;
    EXPECT_EQ(rules.ForbidsAlone(problem, defence, to), breaks) << "seed " << seed;
    forbidden += static_cast<int>(breaks);
  }
  EXPECT_GT(forbidden, 50);
  EXPECT_LT(forbidden, 290);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
