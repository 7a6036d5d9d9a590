#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_TIMETABLE_TEXT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_TIMETABLE_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// The text of a timetable: one line a defence, in the order of their keys. Equal timetables give the same
// bytes.
std::string WriteTimetable(const Timetable& timetable);

// Reads a timetable of `problem`; defences that the text does not mention are unplaced. INVALID_ARGUMENT with
// one violation for each line that cannot be read or does not fit the problem.
absl::StatusOr<Timetable> ParseTimetable(const Problem& problem, absl::string_view text);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_TIMETABLE_TEXT_H_
