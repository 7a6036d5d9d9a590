#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_IO_PROBLEM_TEXT_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_IO_PROBLEM_TEXT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

struct ProblemText {
  Problem problem;
  // What is in force and should change little; empty if the text says nothing of it. Not necessarily legal.
  std::vector<Pair> held;
};

// Reads a problem (io/README.md tells the format). Scores are decimals; they are kept to the ninth digit
// after the point, or to fewer if they are larger than 1. INVALID_ARGUMENT with one violation for each line
// that cannot be read ("line 12"; at most 100), or with what Problem::Create finds.
absl::StatusOr<ProblemText> ParseProblem(absl::string_view text);

// The text of a problem; ParseProblem reads it back.
std::string WriteProblem(const Problem& problem, const std::vector<Pair>& held = {});

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_IO_PROBLEM_TEXT_H_
