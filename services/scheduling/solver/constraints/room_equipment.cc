#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: missing pieces. For each placed defence, the number of pieces of equipment it asks for and its room
// does not have.
//
// Match: one a defence; what is missing is in its equipment and not in that of its room.
class RoomEquipment final : public OneDefenceRule {
 public:
  int64_t PenaltyOfRoom(const Problem& problem, DefenceId defence, RoomId room) const override {
    const std::vector<std::string>& present = problem.room(room).equipment;
    int64_t missing = 0;
    for (const std::string& piece : problem.defence(defence).equipment) {
      missing += static_cast<int64_t>(!std::binary_search(present.begin(), present.end(), piece));
    }
    return missing;
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomEquipment() { return std::make_unique<RoomEquipment>(); }

}  // namespace soutenance::scheduling::solver
