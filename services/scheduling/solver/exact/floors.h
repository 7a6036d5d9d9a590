#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_FLOORS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_FLOORS_H_

#include <cstdint>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// What a rule costs at least in every timetable that places `placed` defences without breaking a hard rule,
// in its units; cheap, proven, the same at any speed. With n(p) the defences of a person:
//
//   a rule that looks at one   the `placed` least penalties of a defence over its candidates
//   back_to_back               sum over p of ceil(n(p) / H) - 1, H the longest chain of defences in one room
//   person_days                if all are placed: sum over p of ceil(n(p) / D) less the parameter, D the most
//                              defences of one day
//   seat_cost                  the `placed` least sums over the seats of a defence of the least candidate
//   squared_load               the attendances of the `placed` defences with fewest, shared out as evenly as
//   weights
//                              and limits allow, whoever may attend what
//   subject_coverage           the `placed` least numbers of subjects that no choice for the seats covers
//   any other, or if a seat is open   0
int64_t FloorOf(const Problem& problem, const Candidates& candidates, const RuleSet::Entry& rule, int placed);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_FLOORS_H_
