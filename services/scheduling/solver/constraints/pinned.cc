#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: pins. For each placed defence, how many of its pinned aspects (day, time of the day, room) are not as
// pinned. An unplaced defence breaks no pin.
//
// Match: one a defence, with the room and the time it has; its pin says what they should be.
class Pinned final : public OneDefenceRule {
 public:
  int64_t PenaltyOfStart(const Problem& problem, DefenceId defence, Minute start) const override {
    const Pin& pin = problem.defence(defence).pin;
    return static_cast<int64_t>(pin.day && *pin.day != start / kMinutesPerDay) +
           static_cast<int64_t>(pin.time && *pin.time != start % kMinutesPerDay);
  }

  int64_t PenaltyOfRoom(const Problem& problem, DefenceId defence, RoomId room) const override {
    const Pin& pin = problem.defence(defence).pin;
    return static_cast<int64_t>(pin.room && *pin.room != room);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakePinned() { return std::make_unique<Pinned>(); }

}  // namespace soutenance::scheduling::solver
