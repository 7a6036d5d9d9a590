#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_BEST_TOTAL_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_BEST_TOTAL_H_

#include <optional>

#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

struct BestAssignment {
  Assignment assignment;
  // BoundOf(problem, prices) == Total(problem, assignment): nothing is better.
  Prices prices;
};

// The assignment with the largest total; nothing if no assignment exists (flow/shortage.h tells why). A
// min-cost flow from theses to reviewers with integer costs (LEMON's network simplex), on the pairs that
// matter: the others are priced with the dual solution and join it until none would help, so the result is
// exact.
std::optional<BestAssignment> FindBestTotal(const Problem& problem);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_BEST_TOTAL_H_
