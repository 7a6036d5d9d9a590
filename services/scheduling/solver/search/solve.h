#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_SOLVE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_SOLVE_H_

#include <cstdint>
#include <optional>
#include <stop_token>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/score.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Name and version of the search, stored with what it made: the same problem, parameters and version give the
// same timetable.
absl::string_view SolverVersion();

// How much the search distrusts itself: recomputes the score from scratch and stops the program, naming the
// rule whose difference was wrong.
enum class CheckEvery { kEnd, kImprovement, kMove };

struct SolveParams {
  uint64_t seed = 1;
  // At most this many moves are tried, at least 1; absent: no limit. If this is what ends the search, the
  // result depends on problem, parameters and seed only, not on `threads` nor on the machine.
  std::optional<int64_t> move_limit;
  // At most this long; absent: no limit. Without any limit the search ends when stopped or when optimal.
  std::optional<absl::Duration> time_limit;
  int threads = 1;  // 1 to 64
  // A timetable to start from; what breaks a hard rule in it is unplaced first. Empty, or one entry for each
  // defence.
  Placements start;
  CheckEvery check = CheckEvery::kEnd;
};

// True numbers about a search that goes on.
struct Progress {
  absl::Duration elapsed;
  int64_t moves = 0;     // tried so far by all threads
  Score best;            // of the best timetable so far
  int placed = 0;        // in that timetable
  int placed_bound = 0;  // no timetable places more; proven
  Score bound;           // no timetable has a better score; proven
  int defence_count = 0;
};

enum class Termination {
  kOptimal,    // no timetable has a better score; proven
  kFeasible,   // a limit was reached
  kCancelled,  // a stop was requested; the best so far is returned
};

struct SolveStats {
  absl::Duration elapsed;
  absl::Duration time_to_best;
  absl::Duration time_to_placed;  // until as many defences were placed as in the best
  int64_t moves = 0;
  int64_t candidate_count = 0;  // (defence, start, room) that keep the rules that look at one defence
};

struct SolveResult {
  Termination termination;
  Timetable best;  // keeps every hard rule; complete unless score.unplaced() > 0. Refers to the problem.
  Score score;
  int placed_bound;  // no timetable places more defences; proven
  // No timetable has a better score; proven. So a level of `score` is best if it and those above it are equal
  // to `bound`.
  Score bound;
  SolveStats stats;
};

// Looks for the timetable of `problem` with the least score. Calls `progress` at most ten times a second, and
// once at the end, never from two threads at once; it must return soon. Returns within 50 ms of a stop
// request.
SolveResult Solve(const Problem& problem, const SolveParams& params, std::stop_token stop,
                  absl::FunctionRef<void(const Progress&)> progress);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_SOLVE_H_
