#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_RULE_EXAMPLES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_RULE_EXAMPLES_H_

#include <gmock/gmock.h>

#include <cstdint>
#include <string>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/testing/builders.h"

// For the examples of the rules: small facts, a few placements, and what one rule says of them.
namespace soutenance::scheduling::solver::testing {

inline int64_t PenaltyOf(RuleId rule, const Timetable& timetable) {
  return MakeConstraint(timetable.problem().rule(rule))->Penalty(timetable);
}

// The penalty of one rule of the problem of `spec` with these defences placed.
inline int64_t PenaltyOf(RuleId rule, const ProblemSpec& spec, const std::vector<PlacedAt>& placed) {
  const Problem problem = Build(spec);
  return PenaltyOf(rule, Arrange(problem, placed));
}

inline std::vector<Match> MatchesOf(RuleId rule, const Timetable& timetable) {
  std::vector<Match> matches;
  MakeConstraint(timetable.problem().rule(rule))->Matches(timetable, [&](const Match& match) {
    matches.push_back(match);
  });
  return matches;
}

// The only match of one rule. Fails the test if there is another number of them.
inline Match OnlyMatchOf(RuleId rule, const Timetable& timetable) {
  const std::vector<Match> matches = MatchesOf(rule, timetable);
  EXPECT_EQ(matches.size(), 1u);
  return matches.empty() ? Match{} : matches.front();
}

}  // namespace soutenance::scheduling::solver::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_RULE_EXAMPLES_H_
