#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ROOM_TIME_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ROOM_TIME_H_

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// How many defences rooms have time for at most, by counting: of those with candidates the shortest, on each
// day of each room as many as follow on each other in its hours, beside its pause if it must have one.
int MostInRooms(const Problem& problem, const Candidates& candidates);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ROOM_TIME_H_
