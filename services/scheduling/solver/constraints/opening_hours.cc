#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences. The number of placed defences that do not lie within one opening window of the campaign, or
// do not start a multiple of the grid after the beginning of that window.
//
// Match: one a defence; amount: minutes since the last start of the grid, 0 if it does not lie within a
// window; limit: the grid.
class OpeningHours final : public OneDefenceRule {
 public:
  int64_t PenaltyOfStart(const Problem& problem, DefenceId defence, Minute start) const override {
    const Interval* window = WindowOf(problem, problem.TimeOf(defence, start));
    return static_cast<int64_t>(window == nullptr || OffGrid(problem, *window, start) != 0);
  }

  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override {
    const int64_t penalty = PenaltyOfStart(problem, defence, to.start);
    if (penalty == 0) return;
    Match match = MatchOf(problem, defence, to, penalty);
    const Interval* window = WindowOf(problem, match.time);
    match.amount = window == nullptr ? 0 : OffGrid(problem, *window, to.start);
    match.limit = problem.grid_minutes();
    report(match);
  }

 private:
  static Minute OffGrid(const Problem& problem, const Interval& window, Minute start) {
    return (start - window.from) % problem.grid_minutes();
  }

  // The window that `time` lies in, or null.
  static const Interval* WindowOf(const Problem& problem, const Interval& time) {
    const std::optional<DayId> day = problem.DayOf(time.from);
    if (!day) return nullptr;
    for (const Interval& window : problem.day(*day).opening) {
      if (window.Contains(time)) return &window;
    }
    return nullptr;
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeOpeningHours() { return std::make_unique<OpeningHours>(); }

}  // namespace soutenance::scheduling::solver
