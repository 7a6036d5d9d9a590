#include "services/assignment/solver/assign_report.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace soutenance::assignment::solver {
namespace {

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&quoted, "\\u%04x", static_cast<unsigned>(c));
    } else {
      quoted.push_back(c);
    }
  }
  quoted.push_back('"');
  return quoted;
}

// Exact: as many digits as the scale has.
std::string Decimal(const Problem& problem, int64_t units) {
  int digits = 0;
  for (int64_t scale = problem.scale(); scale > 1; scale /= 10) ++digits;
  const uint64_t absolute = units < 0 ? 0 - static_cast<uint64_t>(units) : static_cast<uint64_t>(units);
  const uint64_t scale = static_cast<uint64_t>(problem.scale());
  std::string text = absl::StrCat(units < 0 ? "-" : "", absolute / scale);
  if (digits == 0) return text;
  std::string fraction = absl::StrFormat("%0*d", digits, absolute % scale);
  while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
  return absl::StrCat(text, ".", fraction);
}

std::string Number(const Problem& problem, const std::optional<int64_t>& units) {
  return units ? Decimal(problem, *units) : "null";
}

std::string Numbers(const std::vector<int>& numbers) {
  return absl::StrCat("[", absl::StrJoin(numbers, ", "), "]");
}

std::string Pairs(const std::vector<Pair>& pairs) {
  std::vector<std::string> texts;
  for (const Pair& pair : pairs) texts.push_back(absl::StrCat("[", pair.thesis, ", ", pair.reviewer, "]"));
  return absl::StrCat("[", absl::StrJoin(texts, ", "), "]");
}

std::string Nodes(const ProofTree& tree) {
  std::vector<std::string> nodes;
  for (const ProofTree::Node& node : tree.nodes) {
    nodes.push_back(node.pair.thesis < 0
                        ? absl::StrCat("{\"prices\": [", absl::StrJoin(node.prices, ", "), "]}")
                        : absl::StrCat("{\"pair\": [", node.pair.thesis, ", ", node.pair.reviewer,
                                       "], \"with\": ", node.with, ", \"without\": ", node.without, "}"));
  }
  return absl::StrCat("[", absl::StrJoin(nodes, ",\n  "), "]");
}

absl::string_view AimName(AssignOptions::Aim aim) {
  switch (aim) {
    case AssignOptions::Aim::kTotal:
      return "total";
    case AssignOptions::Aim::kFair:
      return "fair";
    case AssignOptions::Aim::kRepair:
      return "repair";
  }
  return "";
}

std::string Json(const Problem& problem, const Findings& findings, const AssignOptions& options) {
  std::vector<std::string> theses;
  for (const std::vector<int>& reviewers : findings.assignment) theses.push_back(Numbers(reviewers));
  std::string json =
      absl::StrCat("{\n \"aim\": \"", AimName(options.aim),
                   "\",\n \"total\": ", Decimal(problem, Total(problem, findings.assignment)),
                   ",\n \"worst_off\": ", Decimal(problem, WorstOff(problem, findings.assignment)),
                   ",\n \"bound\": ", Number(problem, findings.total_bound),
                   ",\n \"worst_off_bound\": ", Number(problem, findings.level_bound),
                   ",\n \"assignment\": [", absl::StrJoin(theses, ", "), "]");
  if (findings.level_bound) {
    absl::StrAppend(&json, ",\n \"worst_off_proof\": \"", findings.level_proof, "\"");
  }
  if (findings.prices_bound) {
    absl::StrAppend(
        &json, ",\n \"certificate\": {\"bound\": ", Number(problem, findings.prices_bound),
        ", \"least_score\": ", Number(problem, findings.prices.least_score), ", \"scale\": ", problem.scale(),
        ", \"price_units\": ", kPriceUnits, ", \"prices\": [", absl::StrJoin(findings.prices.of, ", "), "]",
        findings.tree.nodes.empty() ? "" : absl::StrCat(", \"tree\": ", Nodes(findings.tree)), "}");
  }
  if (findings.repaired) {
    absl::StrAppend(&json, ",\n \"gone\": ", Pairs(findings.repaired->gone),
                    ",\n \"added\": ", Pairs(findings.repaired->added));
  }
  return absl::StrCat(json, "\n}\n");
}

std::string Proof(const Problem& problem, int64_t reached, std::optional<int64_t> bound) {
  if (!bound) return "";
  if (*bound == reached) return "  (proven: nothing is better)";
  return absl::StrCat("  (at most ", Decimal(problem, *bound), " is proven)");
}

std::string Lines(const Problem& problem, const Findings& findings) {
  std::string lines;
  for (int t = 0; t < problem.theses(); ++t) {
    std::vector<std::string> names;
    for (const int r : findings.assignment[static_cast<size_t>(t)]) {
      names.push_back(absl::StrCat(problem.reviewer(r).key, " ", Decimal(problem, problem.score(t, r)),
                                   problem.IsPinned(t, r) ? " (pinned)" : ""));
    }
    absl::StrAppend(&lines, problem.thesis(t).key, ": ", absl::StrJoin(names, ", "), "\n");
  }
  const int64_t total = Total(problem, findings.assignment);
  const int64_t worst = WorstOff(problem, findings.assignment);
  absl::StrAppend(&lines, "total      ", Decimal(problem, total), Proof(problem, total, findings.total_bound),
                  "\n", "worst off  ", Decimal(problem, worst), Proof(problem, worst, findings.level_bound),
                  "\n");
  if (findings.repaired) {
    absl::StrAppend(&lines, "changes    ", findings.repaired->gone.size(), " gone, ",
                    findings.repaired->added.size(), " added; fewer are impossible\n");
    for (const Pair& pair : findings.repaired->gone) {
      absl::StrAppend(&lines, "  - ", problem.thesis(pair.thesis).key, " ",
                      problem.reviewer(pair.reviewer).key, "\n");
    }
    for (const Pair& pair : findings.repaired->added) {
      absl::StrAppend(&lines, "  + ", problem.thesis(pair.thesis).key, " ",
                      problem.reviewer(pair.reviewer).key, "\n");
    }
  }
  return lines;
}

}  // namespace

std::string Report(const Problem& problem, const Findings& findings, const AssignOptions& options) {
  return options.json ? Json(problem, findings, options) : Lines(problem, findings);
}

std::string ReportShortage(const Problem& problem, const Shortage& shortage, const AssignOptions& options) {
  const std::string sentence = Sentence(problem, shortage);
  if (!options.json) return absl::StrCat("No assignment exists. ", sentence, "\n");
  constexpr absl::string_view kKinds[] = {"too_few_places", "too_much_work", "pinned"};
  constexpr absl::string_view kSteps[] = {"more_places", "fewer_reviewers", "less_work"};
  std::vector<std::string> steps;
  for (const Shortage::Step& step : shortage.way_out) {
    const bool is_thesis = step.kind == Shortage::Step::Kind::kFewerReviewers;
    steps.push_back(absl::StrCat("{\"what\": \"", kSteps[static_cast<size_t>(step.kind)], "\", \"",
                                 is_thesis ? "thesis" : "reviewer", "\": ", step.number,
                                 ", \"by\": ", step.by, "}"));
  }
  return absl::StrCat(
      "{\n \"aim\": \"", AimName(options.aim), "\",\n \"infeasible\": {\"kind\": \"",
      kKinds[static_cast<size_t>(shortage.kind)], "\", \"theses\": ", Numbers(shortage.theses),
      ", \"reviewers\": ", Numbers(shortage.reviewers), ", \"needed\": ", shortage.needed,
      ", \"offered\": ", shortage.offered, ", \"single_pairs\": ", shortage.single_pairs, ", \"way_out\": [",
      absl::StrJoin(steps, ", "), "]},\n \"sentence\": ", Quoted(sentence), "\n}\n");
}

}  // namespace soutenance::assignment::solver
