#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_FAIREST_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_FAIREST_H_

#include <cstdint>
#include <optional>

#include "services/assignment/solver/fair/at_level.h"
#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

struct FairAssignment {
  Assignment assignment;
  // The score of the worst-off thesis; no assignment has a better one if both are equal.
  int64_t level = 0;
  int64_t level_bound = 0;
  // How the bound of the level is known: a thesis that can have no more however it chooses; prices that leave
  // no assignment above it (level_prices); or a search through what remained.
  enum class LevelProof { kThesis, kPrices, kSearch };
  LevelProof level_proof = LevelProof::kThesis;
  std::optional<int> level_thesis;
  Prices level_prices;
  // No assignment that reaches `level` has a larger total. `prices` prove it if is_total_proven_by_prices,
  // else `tree` with them if it has nodes, else they prove a part and a search the rest.
  int64_t total_bound = 0;
  bool is_total_proven_by_prices = false;
  Prices prices;
  ProofTree tree;
};

// First makes the worst-off thesis as well off as possible, where the score of a thesis is the sum of its
// reviewers', then the total as large as possible at that level. Nothing if no assignment exists.
//
// The level is bounded by what each thesis could have alone; if that can be reached, it is proven. Else it is
// found by bisection: each level is reached, or impossible (relaxation.h), or searched (at_level.h).
std::optional<FairAssignment> FindFairest(const Problem& problem, const FairLimits& limits = {});

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_FAIREST_H_
