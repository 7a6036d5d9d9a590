#include <algorithm>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences too many. For each room and each window of the opening, the number of defences in it beyond
// the parameter.
//
// Match: one a block, with its defences and the room; the window; amount: how many; limit: the parameter.
class RoomBlockLoad final : public DayRule<RoomBlockLoad, RoomId> {
 public:
  explicit RoomBlockLoad(int64_t most) : most_(most) {}

  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t too_many = 0;
    ForEachBlock(view, [&](const Interval&, absl::Span<const Placed> placed) {
      too_many += std::max<int64_t>(0, static_cast<int64_t>(placed.size()) - most_);
    });
    return too_many;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachBlock(view, [&](const Interval& window, absl::Span<const Placed> placed) {
      const auto count = static_cast<int64_t>(placed.size());
      if (count <= most_) return;
      Match match{
          .penalty = count - most_, .rooms = {view.id}, .time = window, .amount = count, .limit = most_};
      for (const Placed& at : placed) match.defences.push_back(at.defence);
      report(match);
    });
  }

 private:
  int64_t most_;
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomBlockLoad(int64_t most) { return std::make_unique<RoomBlockLoad>(most); }

}  // namespace soutenance::scheduling::solver
