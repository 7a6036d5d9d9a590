#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PROVER_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PROVER_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/time/time.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// Proves, on a thread of its own while a search goes on, what local search cannot: how many defences can be
// placed at most, then how often people must come at least if that many are placed.
//
//   where seats are open, while the search places fewer than is proven: maximise SeatedModel for clusters of
//   time, by counts; relax it for the squares of loads; wait for what the search places by then; maximise it
//   with defences; all at once. Else
//   while the search places fewer than is proven: maximise MostPlaced; then, if the rule back_to_back is on:
//     tighten PathModel, part by part; choose whole paths and pack them into time
//     maximise ChainModel
//   in between, for part of the time: improve the search's best by maximising ChainModel around it, where
//   only some defences may move
//
// Every improvement of a bound is told at once, and every solution that gains more than the search has. What
// it finds depends on time: not for searches whose result must not. The methods are for one thread, the
// search's.
class Prover {
 public:
  struct Bounds {
    int placed;              // no timetable places more
    int64_t comings_least;   // penalty of back_to_back of whatever places that many; 0 if nothing is known
    int64_t load_least = 0;  // the same of squared_load
  };
  // What the search has.
  struct Known {
    int placed;
    std::optional<int64_t> comings;  // penalty of back_to_back, if it can tell
    Placements placements;           // with these numbers; may be empty
  };

  // Whether there may be something to prove for a search that is sure of `bounds`.
  static bool IsOfUse(const Problem& problem, const Candidates& candidates, const Known& known,
                      const Bounds& bounds);

  // Begins to prove, from copies of what it is given.
  Prover(const Problem& problem, const Candidates& candidates, const Known& known, const Bounds& bounds,
         std::optional<absl::Duration> time);
  // Ends within 30 ms or so. Where its thread does not listen, because a model is being built or the exact
  // solver is busy, it goes on alone until it does; it is waited for when the program ends.
  ~Prover();
  Prover(const Prover&) = delete;
  Prover& operator=(const Prover&) = delete;

  void Tell(const Known& known);
  // Waits, `time` at most, until what is quick has been tried: from then on nothing is proven for a while.
  // Returns whether it has been.
  bool AwaitQuick(absl::Duration time) const;
  Bounds bounds() const;
  // A timetable to look at, once; it may break hard rules that the models do not know.
  std::optional<Placements> TakeOffer();

 private:
  struct Shared;
  class Work;

  std::shared_ptr<Shared> shared_;
};

// What back_to_back costs if nobody ever stays: the sum over persons of their defences but one.
int64_t ComingsAtMost(const Problem& problem);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PROVER_H_
