#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_TREE_SEARCH_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_TREE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/assignment/solver/fair/choices.h"
#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

struct TreeLimits {
  size_t choices = 3'000;  // of all theses together
  int64_t work = 500'000;  // nodes times choices
};

struct TreeAnswer {
  // The best assignment whose total is above what was asked for; nothing: there is none.
  std::optional<Assignment> assignment;
  ProofTree tree;  // proves it, together with the prices
};

// Looks for a total of at least bound - gap, and above `above`, among the assignments made of whole choices
// that are that near to the best at `prices`, which prove `bound`. Branches on whether a thesis has a
// reviewer; where a linear program's prices prove that nothing is left to find, that is a leaf. Nothing if
// the limits do not suffice.
std::optional<TreeAnswer> SearchTree(const Problem& problem, const Choices& choices,
                                     const std::vector<int64_t>& prices, int64_t bound, int64_t gap,
                                     std::optional<int64_t> above, const TreeLimits& limits = {});

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_TREE_SEARCH_H_
