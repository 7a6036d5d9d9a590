#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_CHECK_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_CHECK_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/base/error.h"
#include "services/scheduling/solver/model/problem_spec.h"

namespace soutenance::scheduling::solver {

// Everything that keeps `spec` from being a problem, in its order; empty if nothing does. Paths are those of
// the spec as it was given: "persons[3].blocked[0]". Internal to Problem::Create.
std::vector<FieldViolation> ProblemsOf(const ProblemSpec& spec);

// The date "2027-06-14", written exactly so; absent for anything else.
std::optional<absl::CivilDay> ParseDate(absl::string_view text);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_CHECK_H_
