#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_TREE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_TREE_H_

#include <cstdint>

#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// Whether `prices` and `tree` prove together that no assignment (in which every thesis has
// prices.least_score) has a total above `total`. Computed with integers alone and without any code of flow/
// and fair/. REQUIRES: one price for each reviewer, none beyond 2^61.
bool ProvesByTree(const Problem& problem, const Prices& prices, const ProofTree& tree, int64_t total);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_TREE_H_
