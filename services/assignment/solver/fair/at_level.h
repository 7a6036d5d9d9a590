#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_AT_LEVEL_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_AT_LEVEL_H_

#include <cstdint>

#include "services/assignment/solver/flow/network.h"
#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// How much work may go into a proof. Counted, not timed: the result is the same on every machine.
struct FairLimits {
  int nodes = 4'000;      // of a branch and bound, each time one is needed
  int columns = 300'000;  // of a program that is branched
  int choices_of_thesis = 20'000;
};

struct AtLevel {
  enum class Outcome {
    kBest,        // nothing that reaches the level has a larger total
    kFound,       // the bound is larger
    kImpossible,  // nothing reaches the level
    kUnknown,     // the limits did not suffice
  };
  Outcome outcome = Outcome::kUnknown;
  // Whether `prices` alone prove the outcome; else a search was needed.
  bool is_proven_by_prices = false;
  Assignment assignment;  // of kBest and kFound
  int64_t bound = 0;      // no total is larger
  Prices prices;          // with the level
  ProofTree tree;         // if it has nodes: proves that kBest is best where prices alone do not
};

// What is looked for at a level: the best total, or any assignment at all, which is found sooner.
enum class Wanted { kBest, kAny };

// The best total in which every thesis has a score of at least `level`. REQUIRES: `flow` is complete and
// maximises the total.
AtLevel BestAtLevel(const Problem& problem, const FlowResult& flow, int64_t level, Wanted wanted,
                    const FairLimits& limits);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_AT_LEVEL_H_
