#include <algorithm>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: beginnings and ends of a gap. For each room and each window of the opening in which it has something:
// how often the room turns from free to occupied or back within the window. Free stretches that are no longer
// than the campaign's buffer do not count. So a block without a gap costs 0 if it fills its window, 1 if it
// begins with the window or ends with it, 2 otherwise.
//
// Match: one a free stretch, with what lies before it and after it in the window; the room; its time;
// penalty: 1 if it is at an end of the window, else 2.
class RoomGaps final : public DayRule<RoomGaps, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t turns = 0;
    ForEachGap(view, [&](const Placed* before, const Placed* after, const Interval&) {
      turns += static_cast<int>(before != nullptr) + static_cast<int>(after != nullptr);
    });
    return turns;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachGap(view, [&](const Placed* before, const Placed* after, const Interval& time) {
      Match match{.rooms = {view.id}, .time = time, .amount = time.to - time.from};
      for (const Placed* end : {before, after}) {
        if (end == nullptr) continue;
        match.defences.push_back(end->defence);
        ++match.penalty;
      }
      report(match);
    });
  }

 private:
  // Calls visit(before, after, time) for each free stretch beside a defence; null: the end of the window.
  template <typename Visit>
  static void ForEachGap(const DayView<RoomId>& view, Visit visit) {
    const Minute buffer = view.problem.buffer_minutes();
    ForEachBlock(view, [&](const Interval& window, absl::Span<const Placed> placed) {
      const Placed* last = nullptr;  // of those so far, the one that ends latest
      Minute free_from = window.from;
      for (const Placed& next : placed) {
        if (next.start > free_from + buffer) visit(last, &next, Interval{free_from, next.start});
        if (last == nullptr || next.end > last->end) last = &next;
        free_from = std::max(free_from, next.end);
      }
      if (window.to > free_from + buffer)
        visit(last, static_cast<const Placed*>(nullptr), Interval{free_from, window.to});
    });
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomGaps() { return std::make_unique<RoomGaps>(); }

}  // namespace soutenance::scheduling::solver
