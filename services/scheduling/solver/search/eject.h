#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_EJECT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_EJECT_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/compose.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"
#include "services/scheduling/solver/search/told.h"

namespace soutenance::scheduling::solver {

// What a change of a published timetable costs, compared lexicographically.
struct ChangeCost {
  int64_t unplaced = 0;
  int64_t points = 0;  // of disturbance: see Told; or defences taken out, if these are counted

  friend auto operator<=>(const ChangeCost&, const ChangeCost&) = default;
};

// Finds places for a few defences of a timetable by taking others out and finding places for them in turn, by
// branch and bound:
//
//   open = the defences without a place
//   if open is empty: keep the timetable if it costs less than the best
//   d = the open one with the fewest candidates
//   for each candidate of d, cheapest first:
//     blockers = what must be taken out for it; none of them may have been placed on the way here
//     bound = what is changed so far + d there + each blocker where it would be cheapest
//     if bound < best: place d, take the blockers out, recurse
//   leave d without a place, if that is less than the best
//
// If nothing cuts it short it has seen everything that could cost less, which is a proof. Not safe for
// concurrent use.
class Ejection {
 public:
  enum class Count { kDisturbance, kTakenOut };
  struct Limits {
    int width = 0;          // candidates tried at each step; 0: all
    int taken_out_max = 8;  // on one way
    int64_t work = 0;       // candidates looked at
  };
  struct Outcome {
    std::optional<Placements> better;  // than asked for
    ChangeCost cost;                   // of that
    bool is_proven = false;            // nothing costs less
    int64_t work = 0;                  // candidates looked at
  };

  // `published`: where each defence is in the published timetable; nothing for a new one or if that cannot be
  // written down any more. All must outlive it.
  Ejection(const Problem& problem, const Candidates& candidates, const Fit& fit, const Placements& published);

  // Finds places for `open`, which are unplaced in `from`, that cost less than `to_beat`. Those that are not
  // where they were published are not taken out. Stops when `should_stop` says so.
  Outcome Run(const Placements& from, absl::Span<const DefenceId> open, Count count,
              const ChangeCost& to_beat, const Limits& limits, Random& random,
              absl::FunctionRef<bool()> should_stop);

  // The cost of a whole timetable.
  ChangeCost CostOf(const Placements& placements);
  // What it is worth at least that none of `open` stays where it was published and all have a place.
  int64_t LeastPoints(absl::Span<const DefenceId> open);
  // People who must be told of its changes.
  int PeopleTold(const Placements& placements);

 private:
  struct Option {
    int64_t points;
    int64_t rank;  // among those of equal points: less is better
    Placement to;
    Defences blockers;
  };
  // What a change of a defence is worth at least.
  struct Least {
    bool is_known = false;
    bool can_move = false;
    int64_t on_site = 0;
    int64_t remote = 0;
  };
  struct Task;

  const Least& LeastOf(DefenceId defence);
  void AddLeast(DefenceId defence);
  void AddAll(const Placements& placements);

  void Visit(Task& task);
  void Leaf(Task& task);
  DefenceId Choose(const Task& task) const;
  void CountOthers(const Task& task, DefenceId chosen);
  std::vector<Option> OptionsOf(Task& task, DefenceId defence);
  void Consider(Task& task, DefenceId defence, Placement to, std::vector<Option>* options);
  bool MayTakeOut(Task& task, DefenceId defence, const Placement& to, const Defences& blockers);
  int64_t Rank(DefenceId defence, const Placement& to) const;
  void Take(Task& task, DefenceId defence, const Option& option);
  void Leave(Task& task, DefenceId defence);

  const Problem& problem_;
  const Candidates& candidates_;
  const Fit& fit_;
  const Composer composer_;
  const Placements& published_;
  Told told_;
  std::vector<Least> least_;  // by defence
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_EJECT_H_
