#include "services/scheduling/solver/constraints/board_changes.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each room, each window of the opening and each role whose change costs: the points of the
// role for each defence that has it, if the one before it in that block that has it, too, has other holders.
// A gap between the two does not matter. Where rooms have a pause boards may change at it, unless the
// parameter is 0: at that one, if a day has several, at which most is saved.
//
// Match: one a change, with the defences before and after it, who leaves and who comes, and the role; amount:
// the points.
class BlockContinuity final : public DayRule<BlockContinuity, RoomId> {
 public:
  explicit BlockContinuity(bool changes_at_pauses) : changes_at_pauses_(changes_at_pauses) {}

  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t points = 0;
    const BoardChanges changes = ChangesOf(view);
    if (changes.empty()) return 0;
    for (const BoardChange& change : changes) points += change.cost;
    const std::optional<std::size_t> split = SplitOf(view, changes);
    return split ? points - SavedAt(changes, *split) : points;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    const BoardChanges changes = ChangesOf(view);
    const std::optional<std::size_t> split = SplitOf(view, changes);
    for (const BoardChange& change : changes) {
      if (split && change.before < *split && *split <= change.after) continue;
      const Placed& before = view.placed[change.before];
      const Placed& after = view.placed[change.after];
      report({.penalty = change.cost,
              .defences = {before.defence, after.defence},
              .persons = {change.leaves, change.comes},
              .rooms = {view.id},
              .time = {before.start, after.end},
              .amount = change.cost,
              .role = change.role});
    }
  }

 private:
  std::optional<std::size_t> SplitOf(const DayView<RoomId>& view, const BoardChanges& changes) const {
    return changes_at_pauses_ ? BestSplit(view, changes) : std::nullopt;
  }

  bool changes_at_pauses_;
};

}  // namespace

std::unique_ptr<Constraint> MakeBlockContinuity(int64_t changes_at_pauses) {
  return std::make_unique<BlockContinuity>(changes_at_pauses != 0);
}

}  // namespace soutenance::scheduling::solver
