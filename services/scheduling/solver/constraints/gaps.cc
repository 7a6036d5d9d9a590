#include <algorithm>

#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: minutes of waiting. For each person and day, and each defence but the first in order of start: the
// minutes from the latest end of the earlier ones until its start, without those outside the campaign's
// opening (breaks), beyond the parameter. Overlapping defences have no wait between them.
//
// Match: one a wait, with the person, the defence before and the one after it; time: all of the wait, breaks
// included; amount: the minutes that count, before the parameter is taken off; limit: the parameter.
class Gaps final : public DayRule<Gaps, PersonId> {
 public:
  explicit Gaps(int64_t free_minutes) : free_minutes_(free_minutes) {}

  int64_t OfDay(const DayView<PersonId>& view) const {
    int64_t minutes = 0;
    ForEachWait(view, [&](const Placed&, const Placed&, int64_t wait) { minutes += wait - free_minutes_; });
    return minutes;
  }

  void MatchesOfDay(const DayView<PersonId>& view, MatchSink report) const {
    ForEachWait(view, [&](const Placed& before, const Placed& after, int64_t wait) {
      report({.penalty = wait - free_minutes_,
              .defences = {before.defence, after.defence},
              .persons = {view.id},
              .rooms = {},
              .time = {before.end, after.start},
              .amount = wait,
              .limit = free_minutes_});
    });
  }

 private:
  // Calls visit(before, after, minutes) for each wait of more than the free minutes.
  template <typename Visit>
  void ForEachWait(const DayView<PersonId>& view, Visit visit) const {
    if (view.placed.size() < 2) return;
    const std::vector<Interval>& opening = view.problem.day(view.day).opening;
    const Placed* last = &view.placed[0];  // of those so far, the one that ends latest
    for (const Placed& next : view.placed.subspan(1)) {
      // Most waits are short: look at the opening only if there is something to take off.
      if (next.start - last->end > free_minutes_) {
        const int64_t wait = MinutesWithin(opening, {last->end, next.start});
        if (wait > free_minutes_) visit(*last, next, wait);
      }
      if (next.end > last->end) last = &next;
    }
  }

  static int64_t MinutesWithin(absl::Span<const Interval> windows, const Interval& time) {
    int64_t minutes = 0;
    for (const Interval& window : windows) {
      minutes += std::max(0, std::min(window.to, time.to) - std::max(window.from, time.from));
    }
    return minutes;
  }

  int64_t free_minutes_;
};

}  // namespace

std::unique_ptr<Constraint> MakeGaps(int64_t free_minutes) { return std::make_unique<Gaps>(free_minutes); }

}  // namespace soutenance::scheduling::solver
