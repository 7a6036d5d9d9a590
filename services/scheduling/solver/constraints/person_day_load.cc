#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences too many. For each person and day, the defences that he or she attends beyond the person's
// limit for a day. No limit costs nothing.
//
// Match: one a person and day, with all defences of that day; time: the whole date; amount: how many; limit:
// the person's.
class PersonDayLoad final : public DayRule<PersonDayLoad, PersonId> {
 public:
  int64_t OfDay(const DayView<PersonId>& view) const {
    const int64_t limit = view.problem.person(view.id).max_per_day;
    const auto count = static_cast<int64_t>(view.placed.size());
    return limit > 0 && count > limit ? count - limit : 0;
  }

  void MatchesOfDay(const DayView<PersonId>& view, MatchSink report) const {
    const int64_t penalty = OfDay(view);
    if (penalty == 0) return;
    const Minute midnight = view.problem.day(view.day).offset * kMinutesPerDay;
    Match match{.penalty = penalty,
                .defences = {},
                .persons = {view.id},
                .rooms = {},
                .time = {midnight, midnight + kMinutesPerDay},
                .amount = static_cast<int64_t>(view.placed.size()),
                .limit = view.problem.person(view.id).max_per_day};
    for (const Placed& placed : view.placed) match.defences.push_back(placed.defence);
    report(match);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakePersonDayLoad() { return std::make_unique<PersonDayLoad>(); }

}  // namespace soutenance::scheduling::solver
