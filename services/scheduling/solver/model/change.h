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
// allocates nothing once it has seen a few moves, and takes time in proportion to the days that are touched.
// Not safe for concurrent use: one for each thread.
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
  // The number of defences a person attends, and of days with at least one.
  struct OfTotal {
    PersonId person;
    int before;
    int after;
    int days_before;
    int days_after;
  };

  // The number of seats of a role with load bands that a person holds.
  struct OfRole {
    RoleId role;
    PersonId person;
    int before;
    int after;
  };

  explicit Change(const Problem& problem);
  Change(const Timetable& timetable, const Move& move);
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  // REQUIRES: `timetable` is of the problem given at construction and must not change while this is read;
  // each defence is at most once in `move`, and each `to` passes CheckPlacement.
  void Reset(const Timetable& timetable, const Move& move);

  const Problem& problem() const { return *problem_; }
  // As it is before the move. REQUIRES: Reset was called.
  const Timetable& timetable() const { return *timetable_; }
  // Only defences, days and persons for which something differs.
  absl::Span<const OfDefence> defences() const { return defences_; }
  absl::Span<const OfDay<PersonId>> person_days() const { return person_days_; }
  absl::Span<const OfDay<RoomId>> room_days() const { return room_days_; }
  absl::Span<const OfTotal> totals() const { return totals_; }
  // Number of (room, day) with at least one defence.
  int room_day_count_before() const { return room_day_count_before_; }
  int room_day_count_after() const { return room_day_count_after_; }
  // Timetable::ExtraPeople after minus before.
  int64_t extra_people_difference() const { return extra_people_difference_; }
  absl::Span<const OfRole> role_totals() const { return role_totals_; }
  // Placed defences after minus before.
  int placed_difference() const { return placed_difference_; }

 private:
  template <typename Id>
  struct Touched {
    Id id;
    DayId day;
    std::vector<Placed> after;
  };
  // The days of all persons or all rooms that the move touches.
  template <typename Id>
  struct Days {
    std::vector<int32_t> position;     // in `touched`, by id and day; -1: untouched
    std::vector<Touched<Id>> touched;  // the first `count` are in use; the others keep their memory
    std::size_t count = 0;
  };

  template <typename Id>
  std::size_t Slot(Id id, DayId day) const {
    return Index(id) * static_cast<std::size_t>(problem_->DayCount()) + Index(day);
  }
  void Clear();
  template <typename Id>
  void Clear(Days<Id>& days);
  template <typename Id>
  std::vector<Placed>& Touch(Days<Id>& days, Id id, DayId day, absl::Span<const Placed> before);
  void Take(const Timetable& timetable, DefenceId defence, const Placement& from);
  void Put(const Timetable& timetable, DefenceId defence, const Placement& to);
  OfTotal& TotalOf(const Timetable& timetable, PersonId person);
  void List(const Timetable& timetable);
  void CountRoles(const Timetable& timetable, DefenceId defence, const Placement& at, int by);

  const Problem* problem_;
  const Timetable* timetable_ = nullptr;
  std::vector<OfDefence> defences_;
  Days<PersonId> persons_;
  Days<RoomId> rooms_;
  std::vector<int32_t> total_position_;  // in totals_, by person; -1 outside Reset
  std::vector<OfTotal> totals_;
  std::vector<OfRole> role_totals_;
  std::vector<OfDay<PersonId>> person_days_;
  std::vector<OfDay<RoomId>> room_days_;
  int placed_difference_ = 0;
  int room_day_count_before_ = 0;
  int room_day_count_after_ = 0;
  int64_t extra_people_difference_ = 0;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_CHANGE_H_
