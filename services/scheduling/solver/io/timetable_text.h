#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_TIMETABLE_TEXT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_TIMETABLE_TEXT_H_

#include <optional>
#include <string>
#include <vector>

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

// A timetable that was made for a problem before its facts changed.
struct PublishedTimetable {
  // What it says of the defences of the problem; nothing where it has none, or one that was unplaced. The
  // room is empty if it is none of the problem's.
  std::vector<std::optional<ReferenceSpec>> references;  // by DefenceId
  // The same for those that can still be written down, with the holders of open seats where they still can
  // hold them.
  Placements placements;
  std::vector<std::string> withdrawn;  // keys of placed defences that the problem does not have
};

// Reads a timetable that may name defences, rooms and people that `problem` does not have any more.
// INVALID_ARGUMENT with one violation for each line that cannot be read.
absl::StatusOr<PublishedTimetable> ParsePublished(const Problem& problem, absl::string_view text);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_TIMETABLE_TEXT_H_
