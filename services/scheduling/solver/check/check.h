#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CHECK_CHECK_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CHECK_CHECK_H_

#include <string>
#include <vector>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// A broken hard rule.
struct Violation {
  std::string rule;  // machine name: "room_clash"
  std::vector<DefenceId> defences;
  std::string text;  // what is broken, in English, with keys
};

// Recomputes naively from the facts whether `placements` keeps every rule that is hard in `problem`, and
// returns what is broken; empty if nothing is. Shares no code with the rules: a timetable is stored only if
// both agree. REQUIRES: one entry for each defence, each
// in a room of the problem.
std::vector<Violation> Check(const Problem& problem, const Placements& placements);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CHECK_CHECK_H_
