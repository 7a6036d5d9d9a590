#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOUND_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOUND_H_

#include <cstdint>

#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// What the bound may take, in elementary steps of Relaxation: a fifth of a second or so.
inline constexpr int64_t kBoundWork = 200'000'000;

// Returns a number of defences that no timetable of `problem` can exceed without breaking a hard rule. Cheap
// and proven, not always reached: it counts defences without any candidate, people's time and limits, and
// what fits into the rooms. relaxation.h tells how.
int PlacedBound(const Problem& problem);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOUND_H_
