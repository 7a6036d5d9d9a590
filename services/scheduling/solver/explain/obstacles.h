#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_OBSTACLES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_OBSTACLES_H_

#include <functional>
#include <optional>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/explain/why_unplaced.h"

namespace soutenance::scheduling::solver {

// A smallest set of facts that leave no place for `defence` in an empty timetable. Each fact by itself is one
// that a coordinator can name and change: that one person cannot come at some times, one pinned aspect, what
// the room must have. The hours and the grid of the campaign are taken for granted unless no start fits into
// them at all.
//
//   for each start of the grid and each room: the set of facts that forbid it
//   facts leave no place if each of these sets holds one of them
//   try single facts, pairs, triples; else all facts, less each one that can be left out
//
// A set of facts found either way leaves no place, and leaving out any one of them leaves a place. Empty if
// there is a place.
std::vector<BlockingFact> FactsWithoutPlace(const Problem& problem, const RuleSet& rules, DefenceId defence);

// What other defences and limits put in the way of `defence` at its candidates.
struct Crowding {
  std::vector<BlockingFact> facts;  // most often in the way first
  std::optional<Placement> free;    // the first place where nothing is in the way
  int candidate_count = 0;
  bool is_whole = true;  // all candidates were looked at
};
// Stops when `should_stop`, which may be null, says so. REQUIRES: `defence` is unplaced in `timetable`.
Crowding CrowdingOf(const Timetable& timetable, const RuleSet& rules, DefenceId defence,
                    const std::function<bool()>& should_stop);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_OBSTACLES_H_
