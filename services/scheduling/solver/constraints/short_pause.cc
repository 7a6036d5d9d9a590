#include <algorithm>

#include "services/scheduling/solver/constraints/board_changes.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/pauses.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: steps of the grid. For each room and day on which it has something, if the campaign has a pause for
// that date: the begun steps by which the pause is shorter than wanted. Of several the longest counts; if
// block_continuity lets boards change at pauses, the longest of those at which it saves most. No pause at all
// is short by all that is wanted.
//
// Match: one a room and day, with its defences; time: the pause, or when it may begin; amount: its minutes;
// limit: those wanted.
class ShortPause final : public DayRule<ShortPause, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    const std::optional<PauseSpec>& wanted = view.problem.day(view.day).pause;
    return wanted && !view.placed.empty() ? StepsMissing(view.problem, *wanted, Best(view)) : 0;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    const int64_t steps = OfDay(view);
    if (steps == 0) return;
    const PauseSpec& wanted = *view.problem.day(view.day).pause;
    const Interval best = Best(view);
    const int64_t minutes = best.to - best.from;
    Match match{.penalty = steps,
                .rooms = {view.id},
                .time = minutes > 0 ? best : wanted.begins,
                .amount = minutes,
                .limit = wanted.wanted_minutes};
    for (const Placed& at : view.placed) match.defences.push_back(at.defence);
    report(match);
  }

 private:
  static int64_t StepsMissing(const Problem& problem, const PauseSpec& wanted, const Interval& pause) {
    const Minute missing = wanted.wanted_minutes - (pause.to - pause.from);
    return (missing + problem.grid_minutes() - 1) / problem.grid_minutes();
  }

  // Empty if there is none.
  static Interval Best(const DayView<RoomId>& view) {
    const RuleInForce& continuity = view.problem.rule(RuleId::kBlockContinuity);
    const bool minds_boards = continuity.IsOn() && continuity.parameter != 0;
    const BoardChanges changes = minds_boards ? ChangesOf(view) : BoardChanges();
    Interval best{0, 0};
    int64_t most = -1;
    ForEachPause(view, [&](const Pause& pause) {
      const int64_t saved = SavedAt(changes, pause.before);
      const bool longer = pause.time.to - pause.time.from > best.to - best.from;
      if (saved < most || (saved == most && !longer)) return;
      most = saved;
      best = pause.time;
    });
    return best;
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeShortPause() { return std::make_unique<ShortPause>(); }

}  // namespace soutenance::scheduling::solver
