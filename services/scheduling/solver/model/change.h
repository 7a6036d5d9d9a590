#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_CHANGE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_CHANGE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// A move seen against a timetable: everything it touches, as it is and as it would be. Computed once a move,
// so that every rule can tell its difference without touching the timetable. Keep one and Reset it: that
// allocates nothing.
class Change {
 public:
  struct OfDefence {
    DefenceId defence;
    std::optional<Placement> before;
    std::optional<Placement> after;
  };
  // The day of one person or one room.
  template <typename Id>
  struct OfDay {
    Id id;
    DayId day;
    absl::Span<const Placed> before;
    absl::Span<const Placed> after;
  };
  // The number of defences a person attends.
  struct OfTotal {
    PersonId person;
    int before;
    int after;
  };

  explicit Change(const Problem& problem);
  Change(const Timetable& timetable, const Move& move);

  // REQUIRES: `timetable` is of the problem given at construction; it must not change while this is read.
  void Reset(const Timetable& timetable, const Move& move);

  const Problem& problem() const { return *problem_; }
  // Only defences, days and persons for which something differs.
  absl::Span<const OfDefence> defences() const { return defences_; }
  absl::Span<const OfDay<PersonId>> person_days() const { return person_days_; }
  absl::Span<const OfDay<RoomId>> room_days() const { return room_days_; }
  absl::Span<const OfTotal> totals() const { return totals_; }
  // Placed defences after minus before.
  int placed_difference() const { return placed_difference_; }

 private:
  struct Touched {
    std::size_t slot;
    std::vector<Placed> after;
  };
  // The days of all persons or all rooms that the move touches.
  struct Days {
    std::vector<int32_t> position;  // by slot; -1: untouched
    std::vector<Touched> touched;   // the first `count` are in use
    std::size_t count = 0;
  };

  std::vector<Placed>& Touch(Days& days, std::size_t slot, absl::Span<const Placed> before);
  void Take(const Timetable& timetable, DefenceId defence, const Placement& from);
  void Put(const Timetable& timetable, DefenceId defence, const Placement& to);
  void AddTotal(const Timetable& timetable, PersonId person, int amount);

  const Problem* problem_;
  std::vector<OfDefence> defences_;
  Days persons_;
  Days rooms_;
  std::vector<int32_t> total_position_;
  std::vector<OfTotal> totals_;
  std::vector<OfDay<PersonId>> person_days_;
  std::vector<OfDay<RoomId>> room_days_;
  int placed_difference_ = 0;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_CHANGE_H_
