#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_COMPOSE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_COMPOSE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/model/problem.h"
#include "services/assignment/compose/search/timetable.h"

namespace soutenance::assignment::compose {

struct ComposeOptions {
  // How much may be tried. Counted, not timed: with it the result is the same on every machine.
  int64_t work = 4'000'000;
  int64_t proof_work = 300'000;  // of a search through what the bound leaves open
  uint64_t seed = 1;
  bool spreads = true;  // whether juries without slot are composed again
  // Asked now and then; once true, the best so far is returned with the bound so far.
  std::function<bool()> should_stop = [] { return false; };
  // Told now and then how many theses have a jury.
  std::function<void(int seated)> on_progress = [](int) {};
};

struct Composed {
  Composition composition;
  Value total = 0;   // TotalValue
  int unseated = 0;  // theses without jury: as few as were found
  // No composition leaves fewer theses without jury: `unseated`, or less. And none that leaves `unseated` has
  // a larger total.
  int unseated_bound = 0;
  Value total_bound = 0;
  bool is_best = false;    // both bounds are met
  Prices prices;           // prove prices_bound of the worth; what is_best says beyond it was searched
  Value prices_bound = 0;  // of total - unseated * CostOfUnseated(problem)
  SlotMatching matching;
  Value given_up = 0;  // of the total, for a slot of their own for more juries; the bounds do not know of it
  int64_t work = 0;
};

// The composition with as few theses without jury as possible and then the largest total, or the best found
// with a bound. First a linear program of whole juries, which mostly leaves little open, then its rounding,
// improvement of a few theses at a time, and a search of what the bound leaves open where that is not much.
// Juries that no slot is left for are composed again with other people, as far as that helps.
Composed Compose(const Problem& problem, const ComposeOptions& options = {});

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_COMPOSE_H_
