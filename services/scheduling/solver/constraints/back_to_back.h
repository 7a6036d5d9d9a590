#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BACK_TO_BACK_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BACK_TO_BACK_H_

#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// Whether a defence that starts at `start` follows on one of the same day and room that ends at `end`: the
// buffer and less than a step of the grid lie between, and no other start of the grid.
bool FollowsOn(const Problem& problem, DayId day, Minute end, Minute start);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BACK_TO_BACK_H_
