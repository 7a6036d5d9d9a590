#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BOARD_CHANGES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BOARD_CHANGES_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "services/scheduling/solver/constraints/day_rule.h"

// For rules that look at who holds a role from one defence of a room to the next.
namespace soutenance::scheduling::solver {

using People = absl::InlinedVector<PersonId, 4>;

// Who holds the seats of `role` in a defence, each once, ascending; empty if it has none.
People HoldersOfRole(const Defence& defence, const Holders& holders, RoleId role);

// The first of `some` that is none of `others`; if there is none, the first. REQUIRES: `some` is not empty.
PersonId FirstMissing(const People& some, const People& others);

// Others hold a role than in the defence before.
struct BoardChange {
  RoleId role;
  std::size_t before;  // positions in the day of the room
  std::size_t after;
  PersonId leaves;
  PersonId comes;
  int64_t cost;
};
using BoardChanges = absl::InlinedVector<BoardChange, 8>;

// The changes within the windows of a day of roles whose change costs; those of all the day, with what a
// change in the course of it costs.
BoardChanges ChangesOf(const DayView<RoomId>& view);
BoardChanges ChangesOfDay(const DayView<RoomId>& view);

// What is saved if boards may change at a pause after the first `before` defences.
int64_t SavedAt(const BoardChanges& changes, std::size_t before);

// After how many defences of the day the pause lies at which most is saved, the first of these; nothing if
// the day has none.
std::optional<std::size_t> BestSplit(const DayView<RoomId>& view, const BoardChanges& changes);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BOARD_CHANGES_H_
