#include <algorithm>

#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: room changes. For each person and day, how often the room differs from one defence that he or she
// attends on site to the next one, in order of start. What is attended on video is passed over.
//
// Match: one a change, with the person, both defences and both rooms, the earlier first; time: between them.
class ConsecutiveRoom final : public DayRule<ConsecutiveRoom, PersonId> {
 public:
  int64_t OfDay(const DayView<PersonId>& view) const {
    int64_t changes = 0;
    ForEachRoomChange(view, [&](const Placed&, const Placed&) { ++changes; });
    return changes;
  }

  void MatchesOfDay(const DayView<PersonId>& view, MatchSink report) const {
    ForEachRoomChange(view, [&](const Placed& before, const Placed& after) {
      report({.penalty = 1,
              .defences = {before.defence, after.defence},
              .persons = {view.id},
              .rooms = {before.room, after.room},
              .time = {std::min(before.end, after.start), after.start}});
    });
  }

 private:
  template <typename Visit>
  static void ForEachRoomChange(const DayView<PersonId>& view, Visit visit) {
    const Placed* before = nullptr;
    for (const Placed& placed : view.placed) {
      if (placed.remote) continue;
      if (before != nullptr && before->room != placed.room) visit(*before, placed);
      before = &placed;
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeConsecutiveRoom() { return std::make_unique<ConsecutiveRoom>(); }

}  // namespace soutenance::scheduling::solver
