#include <algorithm>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: breaks too short. For each room and day, how often what it has in a window of the campaign's opening
// begins less than the parameter after the last end of what it has in the windows before. A defence counts to
// the window in which it starts.
//
// Match: one a break, with the defences before and after it; the room; the time between them; amount: its
// minutes, negative if they overlap; limit: the parameter.
class RoomBreak final : public DayRule<RoomBreak, RoomId> {
 public:
  explicit RoomBreak(int64_t minutes) : minutes_(minutes) {}

  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t breaks = 0;
    ForEachShortBreak(view, [&](const Placed&, const Placed&) { ++breaks; });
    return breaks;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachShortBreak(view, [&](const Placed& before, const Placed& after) {
      report({.penalty = 1,
              .defences = {before.defence, after.defence},
              .persons = {},
              .rooms = {view.id},
              .time = SharedOrBetween(before, after),
              .amount = after.start - before.end,
              .limit = minutes_});
    });
  }

 private:
  template <typename Visit>
  void ForEachShortBreak(const DayView<RoomId>& view, Visit visit) const {
    const Placed* last = nullptr;  // of the blocks so far, the one that ends latest
    ForEachBlock(view, [&](const Interval&, absl::Span<const Placed> placed) {
      if (last != nullptr && placed.front().start < last->end + minutes_) visit(*last, placed.front());
      for (const Placed& at : placed) {
        if (last == nullptr || at.end > last->end) last = &at;
      }
    });
  }

  int64_t minutes_;
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomBreak(int64_t minutes) { return std::make_unique<RoomBreak>(minutes); }

}  // namespace soutenance::scheduling::solver
