#include <algorithm>

#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each role with load bands and each person who has a seat of it or may be given one: the
// cost of each band outside which lies the number of seats of the role that he or she holds in placed
// defences, of those that are about everybody or about him or her. Who holds none is below every band that
// does not begin at 0.
//
// Match: one a role and person who costs something, with the placed defences in which he or she holds it;
// amount: how many seats; limit: the nearest end of the innermost band.
class RoleLoad final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override {
    int64_t points = 0;
    ForEachLoad(timetable, [&](const Role& role, RoleId, PersonId person, int count) {
      points += CostOf(role, person, count);
    });
    return points;
  }

  int64_t Delta(const Change& change) const override {
    int64_t delta = 0;
    for (const Change::OfRole& total : change.role_totals()) {
      const Role& role = change.problem().role(total.role);
      delta += CostOf(role, total.person, total.after) - CostOf(role, total.person, total.before);
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    const Problem& problem = timetable.problem();
    ForEachLoad(timetable, [&](const Role& role, RoleId id, PersonId person, int count) {
      const int64_t points = CostOf(role, person, count);
      if (points == 0) return;
      Match match{
          .penalty = points, .persons = {person}, .amount = count, .limit = LimitOf(role, person, count)};
      match.role = id;
      ForEachAttended(timetable, person, [&](DefenceId defence) {
        bool holds = false;
        ForEachRoleHeld(problem.defence(defence), timetable.PlacementOf(defence)->holders,
                        [&](RoleId held, PersonId who) { holds = holds || (held == id && who == person); });
        if (holds) match.defences.push_back(defence);
      });
      report(match);
    });
  }

 private:
  template <typename Visit>
  static void ForEachLoad(const Timetable& timetable, Visit visit) {
    const Problem& problem = timetable.problem();
    ForEachId<RoleId>(problem.RoleCount(), [&](RoleId id) {
      const Role& role = problem.role(id);
      for (const PersonId person : role.people) visit(role, id, person, timetable.RoleTotal(id, person));
    });
  }

  static int64_t CostOf(const Role& role, PersonId person, int count) {
    int64_t cost = 0;
    for (const LoadBand& band : role.load) cost += band.CostOf(person, count);
    return cost;
  }

  // REQUIRES: some band is left.
  static int64_t LimitOf(const Role& role, PersonId person, int count) {
    int32_t low = 0;
    int32_t high = INT32_MAX;
    for (const LoadBand& band : role.load) {
      const bool is_about = band.CostOf(person, -1) > 0 || band.CostOf(person, INT32_MAX) > 0;
      if (!is_about) continue;
      low = std::max(low, band.low);
      high = std::min(high, band.high);
    }
    return count < low ? low : high;
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoleLoad() { return std::make_unique<RoleLoad>(); }

}  // namespace soutenance::scheduling::solver
