#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_IMPROVE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_IMPROVE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/search/jury_search.h"
#include "services/assignment/compose/search/relaxation.h"
#include "services/assignment/compose/search/state.h"

namespace soutenance::assignment::compose {

// A first composition from the juries of the linear program: those with the largest parts first, as long as
// there are places, then the best that is left for the others at its prices. `state` may hold some already.
void Round(const Problem& problem, const std::vector<JurySearch>& searches, const Relaxed& relaxed,
           State& state, int64_t& work);

struct ImproveLimits {
  int64_t work = 0;  // of juries tried; counted, so that it is the same on every machine
  uint64_t seed = 1;
  Value enough = 0;  // a worth that cannot be passed
  std::function<bool()> should_stop;
};

// Takes the juries of a few theses that compete for the same people apart and makes them anew, again and
// again, and keeps what is not worse by more than a little. `state` ends as the best seen.
void Improve(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
             const ImproveLimits& limits, State& state, int64_t& work);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_IMPROVE_H_
