// soutenance-solve: runs the solver on a file, without any server.

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/solver/io/timetable_text.h"
#include "services/scheduling/solver/search/replan.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/solve_options.h"
#include "services/scheduling/solver/solve_report.h"

namespace soutenance::scheduling::solver {
namespace {

// Turns the first SIGINT or SIGTERM into a stop request; the second one ends the program as usual. Made
// before any other thread, so that they all leave the signals to it.
class Interrupt {
 public:
  Interrupt() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    watcher_ = std::jthread([this](const std::stop_token& done) { Watch(done); });
  }

  std::stop_token token() const { return source_.get_token(); }

 private:
  void Watch(const std::stop_token& done) {
    const timespec moment{.tv_sec = 0, .tv_nsec = 20'000'000};
    while (!done.stop_requested()) {
      if (sigtimedwait(&signals_, nullptr, &moment) < 0) continue;
      source_.request_stop();
      signal(SIGINT, SIG_DFL);
      signal(SIGTERM, SIG_DFL);
      pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
      return;
    }
  }

  sigset_t signals_;
  std::stop_source source_;
  std::jthread watcher_;
};

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
  return content.str();
}

absl::Status WriteFile(const std::string& path, const std::string& content) {
  if (path == "-") {
    std::cout << content << std::flush;
    return absl::OkStatus();
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << content;
  file.close();
  if (!file) return absl::UnavailableError(absl::StrCat("cannot be written: ", std::strerror(errno)));
  return absl::OkStatus();
}

// On a terminal, one line that is written over.
class ProgressPrinter {
 public:
  void Print(const Progress& progress) {
    if (!on_) return;
    std::cerr << "\r\033[K" << ProgressLine(progress) << std::flush;
    printed_ = true;
  }
  void End() {
    if (printed_) std::cerr << "\r\033[K" << std::flush;
  }

 private:
  const bool on_ = isatty(STDERR_FILENO) == 1;
  bool printed_ = false;
};

// Whatever was made is proven again, without the code that made it.
int RefuseIfIllegal(const SolveResult& result) {
  const std::vector<Violation> violations = Check(result.best.problem(), result.best.placements());
  if (violations.empty()) return kExitDone;
  std::cerr << "The checker refuses the timetable; this is an error of the solver.\n";
  for (const Violation& violation : violations)
    std::cerr << "  " << violation.rule << ": " << violation.text << "\n";
  return kExitRefused;
}

int WriteAndReport(const SolveResult& result, const SolveOptions& options, const std::string& report) {
  if (const int refused = RefuseIfIllegal(result); refused != kExitDone) return refused;
  if (!options.out_file.empty()) {
    const absl::Status written = WriteFile(options.out_file, WriteTimetable(result.best));
    if (!written.ok()) return Refuse(options.out_file, written);
  }
  // A timetable on standard output stands there alone.
  (options.out_file == "-" ? std::cerr : std::cout) << report << std::flush;
  return kExitDone;
}

int RunReplan(const SolveOptions& options, const Problem& given, std::stop_token stop) {
  const absl::StatusOr<std::string> text = ReadFile(options.replan_file);
  if (!text.ok()) return Refuse(options.replan_file, text.status());
  const absl::StatusOr<PublishedTimetable> published = ParsePublished(given, *text);
  if (!published.ok()) return Refuse(options.replan_file, published.status());
  ProblemSpec spec = given.spec();
  for (std::size_t i = 0; i < spec.defences.size(); ++i)
    spec.defences[i].reference = published->references[i];
  const absl::StatusOr<Problem> problem = Problem::Create(std::move(spec));
  if (!problem.ok()) return Refuse(options.replan_file, problem.status());
  ReplanParams params{.seed = options.seed,
                      .work_limit = options.moves,
                      .threads = options.threads,
                      .holders = published->placements};
  if (options.time_seconds) params.time_limit = absl::Seconds(*options.time_seconds);
  ProgressPrinter printer;
  const ReplanResult result = Replan(*problem, params, std::move(stop),
                                     [&printer](const Progress& progress) { printer.Print(progress); });
  printer.End();
  return WriteAndReport(result.solved, options, ReplanReport(result, *published, options));
}

int Run(const SolveOptions& options, std::stop_token stop) {
  const absl::StatusOr<std::string> text = ReadFile(options.problem_file);
  if (!text.ok()) return Refuse(options.problem_file, text.status());
  const absl::StatusOr<Problem> problem = ParseProblem(*text);
  if (!problem.ok()) return Refuse(options.problem_file, problem.status());
  if (!options.replan_file.empty()) return RunReplan(options, *problem, std::move(stop));
  SolveParams params{.seed = options.seed, .move_limit = options.moves, .threads = options.threads};
  if (options.time_seconds) params.time_limit = absl::Seconds(*options.time_seconds);
  if (options.start_published) params.start = PublishedPlacements(*problem);
  if (!options.start_file.empty()) {
    const absl::StatusOr<std::string> start_text = ReadFile(options.start_file);
    if (!start_text.ok()) return Refuse(options.start_file, start_text.status());
    const absl::StatusOr<Timetable> start = ParseTimetable(*problem, *start_text);
    if (!start.ok()) return Refuse(options.start_file, start.status());
    params.start = start->placements();
  }
  ProgressPrinter printer;
  const SolveResult result = Solve(*problem, params, std::move(stop),
                                   [&printer](const Progress& progress) { printer.Print(progress); });
  printer.End();
  return WriteAndReport(result, options, Report(result, options));
}

}  // namespace
}  // namespace soutenance::scheduling::solver

int main(int argc, char** argv) {
  using namespace soutenance::scheduling::solver;  // NOLINT: the program is the solver's
  const ParsedOptions parsed = ParseOptions(argc, argv);
  if (parsed.exit_code) return *parsed.exit_code;
  const Interrupt interrupt;
  return Run(parsed.options, interrupt.token());
}
