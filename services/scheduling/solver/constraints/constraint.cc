#include "services/scheduling/solver/constraints/constraint.h"

namespace soutenance::scheduling::solver {

int64_t Constraint::PenaltyOfStart(const Problem&, DefenceId, Minute) const { return 0; }

int64_t Constraint::PenaltyOfRoom(const Problem&, DefenceId, RoomId) const { return 0; }

int64_t Constraint::PenaltyOfBoth(const Problem&, DefenceId, const Placement&) const { return 0; }

int64_t Constraint::PenaltyOfHolders(const Problem&, DefenceId, const Placement&) const { return 0; }

void Constraint::MatchesAlone(const Problem&, DefenceId, const Placement&, MatchSink) const {}

int64_t Constraint::PenaltyOfRoomDay(const Problem&, RoomId, DayId, absl::Span<const Placed>) const {
  return 0;
}

}  // namespace soutenance::scheduling::solver
