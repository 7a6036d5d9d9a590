#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_REASONS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_REASONS_H_

#include <string>

#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Why each unplaced defence of `timetable` is, and what would make room for it, as --explain prints it: lines
// for people, or a JSON array. Takes at most some seconds a defence.
std::string ReasonLines(const Timetable& timetable, const std::string& language);
std::string JsonOfReasons(const Timetable& timetable, const std::string& language);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_REASONS_H_
