#include "services/scheduling/solver/solve_options.h"

#include <CLI/CLI.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/search/solve.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr char kFooter[] = R"(
Without --time and --moves the search takes ten seconds. Ctrl-C ends it and keeps the best timetable.
With --moves the same problem and seed give the same timetable on any machine, at any number of threads.

Examples:
  soutenance-solve campaign.problem
  soutenance-solve campaign.problem --time 60 --threads 2 --out campaign.timetable
  soutenance-solve campaign.problem --moves 100000 --seed 7 --json
  soutenance-solve campaign.problem --start published.timetable --explain --language fr
  soutenance-solve changed.problem --replan published.timetable --out replanned.timetable

--replan takes a timetable that was published before the facts changed and finds the one that disturbs the
fewest people, by how short the notice is from the problem's `now`; it ends when that is proven, or after one
second unless --time or --moves says otherwise. Defences that the problem does not have any more are withdrawn.

Exit codes: 0 done, 1 refused (a file or what it says), 2 usage.)";

int ThreadsOfThisMachine() {
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : static_cast<int>(count > 64 ? 64 : count);
}

}  // namespace

ParsedOptions ParseOptions(int argc, const char* const* argv) {
  ParsedOptions parsed;
  SolveOptions& options = parsed.options;
  options.threads = ThreadsOfThisMachine();
  CLI::App app("Finds the timetable of a campaign: who defends when and in which room.", "soutenance-solve");
  app.footer(kFooter);
  app.set_version_flag("--version", absl::StrCat("soutenance-solve ", std::string(SolverVersion())));
  app.add_option("PROBLEM", options.problem_file, "The problem, as text")->required();
  app.add_option("--time", options.time_seconds, "At most this many seconds")
      ->check(CLI::Range(0.01, 86400.0));
  app.add_option("--moves", options.moves, "At most this many moves")
      ->check(CLI::Range(int64_t{1}, int64_t{1} << 50));
  app.add_option("--seed", options.seed, "Where the search goes first")->capture_default_str();
  app.add_option("--threads", options.threads, "Threads, 1 to 64; all of the machine by default")
      ->check(CLI::Range(1, 64));
  app.add_option("--start", options.start_file, "Begin from this timetable, as text");
  app.add_flag("--start-published", options.start_published,
               "Begin where the problem says defences are published, as a run from a base timetable does")
      ->excludes("--start");
  app.add_option("--replan", options.replan_file, "Change this published timetable as little as possible")
      ->excludes("--start");
  app.add_option("--out", options.out_file, "Write the timetable to this file, - for standard output");
  app.add_flag("--json", options.json, "Print the result for programs");
  app.add_flag("--explain", options.explain, "Print what the timetable costs and why defences are unplaced");
  app.add_option("--language", options.language, "Of what --explain prints")
      ->check(CLI::IsMember({"fr", "en"}))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.exit_code = app.exit(error) == 0 ? kExitDone : kExitUsage;
    return parsed;
  }
  if (!options.time_seconds && !options.moves) options.time_seconds = options.replan_file.empty() ? 10 : 1;
  return parsed;
}

}  // namespace soutenance::scheduling::solver
