#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: missing seats. For each placed defence, the seats it needs beyond those its room has.
//
// Match: one a defence; amount: seats the room has; limit: seats the defence needs.
class RoomCapacity final : public OneDefenceRule {
 public:
  int64_t PenaltyOfRoom(const Problem& problem, DefenceId defence, RoomId room) const override {
    return std::max(0, problem.defence(defence).capacity - problem.room(room).capacity);
  }

  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override {
    const int64_t penalty = PenaltyOfRoom(problem, defence, to.room);
    if (penalty == 0) return;
    Match match = MatchOf(problem, defence, to, penalty);
    match.amount = problem.room(to.room).capacity;
    match.limit = problem.defence(defence).capacity;
    report(match);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomCapacity() { return std::make_unique<RoomCapacity>(); }

}  // namespace soutenance::scheduling::solver
