#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_MODEL_ASSIGNMENT_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_MODEL_ASSIGNMENT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// The reviewers of each thesis by number, ascending.
using Assignment = std::vector<std::vector<int>>;

// The sum of the scores of a thesis's reviewers. REQUIRES: none of them is forbidden.
int64_t ThesisScore(const Problem& problem, const Assignment& assignment, int thesis);
int64_t Total(const Problem& problem, const Assignment& assignment);
// The score of the thesis whose reviewers suit it least; 0 if there is no thesis.
int64_t WorstOff(const Problem& problem, const Assignment& assignment);
// How many theses each reviewer has.
std::vector<int> Loads(const Problem& problem, const Assignment& assignment);

// What proves that no assignment has a larger total: a price for a place with each reviewer. At these prices
// no choice of a thesis brings more than some amount; the amounts and the prices of the places together bound
// the total (check/bound.h). Any prices prove something, so nobody needs to trust where they come from.
struct Prices {
  // In units of 1 / (Problem::scale() * kPriceUnits), by reviewer. Negative where somebody must be given
  // work.
  std::vector<int64_t> of;
  // Only assignments are bounded in which every thesis has this score; nothing: all are.
  std::optional<int64_t> least_score;
};
// Fine enough that rounding prices costs the bound less than 1e-9 for a thousand places.
inline constexpr int64_t kPriceUnits = 1 << 12;

// What proves, together with prices, that no assignment has a larger total than some that is known, where the
// prices alone prove a little less (check/tree.h). A choice of a thesis that is further below its best, at
// these prices, than the bound is above the known total is in no larger one. What remains is divided: theses
// have somebody, or do not have him or her, until prices of their own prove each part.
struct ProofTree {
  struct Node {
    Pair pair{-1, -1};            // that divides it; a leaf has none
    int with = -1;                // the node where the thesis has the reviewer
    int without = -1;             // and the one where it does not
    std::vector<int64_t> prices;  // of a leaf, as Prices::of; empty: a thesis has no choice left
  };
  std::vector<Node> nodes;  // the first is the root, children stand after their node; empty: there is no tree
};

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_MODEL_ASSIGNMENT_H_
