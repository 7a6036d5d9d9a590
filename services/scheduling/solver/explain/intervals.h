#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_INTERVALS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_INTERVALS_H_

#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/model/time.h"

namespace soutenance::scheduling::solver {

// The parts of `windows` that no interval of `taken` covers. REQUIRES: `taken` is ascending.
std::vector<Interval> Without(absl::Span<const Interval> windows, absl::Span<const Interval> taken);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_INTERVALS_H_
