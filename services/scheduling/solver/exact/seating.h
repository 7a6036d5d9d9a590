#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SEATING_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SEATING_H_

#include <vector>

#include "services/scheduling/solver/exact/graph.h"
#include "services/scheduling/solver/exact/seated.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Finds defences for who comes when: the people of each session are dealt into juries, a few times at random
// where there is more than one, and juries are matched with defences in which each of their people may hold a
// seat of his or her role. Juries without defence, and defences that find no room, stay out. Large choices
// are not looked at: then nothing is placed.
Placements FindDefences(const Graph& graph, const std::vector<SeatedModel::Session>& sessions);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SEATING_H_
