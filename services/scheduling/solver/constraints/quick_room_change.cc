#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/waits.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each person and day, and each two defences that he or she attends one after the other in
// different rooms: the person's room_change points of the wait between them, times his or her weight.
//
// Match: one a change that costs something, with the person, both defences and both rooms, the earlier first;
// time: between them; amount: the points.
class QuickRoomChange final : public DayRule<QuickRoomChange, PersonId> {
 public:
  int64_t OfDay(const DayView<PersonId>& view) const {
    int64_t points = 0;
    ForEachChange(view, [&](const Placed&, const Placed&, int64_t cost) { points += cost; });
    return points;
  }

  void MatchesOfDay(const DayView<PersonId>& view, MatchSink report) const {
    ForEachChange(view, [&](const Placed& before, const Placed& after, int64_t cost) {
      report({.penalty = cost,
              .defences = {before.defence, after.defence},
              .persons = {view.id},
              .rooms = {before.room, after.room},
              .time = {before.end, after.start},
              .amount = cost});
    });
  }

 private:
  template <typename Visit>
  static void ForEachChange(const DayView<PersonId>& view, Visit visit) {
    const Person& person = view.problem.person(view.id);
    if (person.room_change.empty()) return;
    for (std::size_t i = 1; i < view.placed.size(); ++i) {
      const Placed& before = view.placed[i - 1];
      const Placed& after = view.placed[i];
      if (before.room == after.room) continue;
      const int64_t points = PointsOfWait(view.problem, person.room_change, before, after);
      if (points > 0) visit(before, after, points * person.weight);
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeQuickRoomChange() { return std::make_unique<QuickRoomChange>(); }

}  // namespace soutenance::scheduling::solver
