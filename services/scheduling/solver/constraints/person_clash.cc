#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: clashes. The number of pairs of defences that one person attends on one day and that overlap, or lie
// on two sites with less than the campaign's travel time between them. Whoever attends one of the two on
// video needs no travel. Counted for each person by himself; travel does not reach over midnight.
//
// Match: both defences, the earlier one first; the person; both rooms if only travel time is missing; the
// time they share, or that between them if they share none; amount: minutes between them, negative if they
// overlap; limit: minutes needed between them, 0 or the travel time.
class PersonClash final : public DayRule<PersonClash, PersonId> {
 public:
  int64_t OfDay(const DayView<PersonId>& view) const {
    int64_t clashes = 0;
    ForEachClash(view, [&](const Placed&, const Placed&, Minute) { ++clashes; });
    return clashes;
  }

  void MatchesOfDay(const DayView<PersonId>& view, MatchSink report) const {
    ForEachClash(view, [&](const Placed& earlier, const Placed& later, Minute travel) {
      Match match{.penalty = 1,
                  .defences = {earlier.defence, later.defence},
                  .persons = {view.id},
                  .rooms = {},
                  .time = SharedOrBetween(earlier, later),
                  .amount = later.start - earlier.end,
                  .limit = travel};
      if (match.amount >= 0) match.rooms = {earlier.room, later.room};
      report(match);
    });
  }

 private:
  template <typename Visit>
  static void ForEachClash(const DayView<PersonId>& view, Visit visit) {
    const Minute most = view.problem.travel_minutes();
    for (std::size_t i = 0; i < view.placed.size(); ++i) {
      const Placed& earlier = view.placed[i];
      for (std::size_t j = i + 1; j < view.placed.size(); ++j) {
        const Placed& later = view.placed[j];
        if (later.start >= earlier.end + most) break;  // so do all after it
        const Minute travel = TravelBetween(view.problem, earlier, later);
        if (later.start < earlier.end + travel) visit(earlier, later, travel);
      }
    }
  }

  static Minute TravelBetween(const Problem& problem, const Placed& a, const Placed& b) {
    if (a.remote || b.remote || problem.room(a.room).site == problem.room(b.room).site) return 0;
    return problem.travel_minutes();
  }
};

}  // namespace

std::unique_ptr<Constraint> MakePersonClash() { return std::make_unique<PersonClash>(); }

}  // namespace soutenance::scheduling::solver
