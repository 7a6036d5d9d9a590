#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: pins. For each placed defence, how many of its pinned aspects (day, time of the day, room, each
// juror, mode) are not as pinned. A juror is as pinned if he or she attends; the mode is on site if everybody
// is, else on video. An unplaced defence breaks no pin.
//
// Match: one a defence, with the room and the time it has; its pin says what they should be.
class Pinned final : public OneDefenceRule {
 public:
  int64_t PenaltyOfStart(const Problem& problem, DefenceId defence, Minute start) const override {
    const Pin& pin = problem.defence(defence).pin;
    return static_cast<int64_t>(pin.day && *pin.day != start / kMinutesPerDay) +
           static_cast<int64_t>(pin.time && *pin.time != start % kMinutesPerDay) +
           (problem.defence(defence).open_seats.empty() ? BrokenByAttendees(problem.defence(defence), {})
                                                        : 0);
  }

  int64_t PenaltyOfRoom(const Problem& problem, DefenceId defence, RoomId room) const override {
    const Pin& pin = problem.defence(defence).pin;
    return static_cast<int64_t>(pin.room && *pin.room != room);
  }

  int64_t PenaltyOfHolders(const Problem& problem, DefenceId defence, const Placement& to) const override {
    return BrokenByAttendees(problem.defence(defence), to.holders);
  }

 private:
  static int64_t BrokenByAttendees(const Defence& defence, const Holders& holders) {
    const Pin& pin = defence.pin;
    if (pin.jurors.empty() && !pin.mode) return 0;
    auto missing = static_cast<int64_t>(pin.jurors.size());
    Mode mode = Mode::kOnSite;
    for (const Attendee& attendee : Attendees(defence, holders)) {
      if (std::binary_search(pin.jurors.begin(), pin.jurors.end(), attendee.person)) --missing;
      if (attendee.remote) mode = Mode::kVideo;
    }
    return missing + static_cast<int64_t>(pin.mode && *pin.mode != mode);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakePinned() { return std::make_unique<Pinned>(); }

}  // namespace soutenance::scheduling::solver
