#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_TESTING_SMALL_PROBLEMS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_TESTING_SMALL_PROBLEMS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

// For tests only: problems in a line, random ones, and what looking at every assignment finds.
namespace soutenance::assignment::solver::testing {

// Theses "t0", ... and reviewers "r0", ...; `needed` of each thesis, `most` of each reviewer, scores by
// thesis. Scale 100. Aborts if there is a fault.
Problem AProblem(const std::vector<int>& needed, const std::vector<int>& most,
                 const std::vector<std::vector<int>>& scores);
// The same with something changed.
Problem Changed(const Problem& problem, const std::function<void(ProblemSpec&)>& change);

// Up to 5 theses and 6 reviewers with conflicts, pins, least loads; half of them with scores that are grades.
// More than half have no assignment at all.
Problem RandomProblem(uint32_t seed);

struct Everything {
  int64_t total = 0;           // the largest
  int64_t level = 0;           // the best worst-off
  int64_t total_at_level = 0;  // the largest at that
  int kept = 0;                // how many of `held` can stay
  int64_t total_kept = 0;      // the largest total with so many
};
// Nothing if no assignment exists.
std::optional<Everything> LookAtEverything(const Problem& problem, const std::vector<Pair>& held);

}  // namespace soutenance::assignment::solver::testing

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_TESTING_SMALL_PROBLEMS_H_
