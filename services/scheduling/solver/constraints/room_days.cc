#include <algorithm>

#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: days of a room. The number of rooms and days with at least one defence.
//
// Match: one a room and day, with its defences; time: from the first start to the last end.
class RoomDays final : public DayRule<RoomDays, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const { return view.placed.empty() ? 0 : 1; }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    Match match{.penalty = 1, .rooms = {view.id}, .time = view.placed.front().time()};
    for (const Placed& at : view.placed) {
      match.defences.push_back(at.defence);
      match.time.to = std::max(match.time.to, at.end);
    }
    report(match);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomDays() { return std::make_unique<RoomDays>(); }

}  // namespace soutenance::scheduling::solver
