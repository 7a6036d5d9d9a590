#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ANNEAL_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ANNEAL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/scheduling/solver/search/acceptance.h"
#include "services/scheduling/solver/search/moves.h"
#include "services/scheduling/solver/search/random.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/search/state.h"

namespace soutenance::scheduling::solver {

// One walk of simulated annealing, cooled and reheated in cycles.
//
//   measure what a move changes at each level: the unit of temperature
//   repeat:
//     begin a cycle from the best timetable known, warm; with few defences, every other cycle that
//     follows one without improvement begins from nothing
//     for each move of the cycle:
//       the temperature falls geometrically from warm to cold
//       draw a move; all keep the hard rules
//       make it if its cost, by level, is below temperature times an exponential draw
//       remember the timetable if its score is the least so far, compared level by level
//     the next cycle is four times as long, up to a limit; being without some defences costs more if the
//     cycle ended so
//
// Not safe for concurrent use.
class Anneal {
 public:
  struct Setup {
    const Problem& problem;
    const RuleSet& rules;
    const Moves& moves;
    uint64_t seed;
    Score target;  // no timetable is better; the walk ends when it has this
    CheckEvery check;
  };

  // `start` breaks no hard rule.
  Anneal(const Setup& setup, const Placements& start);

  // How many moves the walk may expect to have left when it begins a cycle; it cools down within them.
  using Horizon = absl::FunctionRef<int64_t()>;

  // Tries `count` moves, fewer if `should_stop`, asked every few hundred moves, says so or the target is
  // reached.
  void Run(int64_t count, Horizon horizon, absl::FunctionRef<bool()> should_stop);

  // A better one is proven to be the least score there can be.
  void SetTarget(const Score& target) { target_ = target; }

  // Takes over a better timetable; the next cycle begins from it.
  void Adopt(const Placements& placements, const Score& score);

  int64_t moves_tried() const { return moves_tried_; }
  const Score& best_score() const { return best_score_; }
  // Of the best timetable so far. REQUIRES: Run is not running.
  const Placements& best();
  bool IsAtTarget() const { return best_score_ <= target_; }

 private:
  void MeasureUnits();
  double WarmthFor(int64_t length) const;
  bool IsInACorner() const;
  void BeginCycle(int64_t horizon);
  int64_t NextLength(int64_t horizon);
  void ChooseFocus();
  void EndCycle();
  void TryOneMove();
  void Accept();
  void SaveBest();

  const Moves& moves_;
  Score target_;
  const CheckEvery check_;
  Random random_;
  State state_;
  Acceptance acceptance_;
  int64_t moves_tried_ = 0;
  int64_t cycle_begin_ = 0;
  int64_t cycle_end_ = 0;
  int64_t cycle_length_;
  const int64_t longest_cycle_;
  int cycles_ = 0;
  double warmth_ = 1;
  std::vector<std::size_t> changing_;  // levels of wishes where moves were seen to change something
  std::size_t focus_ = 0;              // in changing_, going round
  int stale_cycles_ = 0;               // that found nothing better, one after the other
  Score best_before_;                  // when this cycle began
  Score best_score_;
  Placements best_;
  bool best_is_here_ = true;  // the timetable of state_ is the best one; best_ is not yet written
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ANNEAL_H_
