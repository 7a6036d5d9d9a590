#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_BOUND_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_BOUND_H_

#include <cstdint>
#include <optional>

#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// The largest total that `prices` leave possible: each thesis takes the choice that brings it most after
// paying the prices, and each reviewer's places bring their price. Nothing if a thesis has no choice at all,
// so that no assignment exists. Computed with integers alone and without any code of flow/ and fair/.
// REQUIRES: one price for each reviewer, none beyond 2^61.
std::optional<int64_t> BoundOf(const Problem& problem, const Prices& prices);

// Whether `prices` prove that no assignment exists (in which every thesis has prices.least_score): choices
// cost at least more than all places bring.
bool ProvesNone(const Problem& problem, const Prices& prices);

// The largest score that any thesis could have if it chose alone; nobody's worst-off can exceed the least of
// them over all theses. Nothing if a thesis has no choice.
std::optional<int64_t> LevelBound(const Problem& problem);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_BOUND_H_
