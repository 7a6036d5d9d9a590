#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_EXACT_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_EXACT_H_

#include <cstdint>
#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/search/jury_search.h"
#include "services/assignment/compose/search/state.h"

namespace soutenance::assignment::compose {

// Looks through everything that could be worth more than `state`: where prices bound the worth by `bound`, a
// jury that gains less than the best of its thesis by the whole gap has no part in it. Improves `state` to
// the best; false if that was more than `nodes` of work, and `state` is maybe not the best.
bool SearchGap(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
               Value bound, int64_t nodes, State& state, int64_t& work);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_EXACT_H_
