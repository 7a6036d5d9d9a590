#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOUND_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOUND_H_

#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// Returns a number of defences that no timetable of `problem` can exceed without breaking a hard rule. Cheap
// and proven, not always reached: it counts defences without any candidate, people's limits, and what fits
// into the rooms.
int PlacedBound(const Problem& problem);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOUND_H_
