#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_PROBLEM_TEXT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_PROBLEM_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// The text of a problem: readable, versioned, canonical (equal problems give the same bytes). See README.md
// for the format.
std::string WriteProblem(const Problem& problem);

// Reads what WriteProblem wrote, or what a person wrote in its form. INVALID_ARGUMENT with one violation for
// each line that cannot be read ("line 12": what was found and what is expected; at most 1,000 of them), or
// with what Problem::Create finds wrong. At most 32 MiB are read.
absl::StatusOr<Problem> ParseProblem(absl::string_view text);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_PROBLEM_TEXT_H_
