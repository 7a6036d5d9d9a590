#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_CHECK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_CHECK_H_

#include <string>
#include <vector>

#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// What is wrong with an assignment, in English, with keys.
struct Violation {
  std::string rule;  // machine name: "needed", "conflict", "pin", "load", "twice"
  std::string text;
};

// Recomputes naively from the facts whether `assignment` is legal, and returns what is broken; empty if
// nothing is. REQUIRES: one entry for each thesis, with numbers of reviewers of the problem.
std::vector<Violation> Check(const Problem& problem, const Assignment& assignment);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_CHECK_CHECK_H_
