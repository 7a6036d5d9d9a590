#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: clashes. The number of pairs of defences in one room on one day of which the later one starts before
// the earlier one has ended and the campaign's buffer has passed. The buffer does not reach over midnight.
//
// Match: both defences, the earlier one first; the room; the time they share, or that between them if they
// share none; amount: minutes between them, negative if they overlap; limit: the buffer.
class RoomClash final : public DayRule<RoomClash, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t clashes = 0;
    ForEachClash(view, [&](const Placed&, const Placed&) { ++clashes; });
    return clashes;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachClash(view, [&](const Placed& earlier, const Placed& later) {
      report({.penalty = 1,
              .defences = {earlier.defence, later.defence},
              .persons = {},
              .rooms = {view.id},
              .time = SharedOrBetween(earlier, later),
              .amount = later.start - earlier.end,
              .limit = view.problem.buffer_minutes()});
    });
  }

 private:
  template <typename Visit>
  static void ForEachClash(const DayView<RoomId>& view, Visit visit) {
    const Minute buffer = view.problem.buffer_minutes();
    for (std::size_t i = 0; i < view.placed.size(); ++i) {
      const Placed& earlier = view.placed[i];
      for (std::size_t j = i + 1; j < view.placed.size(); ++j) {
        const Placed& later = view.placed[j];
        if (later.start >= earlier.end + buffer) break;  // so do all after it
        visit(earlier, later);
      }
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomClash() { return std::make_unique<RoomClash>(); }

}  // namespace soutenance::scheduling::solver
