#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_CONSTRAINT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_CONSTRAINT_H_

#include <cstdint>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "services/scheduling/solver/model/change.h"
#include "services/scheduling/solver/model/ids.h"
#include "services/scheduling/solver/model/time.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// One breach of one rule with the facts involved; what is empty or 0 does not matter for that rule.
struct Match {
  int64_t penalty = 0;  // in units of the rule, before its weight; at least 1
  absl::InlinedVector<DefenceId, 2> defences;
  absl::InlinedVector<PersonId, 2> persons;
  absl::InlinedVector<RoomId, 2> rooms;
  Interval time;                              // when it happens; empty if it is about no particular time
  int64_t amount = 0;                         // what was counted: minutes of waiting, defences in the day
  int64_t limit = 0;                          // what it was compared with
  std::optional<RoleId> role = std::nullopt;  // which role it is about

  friend bool operator==(const Match&, const Match&) = default;
};

using MatchSink = absl::FunctionRef<void(const Match&)>;

// A rule of the timetable. Implementations are stateless but for the rule's parameter: everything else they
// need is in the timetable. Safe for concurrent use.
//
// A rule that may be hard never gets worse when a defence is taken out: what breaks it can be repaired by
// unplacing.
class Constraint {
 public:
  virtual ~Constraint() = default;

  // The definition: how much `timetable` breaks this rule, in units of the rule; 0 means it is kept.
  virtual int64_t Penalty(const Timetable& timetable) const = 0;

  // Change of Penalty if the move of `change` were applied: Penalty(after) - Penalty(before). Allocates
  // nothing.
  virtual int64_t Delta(const Change& change) const = 0;

  // Reports each breach. The penalties of the matches add up to Penalty.
  virtual void Matches(const Timetable& timetable, MatchSink report) const = 0;

  // Whether this rule looks at each placed defence by itself (availability, capacity), so that its penalty is
  // the sum of PenaltyAlone over the placed defences.
  virtual bool LooksAtOne() const { return false; }

  // For a rule that looks at one: how much `to` breaks it, whatever else the timetable holds. It is the sum
  // of a part that depends on the start only, one that depends on the room only, one that needs both, and one
  // of the people who hold open seats, so that a caller who tries many rooms at many starts asks for each
  // part once. Other rules: 0.
  int64_t PenaltyAlone(const Problem& problem, DefenceId defence, const Placement& to) const {
    return PenaltyOfStart(problem, defence, to.start) + PenaltyOfRoom(problem, defence, to.room) +
           PenaltyOfBoth(problem, defence, to) +
           (problem.defence(defence).open_seats.empty() ? 0 : PenaltyOfHolders(problem, defence, to));
  }
  virtual int64_t PenaltyOfStart(const Problem& problem, DefenceId defence, Minute start) const;
  virtual int64_t PenaltyOfRoom(const Problem& problem, DefenceId defence, RoomId room) const;
  // Whoever holds the open seats of `to` does not matter here,
  virtual int64_t PenaltyOfBoth(const Problem& problem, DefenceId defence, const Placement& to) const;
  // but here. Asked only about defences with open seats.
  virtual int64_t PenaltyOfHolders(const Problem& problem, DefenceId defence, const Placement& to) const;

  // Whether this rule looks at each room and day by itself, so that its penalty is the sum of
  // PenaltyOfRoomDay over those with something placed.
  virtual bool LooksAtRoomDay() const { return false; }
  // For a rule that looks at room days: how much `placed`, in order, breaks it on that day of that room.
  // Other rules: 0.
  virtual int64_t PenaltyOfRoomDay(const Problem& problem, RoomId room, DayId day,
                                   absl::Span<const Placed> placed) const;

  // Reports how `to` breaks a rule that looks at one. The penalties add up to PenaltyAlone. Reports nothing
  // for other rules.
  virtual void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                            MatchSink report) const;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_CONSTRAINT_H_
