#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_WAITS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_WAITS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// What `points`, which begin at no wait and go on by steps of the grid, say of the wait from `earlier` to
// `later`: a step that has begun does not count. 0 for a longer wait, and if the two overlap.
inline int64_t PointsOfWait(const Problem& problem, const std::vector<int32_t>& points, const Placed& earlier,
                            const Placed& later) {
  const Minute wait = later.start - earlier.end;
  if (wait < 0) return 0;
  const auto steps = static_cast<std::size_t>(wait / problem.grid_minutes());
  return steps < points.size() ? points[steps] : 0;
}

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_WAITS_H_
