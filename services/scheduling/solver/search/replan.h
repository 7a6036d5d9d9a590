#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_REPLAN_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_REPLAN_H_

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/solve.h"

namespace soutenance::scheduling::solver {

// A timetable was published and the facts have changed: finds one that holds now and disturbs the fewest
// people, by how short the notice is (the rule disturbance, whatever its level). Lexicographic: defences
// without a place, points of disturbance, the score of the problem.
//
// What is published is the reference of each defence. Defences without one are new.
//
//   start from what is published; open = what can no longer be where it is, and what is new
//   find places for the open ones by branch and bound, taking out as few others as possible (eject.h):
//     first few candidates at a step, then more, then all, which proves that nothing disturbs less
//   if that takes too long: over and over for a few of the changed ones, and Solve for what has no place
//   choose among places that disturb alike the one with the best score

struct ReplanParams {
  uint64_t seed = 1;
  // At most this many candidates and moves are looked at, at least 1; absent: no limit. If this is what ends
  // the search, the result depends on problem, parameters and seed only.
  std::optional<int64_t> work_limit;
  // Absent: none; without any limit it ends when proven or stopped. If both limits are given and it ends
  // before this one, the result depends on the other one only.
  std::optional<absl::Duration> time_limit;
  int threads = 1;  // 1 to 64: for the rare part that Solve does
  // Who holds the open seats in the published timetable; empty, or one entry for each defence. Other aspects
  // are not looked at.
  Placements holders;
};

struct ReplanResult {
  // Its termination tells about the score alone: kFeasible, or kCancelled if a stop was requested.
  SolveResult solved;
  // Defences that cannot all stay where they were published, and new ones. Ascending.
  std::vector<DefenceId> hit;
  // Those among the others that are not where they were published. Ascending.
  std::vector<DefenceId> others_moved;
  int others_bound = 0;           // no timetable that places as many moves fewer others; proven
  int people_told = 0;            // who attend a defence that is new, moved, or has no place any more
  int64_t disturbance = 0;        // points
  int64_t disturbance_bound = 0;  // no timetable that places as many disturbs less; proven
  bool is_minimal = false;        // nothing places more, or as many and disturbs less; proven
};

// Where each defence is published as far as that can be written down: something to start from. `holders` as
// in ReplanParams.
Placements PublishedPlacements(const Problem& problem, const Placements& holders = {});

// Calls `progress` now and then and once at the end. Returns within 50 ms of a stop request.
ReplanResult Replan(const Problem& problem, const ReplanParams& params, std::stop_token stop,
                    absl::FunctionRef<void(const Progress&)> progress);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_REPLAN_H_
