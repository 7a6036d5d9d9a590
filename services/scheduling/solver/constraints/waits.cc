#include <algorithm>

#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: waits. For each person and day, and each defence but the first in order of start: 1 if more minutes
// than the parameter lie between the latest end of the earlier ones and its start. Those during which a pause
// of that date may lie do not count: from its first beginning until it must be over; if that is not said,
// until the least pause that begins last is.
//
// Match: one a wait, with the person, the defence before and the one after it; time: all of the wait; amount:
// the minutes that count; limit: the parameter.
class Waits final : public DayRule<Waits, PersonId> {
 public:
  explicit Waits(int64_t free_minutes) : free_minutes_(free_minutes) {}

  int64_t OfDay(const DayView<PersonId>& view) const {
    int64_t waits = 0;
    ForEachWait(view, [&](const Placed&, const Placed&, int64_t) { ++waits; });
    return waits;
  }

  void MatchesOfDay(const DayView<PersonId>& view, MatchSink report) const {
    ForEachWait(view, [&](const Placed& before, const Placed& after, int64_t minutes) {
      report({.penalty = 1,
              .defences = {before.defence, after.defence},
              .persons = {view.id},
              .rooms = {},
              .time = {before.end, after.start},
              .amount = minutes,
              .limit = free_minutes_});
    });
  }

 private:
  template <typename Visit>
  void ForEachWait(const DayView<PersonId>& view, Visit visit) const {
    if (view.placed.size() < 2) return;
    const std::optional<PauseSpec>& pause = view.problem.day(view.day).pause;
    const Placed* last = &view.placed[0];  // of those so far, the one that ends latest
    for (const Placed& next : view.placed.subspan(1)) {
      int64_t minutes = next.start - last->end;
      if (minutes > free_minutes_ && pause) {
        const Minute pause_end = pause->until.value_or(pause->begins.to + pause->least_minutes);
        minutes -= std::max(0, std::min(next.start, pause_end) - std::max(last->end, pause->begins.from));
      }
      if (minutes > free_minutes_) visit(*last, next, minutes);
      if (next.end > last->end) last = &next;
    }
  }

  int64_t free_minutes_;
};

}  // namespace

std::unique_ptr<Constraint> MakeWaits(int64_t free_minutes) { return std::make_unique<Waits>(free_minutes); }

}  // namespace soutenance::scheduling::solver
