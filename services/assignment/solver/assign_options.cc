#include "services/assignment/solver/assign_options.h"

#include <CLI/CLI.hpp>

namespace soutenance::assignment::solver {
namespace {

constexpr char kFooter[] = R"(
A problem is a text (services/assignment/solver/io/README.md):

  soutenance assignment 1
  reviewer ana 0 2             at least 0 theses, at most 2
  reviewer bo 1 2
  thesis networks 1            needs one reviewer
  thesis compilers 2
  scores networks 0.75 0.5     with ana and with bo; - where the two may not meet
  scores compilers 0.25 1
  pin compilers bo             whatever else
  held networks ana            so far, for --repair
  end

Examples:
  soutenance-assign campaign.assignment
  soutenance-assign campaign.assignment --fair --json
  soutenance-assign after-a-withdrawal.assignment --repair

What is printed was checked by code that has nothing in common with the search, the proof as well.
The same problem gives the same assignment on any machine.

Exit codes: 0 done, 1 refused (a file or what it says), 2 usage, 3 no assignment exists (and why).)";

}  // namespace

ParsedOptions ParseOptions(int argc, const char* const* argv) {
  ParsedOptions parsed;
  AssignOptions& options = parsed.options;
  CLI::App app("Finds reviewers for theses: the largest total expertise, proven.", "soutenance-assign");
  app.footer(kFooter);
  app.set_version_flag("--version", "soutenance-assign 1");
  app.add_option("PROBLEM", options.problem_file, "The problem, as text")->required();
  bool fair = false;
  bool repair = false;
  CLI::Option* const fair_flag =
      app.add_flag("--fair", fair, "First the worst-off thesis as well off as possible, then the total");
  app.add_flag("--repair", repair, "First as few changes of what is held as possible, then the total")
      ->excludes(fair_flag);
  app.add_flag("--json", options.json, "Print the result for programs");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.exit_code = app.exit(error) == 0 ? kExitDone : kExitUsage;
    return parsed;
  }
  if (fair) options.aim = AssignOptions::Aim::kFair;
  if (repair) options.aim = AssignOptions::Aim::kRepair;
  return parsed;
}

}  // namespace soutenance::assignment::solver
