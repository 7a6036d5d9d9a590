// The checker and the rules are written apart: where they agree, both are likely right.
#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>

#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Chance;
using ::soutenance::scheduling::solver::testing::RandomSpec;
using ::soutenance::scheduling::solver::testing::RandomTimetable;
using ::soutenance::scheduling::solver::testing::SetRule;

std::set<std::string> BrokenByCheck(const Timetable& timetable) {
  std::set<std::string> broken;
  for (const Violation& violation : Check(timetable.problem(), timetable.placements())) {
    EXPECT_FALSE(violation.text.empty());
    EXPECT_FALSE(violation.defences.empty()) << violation.rule;
    broken.insert(violation.rule);
  }
  return broken;
}

std::set<std::string> BrokenByRules(const Timetable& timetable) {
  std::set<std::string> broken;
  const RuleSet rules(timetable.problem());
  for (const RuleSet::Entry& entry : rules.entries()) {
    if (entry.rule.IsHard() && entry.constraint->Penalty(timetable) > 0) {
      broken.insert(std::string(LineOf(entry.rule.id).name));
    }
  }
  return broken;
}

// A random problem in which every rule that may be hard is.
Problem AllHard(uint64_t seed) {
  Chance chance(seed);
  ProblemSpec spec = RandomSpec(
      chance,
      {.days = 2, .persons = 6, .rooms = 3, .defences = chance.Between(1, 6), .open_seats = seed % 2 == 1});
  for (const RuleLine& line : Rulebook()) {
    if (!MayBeSetTo(line, RuleLevel::kHard)) continue;
    const int64_t step = line.id == RuleId::kRoomBreak ? *line.parameter : 1;  // minutes, all others count
    SetRule(spec, line.name, RuleLevel::kHard, 0,
            line.parameter ? std::optional<int64_t>(step * chance.Below(3)) : std::nullopt);
  }
  return Build(std::move(spec));
}

TEST(Agreement, BothFindTheSameHardRulesBroken) {
  std::map<std::string, int> broken;
  constexpr int kCases = 2000;
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const Problem problem = AllHard(seed);
    Chance chance(seed);
    const Timetable timetable = RandomTimetable(chance, problem);
    const std::set<std::string> by_rules = BrokenByRules(timetable);
    ASSERT_EQ(BrokenByCheck(timetable), by_rules) << "seed " << seed;
    for (const std::string& rule : by_rules) ++broken[rule];
  }
  // Each was broken in some cases and kept in others, or the agreement means nothing.
  for (const RuleLine& line : Rulebook()) {
    if (!MayBeSetTo(line, RuleLevel::kHard)) continue;
    const int count = broken[std::string(line.name)];
    EXPECT_GT(count, 50) << line.name;
    EXPECT_LT(count, kCases - 50) << line.name;
  }
}

TEST(Agreement, HoldsForRulesAsTheProblemSetsThem) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Chance chance(seed + 77'777);
    const Problem problem = Build(RandomSpec(chance, {.open_seats = seed % 2 == 1}));
    const Timetable timetable = RandomTimetable(chance, problem);
    ASSERT_EQ(BrokenByCheck(timetable), BrokenByRules(timetable)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
