// soutenance-assign: runs the assignment engine on a file, without any server.

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/assignment/solver/assign_options.h"
#include "services/assignment/solver/assign_report.h"
#include "services/assignment/solver/check/bound.h"
#include "services/assignment/solver/check/check.h"
#include "services/assignment/solver/check/tree.h"
#include "services/assignment/solver/fair/fairest.h"
#include "services/assignment/solver/flow/best_total.h"
#include "services/assignment/solver/flow/repair.h"
#include "services/assignment/solver/flow/shortage.h"
#include "services/assignment/solver/io/problem_text.h"
#include "services/base/error.h"

namespace soutenance::assignment::solver {
namespace {

int Refuse(const std::string& file, const absl::Status& status) {
  std::cerr << file << ": " << std::string(status.message()) << "\n";
  const ErrorFacts facts = FactsOf(status);
  for (const FieldViolation& violation : facts.fields) {
    std::cerr << "  " << violation.field << ": " << violation.description << "\n";
  }
  return kExitRefused;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  if (!file || !(content << file.rdbuf())) {
    return absl::NotFoundError(absl::StrCat("cannot be read: ", std::strerror(errno)));
  }
  return std::move(content).str();
}

std::optional<Findings> FindTotal(const Problem& problem) {
  std::optional<BestAssignment> best = FindBestTotal(problem);
  if (!best) return std::nullopt;
  const int64_t total = Total(problem, best->assignment);
  return Findings{
      .assignment = std::move(best->assignment), .total_bound = total, .prices = std::move(best->prices)};
}

std::optional<Findings> FindFair(const Problem& problem) {
  std::optional<FairAssignment> fair = FindFairest(problem);
  if (!fair) return std::nullopt;
  constexpr const char* kProofs[] = {"thesis", "prices", "search"};
  return Findings{.assignment = std::move(fair->assignment),
                  .total_bound = fair->total_bound,
                  .prices = std::move(fair->prices),
                  .tree = std::move(fair->tree),
                  .level_bound = fair->level_bound,
                  .level_proof = kProofs[static_cast<size_t>(fair->level_proof)]};
}

std::optional<Findings> FindRepair(const Problem& problem, const std::vector<Pair>& held) {
  std::optional<Repaired> repaired = Repair(problem, held);
  if (!repaired) return std::nullopt;
  Findings findings;
  findings.assignment = repaired->assignment;
  findings.repaired = std::move(repaired);
  return findings;
}

// Whatever was made is proven again, without the code that made it.
bool IsConfirmed(const Problem& problem, Findings& findings) {
  const std::vector<Violation> violations = Check(problem, findings.assignment);
  for (const Violation& violation : violations) {
    std::cerr << "  " << violation.rule << ": " << violation.text << "\n";
  }
  if (!violations.empty()) return false;
  if (findings.prices.of.empty()) return true;
  const int64_t total = Total(problem, findings.assignment);
  if (!findings.tree.nodes.empty() && !ProvesByTree(problem, findings.prices, findings.tree, total))
    return false;
  findings.prices_bound = BoundOf(problem, findings.prices);
  return findings.prices_bound && *findings.prices_bound >= total;
}

int Run(const AssignOptions& options) {
  absl::StatusOr<std::string> text = ReadFile(options.problem_file);
  if (!text.ok()) return Refuse(options.problem_file, text.status());
  const absl::StatusOr<ProblemText> read = ParseProblem(*text);
  if (!read.ok()) return Refuse(options.problem_file, read.status());
  text->clear();
  text->shrink_to_fit();
  const Problem& problem = read->problem;
  std::optional<Findings> findings = options.aim == AssignOptions::Aim::kFair ? FindFair(problem)
                                     : options.aim == AssignOptions::Aim::kRepair
                                         ? FindRepair(problem, read->held)
                                         : FindTotal(problem);
  if (!findings) {
    const std::optional<Shortage> shortage = FindShortage(problem);
    if (!shortage || !IsTrue(problem, *shortage)) {
      std::cerr << "Neither an assignment nor a shortage was found; this is an error of the engine.\n";
      return kExitRefused;
    }
    std::cout << ReportShortage(problem, *shortage, options) << std::flush;
    return kExitImpossible;
  }
  if (!IsConfirmed(problem, *findings)) {
    std::cerr << "The checker refuses the assignment; this is an error of the engine.\n";
    return kExitRefused;
  }
  std::cout << Report(problem, *findings, options) << std::flush;
  return kExitDone;
}

}  // namespace
}  // namespace soutenance::assignment::solver

int main(int argc, char** argv) {
  using namespace soutenance::assignment::solver;  // NOLINT: the program is the engine's
  const ParsedOptions parsed = ParseOptions(argc, argv);
  if (parsed.exit_code) return *parsed.exit_code;
  return Run(parsed.options);
}
