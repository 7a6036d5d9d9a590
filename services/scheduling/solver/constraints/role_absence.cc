#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each seat of a placed defence whose holder cannot come during some part of it: what an
// absence costs in the role of the seat, for each begun piece of as many minutes as the parameter says; once
// if it is 0. Whoever holds several seats is missing in each of them. Seats of guests count as well.
//
// Match: one a seat that costs something, with its holder and its role; amount: the points.
class RoleAbsence final : public OneDefenceRule {
 public:
  explicit RoleAbsence(int64_t piece_minutes) : piece_minutes_(piece_minutes) {}

  int64_t PenaltyOfStart(const Problem& problem, DefenceId id, Minute start) const override {
    int64_t points = 0;
    for (const Seat& seat : problem.defence(id).seats) {
      points += CostOf(problem, seat.role_id, seat.person, problem.TimeOf(id, start));
    }
    for (const Seat& seat : problem.defence(id).guests) {
      points += CostOf(problem, seat.role_id, seat.person, problem.TimeOf(id, start));
    }
    return points;
  }

  int64_t PenaltyOfHolders(const Problem& problem, DefenceId id, const Placement& to) const override {
    const Defence& defence = problem.defence(id);
    const Interval time = problem.TimeOf(id, to.start);
    int64_t points = 0;
    for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
      points += CostOf(problem, defence.open_seats[i].role_id, HolderOf(defence, to.holders, i), time);
    }
    return points;
  }

  void MatchesAlone(const Problem& problem, DefenceId id, const Placement& to,
                    MatchSink report) const override {
    const auto tell = [&](RoleId role, PersonId person) {
      const int64_t points = CostOf(problem, role, person, problem.TimeOf(id, to.start));
      if (points == 0) return;
      Match match = MatchOf(problem, id, to, points);
      match.persons = {person};
      match.amount = points;
      match.role = role;
      report(match);
    };
    ForEachRoleHeld(problem.defence(id), to.holders, tell);
    for (const Seat& seat : problem.defence(id).guests) {
      if (seat.role_id) tell(*seat.role_id, seat.person);
    }
  }

 private:
  int64_t CostOf(const Problem& problem, const std::optional<RoleId>& role, PersonId person,
                 const Interval& time) const {
    const int64_t cost = role ? problem.role(*role).absence_cost : 0;
    if (cost == 0) return 0;
    const std::vector<Interval>& blocked = problem.person(person).blocked;
    if (piece_minutes_ == 0) return AnyOverlaps(blocked, time) ? cost : 0;
    int64_t minutes = 0;
    for (const Interval& interval : blocked) {
      minutes += std::max(0, std::min(interval.to, time.to) - std::max(interval.from, time.from));
    }
    return (minutes + piece_minutes_ - 1) / piece_minutes_ * cost;
  }

  int64_t piece_minutes_;
};

}  // namespace

std::unique_ptr<Constraint> MakeRoleAbsence(int64_t piece_minutes) {
  return std::make_unique<RoleAbsence>(piece_minutes);
}

}  // namespace soutenance::scheduling::solver
