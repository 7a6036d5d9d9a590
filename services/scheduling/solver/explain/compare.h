#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_COMPARE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_COMPARE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scheduling/solver/model/rules.h"
#include "services/scheduling/solver/model/score.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

struct RuleDifference {
  RuleId rule;
  RuleLevel level;
  int64_t points_before;
  int64_t points_after;
};

struct DefenceDifference {
  enum class Kind { kNew, kMoved, kCancelled };
  DefenceId defence;
  Kind kind;
  std::optional<Placement> before;
  std::optional<Placement> after;
};

// Somebody who attends a defence that differs.
struct PersonDifference {
  PersonId person;
  std::vector<DefenceId> defences;
};

struct Comparison {
  Score before;
  Score after;
  std::vector<RuleDifference> rules;        // whose points differ, in the order of the rulebook
  std::vector<DefenceDifference> defences;  // that differ, ascending
  std::vector<PersonDifference> people;     // ascending
  int unchanged_count = 0;                  // defences that do not differ
};

// REQUIRES: both are timetables of the same problem.
Comparison Compare(const Timetable& before, const Timetable& after);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_COMPARE_H_
