#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each open seat of a placed defence, the cost of the candidate who holds it.
//
// Match: one a defence and seat that costs something, with its holder.
class SeatCost final : public OneDefenceRule {
 public:
  int64_t PenaltyOfHolders(const Problem& problem, DefenceId defence, const Placement& to) const override {
    const std::vector<OpenSeat>& seats = problem.defence(defence).open_seats;
    int64_t cost = 0;
    for (std::size_t i = 0; i < seats.size(); ++i) cost += seats[i].candidates[to.holders[i]].cost;
    return cost;
  }

  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override {
    const std::vector<OpenSeat>& seats = problem.defence(defence).open_seats;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      const Candidate& holder = seats[i].candidates[to.holders[i]];
      if (holder.cost == 0) continue;
      Match match = MatchOf(problem, defence, to, holder.cost);
      match.persons = {holder.person};
      match.amount = holder.cost;
      report(match);
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeSeatCost() { return std::make_unique<SeatCost>(); }

}  // namespace soutenance::scheduling::solver
