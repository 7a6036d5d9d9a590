#include "services/scheduling/solver/constraints/board_changes.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each room and day and each role that says what a change in the course of a day costs:
// those points for each defence that has the role, if the one before it on that day that has it, too, has
// other holders, whatever windows and pauses lie between.
//
// Match: one a change, with the defences before and after it, who leaves and who comes, and the role; amount:
// the points.
class DayContinuity final : public DayRule<DayContinuity, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t points = 0;
    for (const BoardChange& change : ChangesOfDay(view)) points += change.cost;
    return points;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    for (const BoardChange& change : ChangesOfDay(view)) {
      const Placed& before = view.placed[change.before];
      const Placed& after = view.placed[change.after];
      report({.penalty = change.cost,
              .defences = {before.defence, after.defence},
              .persons = {change.leaves, change.comes},
              .rooms = {view.id},
              .time = {before.start, after.end},
              .amount = change.cost,
              .role = change.role});
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeDayContinuity() { return std::make_unique<DayContinuity>(); }

}  // namespace soutenance::scheduling::solver
