#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: pairs of defences. For each room and day, the pairs of defences in it that have different cohorts.
// Defences without a cohort do not count.
//
// Match: one a pair, with both and the room; time: from the start of the first to the end of the other.
class MixedCohorts final : public DayRule<MixedCohorts, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t pairs = 0;
    ForEachPair(view, [&](const Placed&, const Placed&) { ++pairs; });
    return pairs;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachPair(view, [&](const Placed& a, const Placed& b) {
      report({.penalty = 1,
              .defences = {a.defence, b.defence},
              .persons = {},
              .rooms = {view.id},
              .time = {a.start, b.end}});
    });
  }

 private:
  template <typename Visit>
  static void ForEachPair(const DayView<RoomId>& view, Visit visit) {
    for (std::size_t i = 0; i < view.placed.size(); ++i) {
      const int32_t cohort = view.problem.defence(view.placed[i].defence).cohort;
      if (cohort < 0) continue;
      for (std::size_t j = i + 1; j < view.placed.size(); ++j) {
        const int32_t other = view.problem.defence(view.placed[j].defence).cohort;
        if (other >= 0 && other != cohort) visit(view.placed[i], view.placed[j]);
      }
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeMixedCohorts() { return std::make_unique<MixedCohorts>(); }

}  // namespace soutenance::scheduling::solver
