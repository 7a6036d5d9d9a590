#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_NEIGHBOURHOOD_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_NEIGHBOURHOOD_H_

#include <cstddef>
#include <vector>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// About `size` defences, drawn anew each time, that may move while an exact model keeps the others where they
// are in `best`: those of some people who have defences in common, or of a day, or any; and all that have no
// place.
std::vector<bool> Neighbourhood(const Problem& problem, const Placements& best, std::size_t size,
                                Random* random);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_NEIGHBOURHOOD_H_
