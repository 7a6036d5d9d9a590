#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/pauses.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: days of a room without a pause. For each room and day on which it has something, if the campaign has
// a pause for that date: 1 if no time of the room is long enough and begins when it may.
//
// Match: one a room and day, with its defences; time: when the pause may begin; limit: the least minutes.
class RoomPause final : public DayRule<RoomPause, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    if (view.placed.empty() || !view.problem.day(view.day).pause) return 0;
    bool found = false;
    ForEachPause(view, [&](const Pause&) { found = true; });
    return found ? 0 : 1;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    if (OfDay(view) == 0) return;
    const PauseSpec& pause = *view.problem.day(view.day).pause;
    Match match{.penalty = 1, .rooms = {view.id}, .time = pause.begins, .limit = pause.least_minutes};
    for (const Placed& at : view.placed) match.defences.push_back(at.defence);
    report(match);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomPause() { return std::make_unique<RoomPause>(); }

}  // namespace soutenance::scheduling::solver
