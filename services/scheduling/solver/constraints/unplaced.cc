#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences. The number of defences without placement.
//
// Match: one a defence.
class Unplaced final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override { return timetable.UnplacedCount(); }

  int64_t Delta(const Change& change) const override { return -change.placed_difference(); }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    ForEachId<DefenceId>(timetable.problem().DefenceCount(), [&](DefenceId defence) {
      if (!timetable.PlacementOf(defence)) report({.penalty = 1, .defences = {defence}});
    });
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeUnplaced() { return std::make_unique<Unplaced>(); }

}  // namespace soutenance::scheduling::solver
