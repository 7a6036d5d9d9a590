#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_REPAIR_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_REPAIR_H_

#include <optional>
#include <vector>

#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

struct Repaired {
  Assignment assignment;
  std::vector<Pair> gone;   // were held and are no more, in order
  std::vector<Pair> added;  // were not held, in order
};

// After a withdrawal, a new conflict or a changed load: the assignment that keeps as many of `held` as any
// can, and among those the one with the largest total. `held` need not be legal any more. Nothing if no
// assignment exists.
std::optional<Repaired> Repair(const Problem& problem, const std::vector<Pair>& held);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_REPAIR_H_
