#include <utility>

#include "services/scheduling/solver/constraints/board_changes.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each room and day and each role that says what mixing costs: those points for each pair
// of defences that have the role and in which not the same people hold it.
//
// Match: one a pair and role, with both defences, somebody who holds it in the first one only and somebody
// who does in the other; amount: the points.
class MixedHolders final : public DayRule<MixedHolders, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t points = 0;
    ForEachId<RoleId>(view.problem.RoleCount(), [&](RoleId role) {
      const int64_t cost = view.problem.role(role).mix_cost;
      if (cost == 0) return;
      // Those with the same holders are counted together: a day has few boards.
      absl::InlinedVector<std::pair<People, int64_t>, 4> boards;
      int64_t seen = 0;
      for (const Placed& placed : view.placed) {
        People now = HoldersOfRole(view.problem.defence(placed.defence), placed.holders, role);
        if (now.empty()) continue;
        auto board = boards.begin();
        while (board != boards.end() && board->first != now) ++board;
        points += cost * (seen - (board == boards.end() ? 0 : board->second));
        ++seen;
        if (board == boards.end()) {
          boards.emplace_back(std::move(now), 1);
        } else {
          ++board->second;
        }
      }
    });
    return points;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachId<RoleId>(view.problem.RoleCount(), [&](RoleId role) {
      const int64_t cost = view.problem.role(role).mix_cost;
      for (std::size_t i = 0; i < view.placed.size() && cost > 0; ++i) {
        for (std::size_t j = i + 1; j < view.placed.size(); ++j) Tell(view, role, i, j, cost, report);
      }
    });
  }

 private:
  static void Tell(const DayView<RoomId>& view, RoleId role, std::size_t i, std::size_t j, int64_t cost,
                   MatchSink report) {
    const Placed& a = view.placed[i];
    const Placed& b = view.placed[j];
    const People first = HoldersOfRole(view.problem.defence(a.defence), a.holders, role);
    const People other = HoldersOfRole(view.problem.defence(b.defence), b.holders, role);
    if (first.empty() || other.empty() || first == other) return;
    report({.penalty = cost,
            .defences = {a.defence, b.defence},
            .persons = {FirstMissing(first, other), FirstMissing(other, first)},
            .rooms = {view.id},
            .time = {a.start, b.end},
            .amount = cost,
            .role = role});
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeMixedHolders() { return std::make_unique<MixedHolders>(); }

}  // namespace soutenance::scheduling::solver
