#include <algorithm>

#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: topics too many. For each room and day, the number of different topics of the defences beyond the
// parameter. Defences without a topic do not count.
//
// Match: one a room and day, with its defences; time: from the first start to the last end; amount: how many
// topics; limit: the parameter.
class RoomTopics final : public DayRule<RoomTopics, RoomId> {
 public:
  explicit RoomTopics(int64_t free_topics) : free_topics_(free_topics) {}

  int64_t OfDay(const DayView<RoomId>& view) const {
    return std::max<int64_t>(0, TopicsOf(view) - free_topics_);
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    const int64_t topics = TopicsOf(view);
    if (topics <= free_topics_) return;
    Match match{.penalty = topics - free_topics_,
                .rooms = {view.id},
                .time = view.placed.front().time(),
                .amount = topics,
                .limit = free_topics_};
    for (const Placed& at : view.placed) {
      match.defences.push_back(at.defence);
      match.time.to = std::max(match.time.to, at.end);
    }
    report(match);
  }

 private:
  static int64_t TopicsOf(const DayView<RoomId>& view) {
    absl::InlinedVector<TopicId, 8> topics;
    for (const Placed& at : view.placed) {
      const std::optional<TopicId>& topic = view.problem.defence(at.defence).topic;
      if (topic && std::find(topics.begin(), topics.end(), *topic) == topics.end()) topics.push_back(*topic);
    }
    return static_cast<int64_t>(topics.size());
  }

  int64_t free_topics_;
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomTopics(int64_t free_topics) {
  return std::make_unique<RoomTopics>(free_topics);
}

}  // namespace soutenance::scheduling::solver
