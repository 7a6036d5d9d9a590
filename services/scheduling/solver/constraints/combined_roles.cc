#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each seat of a placed defence and each role that the role of the seat should be combined
// with: what that costs, if the holder of the seat may hold an open seat of that role in that defence and
// holds no seat of it.
//
// Match: one a seat and role, with the holder and the role not held; amount: the points.
class CombinedRoles final : public OneDefenceRule {
 public:
  int64_t PenaltyOfHolders(const Problem& problem, DefenceId id, const Placement& to) const override {
    int64_t points = 0;
    ForEachMissed(problem, id, to, [&](PersonId, const CombinedRole& missed) { points += missed.cost; });
    return points;
  }

  void MatchesAlone(const Problem& problem, DefenceId id, const Placement& to,
                    MatchSink report) const override {
    ForEachMissed(problem, id, to, [&](PersonId person, const CombinedRole& missed) {
      Match match = MatchOf(problem, id, to, missed.cost);
      match.persons = {person};
      match.amount = missed.cost;
      match.role = missed.role;
      report(match);
    });
  }

 private:
  template <typename Visit>
  static void ForEachMissed(const Problem& problem, DefenceId id, const Placement& to, Visit visit) {
    const Defence& defence = problem.defence(id);
    if (defence.open_seats.empty()) return;
    ForEachRoleHeld(defence, to.holders, [&](RoleId role, PersonId person) {
      for (const CombinedRole& wanted : problem.role(role).combined) {
        if (wanted.cost > 0 && MayHold(defence, wanted.role, person) &&
            !IsHeld(defence, to.holders, wanted.role, person)) {
          visit(person, wanted);
        }
      }
    });
  }

  static bool MayHold(const Defence& defence, RoleId role, PersonId person) {
    return std::any_of(defence.open_seats.begin(), defence.open_seats.end(), [&](const OpenSeat& seat) {
      return seat.role_id == role && FindCandidate(seat, person).has_value();
    });
  }

  static bool IsHeld(const Defence& defence, const Holders& holders, RoleId role, PersonId person) {
    bool held = false;
    ForEachRoleHeld(defence, holders,
                    [&](RoleId other, PersonId who) { held = held || (other == role && who == person); });
    return held;
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeCombinedRoles() { return std::make_unique<CombinedRoles>(); }

}  // namespace soutenance::scheduling::solver
