#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_CONSTRUCT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_CONSTRUCT_H_

#include "absl/functional/function_ref.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"
#include "services/scheduling/solver/search/state.h"

namespace soutenance::scheduling::solver {

struct Construction {
  const Problem& problem;
  const RuleSet& rules;
  const Candidates& candidates;
  const Fit& fit;
  Random& random;
  // Asked now and then; what is placed when it says so is kept.
  absl::FunctionRef<bool()> should_stop;
};

// Takes over those placements of `start` that break no hard rule together: pinned defences first, then those
// that are where they were published, then the others, in the order of their keys. Does not stop.
void TakeOver(const Construction& construction, const Placements& start, State* state);

// Places the unplaced defences one after the other, the one with the fewest starts left first:
//
//   left[d] = starts of d, less those that collide with what its people already have
//   while some are unplaced:
//     d = the one with the least left[d]; if there are several, whose people have most defences
//     look at some starts that fit, those next to its people's other defences among them
//     place d where the score gains least; if it fits nowhere, leave it
void PlaceGreedily(const Construction& construction, State* state);

// Places what is left by taking others out:
//
//   while some are unplaced and steps remain (in proportion to their number, within a limit):
//     d = the one unplaced longest
//     of some candidates of d: the one whose blockers were taken out least often so far
//     place d there, take the blockers out; they count as unplaced last
//   go back to the best timetable met
//
// That is iterative forward search (Muller 2005) with conflict statistics kept by defence.
void Repair(const Construction& construction, State* state);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_CONSTRUCT_H_
