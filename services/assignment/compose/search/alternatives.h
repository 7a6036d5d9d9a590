#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_ALTERNATIVES_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_ALTERNATIVES_H_

#include <cstddef>
#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/model/problem.h"

namespace soutenance::assignment::compose {

// Whether a jury obeys its rules and has a common slot, each person once. Loads are not looked at.
bool IsLegal(const Problem& problem, int thesis, const Seating& seating);

// Somebody who could hold a seat of a composition instead, with all else as it is.
struct Alternative {
  int person = 0;
  Value loss = 0;  // of the total; negative: it would gain
};

// The best that are legal and have a place left, at most `most` of them. REQUIRES: the thesis is seated;
// `loads` are those of the composition.
std::vector<Alternative> AlternativesFor(const Problem& problem, const Composition& composition,
                                         const Loads& loads, int thesis, size_t seat, size_t most);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_ALTERNATIVES_H_
