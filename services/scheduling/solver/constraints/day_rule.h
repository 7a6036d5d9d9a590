#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_DAY_RULE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_DAY_RULE_H_

#include <algorithm>
#include <type_traits>

#include "absl/types/span.h"
#include "services/scheduling/solver/constraints/constraint.h"

namespace soutenance::scheduling::solver {

// What one person or one room has on one day, in order.
template <typename Id>
struct DayView {
  const Problem& problem;
  Id id;
  DayId day;
  absl::Span<const Placed> placed;
};

// The time that two defences of one day share, or that between them if they share none. REQUIRES: `earlier`
// starts no later than `later`.
inline Interval SharedOrBetween(const Placed& earlier, const Placed& later) {
  if (later.start < earlier.end) return {later.start, std::min(earlier.end, later.end)};
  return {earlier.end, later.start};
}

// A rule whose penalty is a sum over the days of persons (Id = PersonId) or of rooms (Id = RoomId). `Rule` is
// the class that derives from this and has
//   int64_t OfDay(const DayView<Id>& view) const;
//   void MatchesOfDay(const DayView<Id>& view, MatchSink report) const;
// An empty day costs nothing. Delta recomputes the days that the move touches; the compiler sees through to
// OfDay, which is why this is a template.
template <typename Rule, typename Id>
class DayRule : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const final {
    int64_t penalty = 0;
    ForEachDay(timetable, [&](const DayView<Id>& view) { penalty += rule().OfDay(view); });
    return penalty;
  }

  int64_t Delta(const Change& change) const final {
    int64_t delta = 0;
    for (const Change::OfDay<Id>& day : DaysOf(change)) {
      delta += rule().OfDay({change.problem(), day.id, day.day, day.after});
      delta -= rule().OfDay({change.problem(), day.id, day.day, day.before});
    }
    return delta;
  }

  bool LooksAtRoomDay() const final { return !kOfPersons; }

  int64_t PenaltyOfRoomDay(const Problem& problem, RoomId room, DayId day,
                           absl::Span<const Placed> placed) const final {
    if constexpr (kOfPersons) {
      return 0;
    } else {
      return placed.empty() ? 0 : rule().OfDay({problem, room, day, placed});
    }
  }

  void Matches(const Timetable& timetable, MatchSink report) const final {
    ForEachDay(timetable, [&](const DayView<Id>& view) { rule().MatchesOfDay(view, report); });
  }

 private:
  static constexpr bool kOfPersons = std::is_same_v<Id, PersonId>;

  const Rule& rule() const { return static_cast<const Rule&>(*this); }

  static absl::Span<const Change::OfDay<Id>> DaysOf(const Change& change) {
    if constexpr (kOfPersons) {
      return change.person_days();
    } else {
      return change.room_days();
    }
  }

  template <typename Visit>
  static void ForEachDay(const Timetable& timetable, Visit visit) {
    const Problem& problem = timetable.problem();
    ForEachId<Id>(kOfPersons ? problem.PersonCount() : problem.RoomCount(), [&](Id id) {
      ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
        absl::Span<const Placed> placed;
        if constexpr (kOfPersons) {
          placed = timetable.PersonDay(id, day);
        } else {
          placed = timetable.RoomDay(id, day);
        }
        if (!placed.empty()) visit(DayView<Id>{problem, id, day, placed});
      });
    });
  }
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_DAY_RULE_H_
