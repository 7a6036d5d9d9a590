#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/pauses.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: days of a person without a pause. For each person and day on which he or she attends something, if
// the campaign has a pause for that date: 1 if no time between, before or after it is long enough and begins
// when a pause may.
//
// Match: one a person and day, with the defences; time: when the pause may begin; limit: the least minutes.
class PersonPause final : public DayRule<PersonPause, PersonId> {
 public:
  int64_t OfDay(const DayView<PersonId>& view) const {
    if (view.placed.empty() || !view.problem.day(view.day).pause) return 0;
    bool found = false;
    ForEachPause(view, [&](const Pause&) { found = true; });
    return found ? 0 : 1;
  }

  void MatchesOfDay(const DayView<PersonId>& view, MatchSink report) const {
    if (OfDay(view) == 0) return;
    const PauseSpec& pause = *view.problem.day(view.day).pause;
    Match match{.penalty = 1, .persons = {view.id}, .time = pause.begins, .limit = pause.least_minutes};
    for (const Placed& at : view.placed) match.defences.push_back(at.defence);
    report(match);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakePersonPause() { return std::make_unique<PersonPause>(); }

}  // namespace soutenance::scheduling::solver
