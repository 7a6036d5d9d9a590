#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_RELAXATION_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_RELAXATION_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/model/problem.h"
#include "services/assignment/compose/search/jury_search.h"

namespace soutenance::assignment::compose {

// A jury that takes part in the linear program, and its part in the last solution.
struct Column {
  int thesis = 0;
  FoundJury jury;
  double part = 0;
};

struct Relaxed {
  Prices prices;    // those that bound best
  Value bound = 0;  // of the worth (State::worth) of any composition
  // What the linear program reached; no lower bound while it was stopped early.
  double reached = 0;
  std::vector<Column> columns;
};

// The value of the function that `prices` bound the worth by: what every thesis gains at most, and what every
// place is paid at most.
Value BoundAt(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
              int64_t& work);
// What all places can be paid at most beyond what they cost.
Value PaidToPlaces(const Problem& problem, const Prices& prices);

// The linear program that mixes juries: whole juries are its columns, found as they gain at the prices of the
// last solution, and people's places its rows. Its prices bound every composition. `should_stop` is asked
// between rounds.
Relaxed Relax(const Problem& problem, const std::vector<JurySearch>& searches,
              const std::vector<Column>& first, const std::function<bool()>& should_stop, int64_t& work);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_RELAXATION_H_
