#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: changes of topic. For each room and each window of the opening: how often a defence follows on the
// one that starts before it, no later than the campaign's buffer after its end, and both have topics, but not
// the same. Where the room is free in between, nothing changes.
//
// Match: one a change, with both defences, the earlier first; the room; the time of both.
class TopicChanges final : public DayRule<TopicChanges, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t changes = 0;
    ForEachChange(view, [&](const Placed&, const Placed&) { ++changes; });
    return changes;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachChange(view, [&](const Placed& before, const Placed& after) {
      report({.penalty = 1,
              .defences = {before.defence, after.defence},
              .persons = {},
              .rooms = {view.id},
              .time = {before.start, after.end}});
    });
  }

 private:
  template <typename Visit>
  static void ForEachChange(const DayView<RoomId>& view, Visit visit) {
    const Minute buffer = view.problem.buffer_minutes();
    ForEachBlock(view, [&](const Interval&, absl::Span<const Placed> placed) {
      for (std::size_t i = 1; i < placed.size(); ++i) {
        if (placed[i].start > placed[i - 1].end + buffer) continue;
        const std::optional<TopicId>& before = view.problem.defence(placed[i - 1].defence).topic;
        const std::optional<TopicId>& after = view.problem.defence(placed[i].defence).topic;
        if (before && after && *before != *after) visit(placed[i - 1], placed[i]);
      }
    });
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeTopicChanges() { return std::make_unique<TopicChanges>(); }

}  // namespace soutenance::scheduling::solver
