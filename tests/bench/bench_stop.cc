// How long the solver takes to return once it is asked to stop: for each problem, each of several moments
// after it began, and each of what may be going on then.
//
//   bench_stop [--only WHAT] LABEL PROBLEM [LABEL PROBLEM ...]
//
// A row has the longest of all moments in milliseconds, and the most processor time that the program took
// from being asked to its return, to which other programs do not add; the last line the longest of all.
// `search` is Solve
// with the rules of the problem, `search, room kept` with the rule back_to_back as the only wish, which calls
// the exact prover; `search, short of rooms` without two thirds of the rooms; `reasons` why those without a
// place there have none. With --only just the rows whose name has WHAT in it.

#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "services/scheduling/solver/explain/reason.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/search/solve.h"

namespace {

namespace solver = soutenance::scheduling::solver;
using Clock = std::chrono::steady_clock;

constexpr int kMoments[] = {1, 3, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2500, 4000};

double MillisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Of all threads of the program.
double ProcessorMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Milliseconds.
struct Latency {
  double elapsed = 0;
  double processor = 0;
};

// Calls work(stop) and asks it to stop `after` milliseconds later. Returns how long it took to return from
// then on, nothing if it had ended before.
std::optional<Latency> LatencyOf(int after, const std::function<void(const std::stop_token&)>& work) {
  std::stop_source source;
  std::atomic<Clock::time_point> asked = Clock::time_point::max();
  std::atomic<double> processor = 0;
  std::jthread asker([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(after));
    processor = ProcessorMilliseconds();
    asked = Clock::now();
    source.request_stop();
  });
  work(source.get_token());
  const double used = ProcessorMilliseconds();
  const Clock::time_point end = Clock::now();
  const Clock::time_point when = asked;
  if (when > end) return std::nullopt;
  return Latency{std::chrono::duration<double, std::milli>(end - when).count(), used - processor};
}

Latency worst_of_all;
std::string only;

void Row(const std::string& label, const std::string& what,
         const std::function<void(const std::stop_token&)>& work) {
  if (what.find(only) == std::string::npos) return;
  Latency worst;
  int at = 0;
  int asked = 0;
  for (const int after : kMoments) {
    const std::optional<Latency> latency = LatencyOf(after, work);
    if (!latency) continue;
    ++asked;
    if (latency->processor > worst.processor) at = after;
    worst.elapsed = std::max(worst.elapsed, latency->elapsed);
    worst.processor = std::max(worst.processor, latency->processor);
  }
  worst_of_all.elapsed = std::max(worst_of_all.elapsed, worst.elapsed);
  worst_of_all.processor = std::max(worst_of_all.processor, worst.processor);
  std::printf("%-12s %-24s %5d %10.1f %10.1f %10d\n", label.c_str(), what.c_str(), asked, worst.elapsed,
              worst.processor, at);
  std::fflush(stdout);
}

solver::Problem With(solver::ProblemSpec spec) { return *solver::Problem::Create(std::move(spec)); }

solver::ProblemSpec OnlyStaying(solver::ProblemSpec spec) {
  spec.rules.clear();
  for (const solver::RuleLine& line : solver::Rulebook()) {
    if (line.level == solver::RuleLevel::kSoft || line.level == solver::RuleLevel::kStrong) {
      spec.rules.push_back({.rule = std::string(line.name), .level = solver::RuleLevel::kOff});
    }
  }
  spec.rules.push_back({.rule = "back_to_back", .level = solver::RuleLevel::kStrong});
  return spec;
}

solver::ProblemSpec ShortOfRooms(solver::ProblemSpec spec) {
  spec.rooms.resize((spec.rooms.size() + 2) / 3);
  return spec;
}

void Search(const std::string& label, const std::string& what, const solver::Problem& problem) {
  Row(label, what, [&](const std::stop_token& stop) {
    solver::Solve(problem, {.threads = 2}, stop, [](const solver::Progress&) {});
  });
}

void Reasons(const std::string& label, const solver::Problem& problem) {
  const solver::SolveResult result = solver::Solve(problem, {.time_limit = absl::Seconds(2), .threads = 2},
                                                   {}, [](const solver::Progress&) {});
  Row(label, "reasons", [&](const std::stop_token& stop) {
    solver::Reasons reasons(result.best, [&stop] { return stop.stop_requested(); });
    for (int i = 0; i < problem.DefenceCount() && !stop.stop_requested(); ++i) {
      const auto id = static_cast<solver::DefenceId>(i);
      if (result.best.PlacementOf(id)) continue;
      if (!reasons.Of(id).HasPlace()) reasons.RepairsOf(id);
    }
  });
}

bool Measure(const std::string& label, const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  const auto problem = solver::ParseProblem(text.str());
  if (!problem.ok()) {
    std::fprintf(stderr, "bench_stop: %s: %s\n", path, std::string(problem.status().message()).c_str());
    return false;
  }
  const auto begin = Clock::now();
  Search(label, "search", *problem);
  Search(label, "search, room kept", With(OnlyStaying(problem->spec())));
  const solver::Problem crowded = With(ShortOfRooms(problem->spec()));
  Search(label, "search, short of rooms", crowded);
  Search(label, "both", With(OnlyStaying(ShortOfRooms(problem->spec()))));
  Reasons(label, crowded);
  std::fprintf(stderr, "%s: %.0f s\n", label.c_str(), MillisecondsSince(begin) / 1000);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("%-12s %-24s %5s %10s %10s %10s\n", "campaign", "asked to stop", "times", "worst ms",
              "processor", "asked at");
  const bool is_part = argc > 2 && std::string(argv[1]) == "--only";
  if (is_part) only = argv[2];
  for (int i = is_part ? 3 : 1; i + 1 < argc; i += 2) {
    if (!Measure(argv[i], argv[i + 1])) return 1;
  }
  std::printf("stop: %.1f ms at most, %.1f ms of the processor\n", worst_of_all.elapsed,
              worst_of_all.processor);
  return 0;
}
