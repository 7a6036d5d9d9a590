#include <algorithm>

#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each placed defence the costs of the campaign's early times after its start and of its
// late times before its end. With the parameter 1 only what begins first and what ends last on the day of a
// room counts.
//
// Match: one a defence and side (early, late) that costs something; time: the defence's; amount: the points.
class Hours final : public DayRule<Hours, RoomId> {
 public:
  explicit Hours(bool only_edges) : only_edges_(only_edges) {}

  int64_t OfDay(const DayView<RoomId>& view) const {
    const ProblemSpec& spec = view.problem.spec();
    if (view.placed.empty()) return 0;
    if (only_edges_) return EarlyCost(spec, view.placed.front()) + LateCost(spec, LastOf(view));
    int64_t points = 0;
    for (const Placed& placed : view.placed) points += EarlyCost(spec, placed) + LateCost(spec, placed);
    return points;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    const ProblemSpec& spec = view.problem.spec();
    const auto tell = [&](const Placed& placed, int64_t points) {
      if (points == 0) return;
      report({.penalty = points,
              .defences = {placed.defence},
              .persons = {},
              .rooms = {view.id},
              .time = placed.time(),
              .amount = points});
    };
    if (only_edges_) {
      tell(view.placed.front(), EarlyCost(spec, view.placed.front()));
      tell(LastOf(view), LateCost(spec, LastOf(view)));
      return;
    }
    for (const Placed& placed : view.placed) {
      tell(placed, EarlyCost(spec, placed));
      tell(placed, LateCost(spec, placed));
    }
  }

 private:
  static const Placed& LastOf(const DayView<RoomId>& view) {
    return *std::max_element(view.placed.begin(), view.placed.end(),
                             [](const Placed& a, const Placed& b) { return a.end < b.end; });
  }

  static int64_t EarlyCost(const ProblemSpec& spec, const Placed& placed) {
    int64_t points = 0;
    const Minute start = placed.start % kMinutesPerDay;
    for (const HourCostSpec& hour : spec.early) points += start < hour.time ? hour.cost : 0;
    return points;
  }

  static int64_t LateCost(const ProblemSpec& spec, const Placed& placed) {
    int64_t points = 0;
    const Minute end = placed.start % kMinutesPerDay + (placed.end - placed.start);
    for (const HourCostSpec& hour : spec.late) points += end > hour.time ? hour.cost : 0;
    return points;
  }

  bool only_edges_;
};

}  // namespace

std::unique_ptr<Constraint> MakeHours(int64_t only_edges) { return std::make_unique<Hours>(only_edges == 1); }

}  // namespace soutenance::scheduling::solver
