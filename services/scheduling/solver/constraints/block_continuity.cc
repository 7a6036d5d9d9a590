#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each room, each window of the opening and each role whose change costs: the points of the
// role for each defence that has it, if the one before it in that block that has it, too, has another holder.
// A gap between the two does not matter. Of several seats of one role in a defence the first one counts.
//
// Match: one a change, with the defences before and after it, who leaves and who comes, and the role; amount:
// the points.
class BlockContinuity final : public DayRule<BlockContinuity, RoomId> {
 public:
  int64_t OfDay(const DayView<RoomId>& view) const {
    int64_t points = 0;
    ForEachChangeOfHolder(
        view, [&](RoleId role, const auto&, const auto&) { points += view.problem.role(role).change_cost; });
    return points;
  }

  void MatchesOfDay(const DayView<RoomId>& view, MatchSink report) const {
    ForEachChangeOfHolder(view, [&](RoleId role, const Held& before, const Held& after) {
      const int64_t points = view.problem.role(role).change_cost;
      report({.penalty = points,
              .defences = {before.at->defence, after.at->defence},
              .persons = {before.person, after.person},
              .rooms = {view.id},
              .time = {before.at->start, after.at->end},
              .amount = points,
              .role = role});
    });
  }

 private:
  struct Held {
    PersonId person;
    const Placed* at;
  };

  template <typename Visit>
  static void ForEachChangeOfHolder(const DayView<RoomId>& view, Visit visit) {
    const Problem& problem = view.problem;
    ForEachId<RoleId>(problem.RoleCount(), [&](RoleId role) {
      if (problem.role(role).change_cost == 0) return;
      ForEachBlock(view, [&](const Interval&, absl::Span<const Placed> block) {
        std::optional<Held> before;
        for (const Placed& placed : block) {
          const auto person = FirstHolderOf(problem.defence(placed.defence), placed.holders, role);
          if (!person) continue;
          const Held now{*person, &placed};
          if (before && before->person != now.person) visit(role, *before, now);
          before = now;
        }
      });
    });
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeBlockContinuity() { return std::make_unique<BlockContinuity>(); }

}  // namespace soutenance::scheduling::solver
