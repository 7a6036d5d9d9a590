#include <algorithm>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: topics too many. For each room and each window of the opening, the number of different topics of the
// defences in it beyond the parameter. Defences without a topic do not count.
//
// Match: one a block, with its defences and the room; the window; amount: how many topics; limit: the
// parameter.
class TopicBlocks final : public DayRule<TopicBlocks, RoomId> {
 public:
  explicit TopicBlocks(int64_t free_topics) : free_topics_(free_topics) {}

  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t too_many = 0;
    ForEachBlock(view, [&](const Interval&, absl::Span<const Placed> placed) {
      too_many += std::max<int64_t>(0, TopicsOf(view.problem, placed) - free_topics_);
    });
    return too_many;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachBlock(view, [&](const Interval& window, absl::Span<const Placed> placed) {
      const int64_t topics = TopicsOf(view.problem, placed);
      if (topics <= free_topics_) return;
      Match match{.penalty = topics - free_topics_,
                  .rooms = {view.id},
                  .time = window,
                  .amount = topics,
                  .limit = free_topics_};
      for (const Placed& at : placed) match.defences.push_back(at.defence);
      report(match);
    });
  }

 private:
  static int64_t TopicsOf(const Problem& problem, absl::Span<const Placed> placed) {
    absl::InlinedVector<TopicId, 8> topics;
    for (const Placed& at : placed) {
      const std::optional<TopicId>& topic = problem.defence(at.defence).topic;
      if (topic && std::find(topics.begin(), topics.end(), *topic) == topics.end()) topics.push_back(*topic);
    }
    return static_cast<int64_t>(topics.size());
  }

  int64_t free_topics_;
};

}  // namespace

std::unique_ptr<Constraint> MakeTopicBlocks(int64_t free_topics) {
  return std::make_unique<TopicBlocks>(free_topics);
}

}  // namespace soutenance::scheduling::solver
