#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_ASSIGN_REPORT_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_ASSIGN_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "services/assignment/solver/assign_options.h"
#include "services/assignment/solver/flow/repair.h"
#include "services/assignment/solver/flow/shortage.h"
#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// What soutenance-assign has found out.
struct Findings {
  Assignment assignment;
  // No total is larger, among those that reach the level if the aim is fair; nothing for repairs.
  std::optional<int64_t> total_bound;
  // What `prices` prove alone, recomputed by the checker; the rest `tree` proves if it has nodes, which the
  // checker confirmed, else it was searched.
  std::optional<int64_t> prices_bound;
  Prices prices;
  ProofTree tree;
  // Nobody's worst-off is better; for fair ones only.
  std::optional<int64_t> level_bound;
  std::string level_proof;  // "thesis", "prices", "search"
  // For repairs only.
  std::optional<Repaired> repaired;
};

// In lines for people, or as one JSON object.
std::string Report(const Problem& problem, const Findings& findings, const AssignOptions& options);
std::string ReportShortage(const Problem& problem, const Shortage& shortage, const AssignOptions& options);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_ASSIGN_REPORT_H_
