#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences. The number of placed defences that do not lie within one time at which their room is open.
//
// Match: one a defence.
class RoomOpening final : public OneDefenceRule {
 public:
  int64_t PenaltyOfBoth(const Problem& problem, DefenceId defence, const Placement& to) const override {
    return static_cast<int64_t>(!AnyContains(problem.room(to.room).open, problem.TimeOf(defence, to.start)));
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomOpening() { return std::make_unique<RoomOpening>(); }

}  // namespace soutenance::scheduling::solver
