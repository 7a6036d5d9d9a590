#include "services/scheduling/solver/model/change.h"

#include <algorithm>

namespace soutenance::scheduling::solver {

Change::Change(const Problem& problem) : problem_(&problem) {
  const auto days = static_cast<std::size_t>(problem.DayCount());
  persons_.position.assign(static_cast<std::size_t>(problem.PersonCount()) * days, -1);
  rooms_.position.assign(static_cast<std::size_t>(problem.RoomCount()) * days, -1);
  total_position_.assign(static_cast<std::size_t>(problem.PersonCount()), -1);
}

Change::Change(const Timetable& timetable, const Move& move) : Change(timetable.problem()) {
  Reset(timetable, move);
}

void Change::Reset(const Timetable& timetable, const Move& move) {
  Clear();
  room_day_count_before_ = timetable.RoomDayCount();
  room_day_count_after_ = room_day_count_before_;
  timetable_ = &timetable;
  for (const Step& step : move) {
    const std::optional<Placement>& before = timetable.PlacementOf(step.defence);
    if (before == step.to) continue;
    defences_.push_back({.defence = step.defence, .before = before, .after = step.to});
    if (before) Take(timetable, step.defence, *before);
    if (step.to) Put(timetable, step.defence, *step.to);
  }
  List(timetable);
}

void Change::Clear() {
  Clear(persons_);
  Clear(rooms_);
  defences_.clear();
  totals_.clear();
  role_totals_.clear();
  person_days_.clear();
  room_days_.clear();
  placed_difference_ = 0;
  extra_people_difference_ = 0;
}

template <typename Id>
void Change::Clear(Days<Id>& days) {
  for (std::size_t i = 0; i < days.count; ++i) {
    days.position[Slot(days.touched[i].id, days.touched[i].day)] = -1;
  }
  days.count = 0;
}

// The list of that day after the move, to be changed; a copy of `before` when it is touched first.
template <typename Id>
std::vector<Placed>& Change::Touch(Days<Id>& days, Id id, DayId day, absl::Span<const Placed> before) {
  int32_t& position = days.position[Slot(id, day)];
  if (position < 0) {
    position = static_cast<int32_t>(days.count);
    if (days.count == days.touched.size()) days.touched.emplace_back();
    Touched<Id>& touched = days.touched[days.count++];
    touched.id = id;
    touched.day = day;
    touched.after.assign(before.begin(), before.end());
  }
  return days.touched[static_cast<std::size_t>(position)].after;
}

void Change::Take(const Timetable& timetable, DefenceId defence, const Placement& from) {
  const DayId day = *problem_->DayOf(from.start);
  Remove(Touch(rooms_, from.room, day, timetable.RoomDay(from.room, day)), defence);
  const Attendees attendees(problem_->defence(defence), from.holders);
  extra_people_difference_ -= ExtraPeopleOf(problem_->defence(defence), attendees);
  for (const Attendee& attendee : attendees) {
    Remove(Touch(persons_, attendee.person, day, timetable.PersonDay(attendee.person, day)), defence);
    --TotalOf(timetable, attendee.person).after;
  }
  CountRoles(timetable, defence, from, -1);
  --placed_difference_;
}

void Change::Put(const Timetable& timetable, DefenceId defence, const Placement& to) {
  const DayId day = *problem_->DayOf(to.start);
  const Interval time = problem_->TimeOf(defence, to.start);
  Placed placed{.defence = defence, .start = time.from, .end = time.to, .room = to.room, .remote = false};
  placed.holders = to.holders;
  InsertInOrder(Touch(rooms_, to.room, day, timetable.RoomDay(to.room, day)), placed);
  placed.holders = {};
  const Attendees attendees(problem_->defence(defence), to.holders);
  extra_people_difference_ += ExtraPeopleOf(problem_->defence(defence), attendees);
  for (const Attendee& attendee : attendees) {
    placed.remote = attendee.remote;
    InsertInOrder(Touch(persons_, attendee.person, day, timetable.PersonDay(attendee.person, day)), placed);
    ++TotalOf(timetable, attendee.person).after;
  }
  CountRoles(timetable, defence, to, 1);
  ++placed_difference_;
}

// A move touches few of them: walking through those beats a table.
void Change::CountRoles(const Timetable& timetable, DefenceId defence, const Placement& at, int by) {
  if (problem_->RoleCount() == 0) return;
  ForEachRoleHeld(problem_->defence(defence), at.holders, [&](RoleId role, PersonId person) {
    if (problem_->role(role).load.empty()) return;
    for (OfRole& known : role_totals_) {
      if (known.role != role || known.person != person) continue;
      known.after += by;
      return;
    }
    const int before = timetable.RoleTotal(role, person);
    role_totals_.push_back({.role = role, .person = person, .before = before, .after = before + by});
  });
}

Change::OfTotal& Change::TotalOf(const Timetable& timetable, PersonId person) {
  int32_t& position = total_position_[Index(person)];
  if (position < 0) {
    position = static_cast<int32_t>(totals_.size());
    const int total = timetable.PersonTotal(person);
    const int days = timetable.PersonDayCount(person);
    totals_.push_back(
        {.person = person, .before = total, .after = total, .days_before = days, .days_after = days});
  }
  return totals_[static_cast<std::size_t>(position)];
}

// Fills what is read from outside. Only now: while days are being touched, their lists move in memory.
void Change::List(const Timetable& timetable) {
  // Where others hold open seats, those who stay see no difference.
  const bool may_stay = problem_->HasOpenSeats();
  for (std::size_t i = 0; i < persons_.count; ++i) {
    const Touched<PersonId>& touched = persons_.touched[i];
    const absl::Span<const Placed> before = timetable.PersonDay(touched.id, touched.day);
    if (may_stay && before == absl::MakeConstSpan(touched.after)) continue;
    person_days_.push_back({.id = touched.id, .day = touched.day, .before = before, .after = touched.after});
    TotalOf(timetable, touched.id).days_after +=
        static_cast<int>(!touched.after.empty()) - static_cast<int>(!before.empty());
  }
  for (std::size_t i = 0; i < rooms_.count; ++i) {
    const Touched<RoomId>& touched = rooms_.touched[i];
    const absl::Span<const Placed> before = timetable.RoomDay(touched.id, touched.day);
    if (may_stay && before == absl::MakeConstSpan(touched.after)) continue;
    room_days_.push_back({.id = touched.id, .day = touched.day, .before = before, .after = touched.after});
    room_day_count_after_ += static_cast<int>(!touched.after.empty()) - static_cast<int>(!before.empty());
  }
  for (const OfTotal& total : totals_) total_position_[Index(total.person)] = -1;
  std::erase_if(totals_, [](const OfTotal& total) {
    return total.before == total.after && total.days_before == total.days_after;
  });
  std::erase_if(role_totals_, [](const OfRole& total) { return total.before == total.after; });
}

}  // namespace soutenance::scheduling::solver
