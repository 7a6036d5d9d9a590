#include "services/scheduling/solver/model/timetable.h"

#include <algorithm>
#include <cassert>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/base/error.h"

namespace soutenance::scheduling::solver {
namespace {

absl::Status InvalidStart(std::string description) {
  return InvalidFields({{.field = "start", .description = std::move(description)}});
}

std::string ClockTime(Minute minute) {
  return absl::StrFormat("%02d:%02d", minute % kMinutesPerDay / 60, minute % 60);
}

}  // namespace

void InsertInOrder(std::vector<Placed>& day, const Placed& placed) {
  // Days are short: walking back from the end beats a binary search.
  auto place = day.end();
  while (place != day.begin()) {
    const Placed& previous = *(place - 1);
    if (previous.start < placed.start) break;
    if (previous.start == placed.start && previous.defence < placed.defence) break;
    --place;
  }
  day.insert(place, placed);
}

void Remove(std::vector<Placed>& day, DefenceId defence) {
  const auto place =
      std::find_if(day.begin(), day.end(), [defence](const Placed& p) { return p.defence == defence; });
  assert(place != day.end());
  day.erase(place);
}

absl::Status CheckPlacement(const Problem& problem, DefenceId defence, const Placement& to) {
  if (to.start < 0) return InvalidStart("lies before the first date of the campaign");
  const Interval time = problem.TimeOf(defence, to.start);
  const std::string date = absl::FormatCivilTime(problem.DateOf(to.start));
  if (!problem.DayOf(to.start)) {
    return InvalidStart(absl::StrCat(date, " is none of the campaign's days; choose one of its days"));
  }
  const Minute midnight = (to.start / kMinutesPerDay + 1) * kMinutesPerDay;
  if (time.to > midnight) {
    return InvalidStart(absl::StrCat("a defence of ", time.to - time.from, " minutes that starts at ",
                                     ClockTime(to.start),
                                     " would last past midnight; choose an earlier start"));
  }
  const std::vector<OpenSeat>& open = problem.defence(defence).open_seats;
  for (std::size_t i = 0; i < to.holders.size(); ++i) {
    const std::size_t count = i < open.size() ? open[i].candidates.size() : 1;
    if (to.holders[i] < count) continue;
    return InvalidFields({{.field = "holders",
                           .description = absl::StrCat("open seat ", i, " has no candidate number ",
                                                       static_cast<int>(to.holders[i]))}});
  }
  return absl::OkStatus();
}

void Attendees::Merge(const Defence& defence, const Holders& holders) {
  merged_.assign(defence.attendees.begin(), defence.attendees.end());
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    const PersonId person = HolderOf(defence, holders, i);
    const bool remote = defence.open_seats[i].remote;
    const auto place = std::lower_bound(merged_.begin(), merged_.end(), person,
                                        [](const Attendee& a, PersonId p) { return a.person < p; });
    if (place != merged_.end() && place->person == person) {
      place->remote = place->remote && remote;
    } else {
      merged_.insert(place, {.person = person, .remote = remote});
    }
  }
  all_ = merged_;
}

int ExtraPeopleOf(const Defence& defence, const Attendees& attendees) {
  auto people = static_cast<int>(attendees.size());
  for (std::size_t i = 0; i < defence.guests.size(); ++i) {
    const PersonId guest = defence.guests[i].person;
    bool counted = false;
    for (const Attendee& attendee : attendees) counted = counted || attendee.person == guest;
    for (std::size_t j = 0; j < i; ++j) counted = counted || defence.guests[j].person == guest;
    people += static_cast<int>(!counted);
  }
  return people - defence.expected_people;
}

Timetable::Timetable(const Problem& problem)
    : problem_(&problem),
      placements_(static_cast<std::size_t>(problem.DefenceCount())),
      person_days_(static_cast<std::size_t>(problem.PersonCount()) *
                   static_cast<std::size_t>(problem.DayCount())),
      room_days_(static_cast<std::size_t>(problem.RoomCount()) *
                 static_cast<std::size_t>(problem.DayCount())),
      person_totals_(static_cast<std::size_t>(problem.PersonCount())),
      role_totals_(problem.roles().size() * problem.persons().size()) {}

Timetable::Timetable(const Problem& problem, const Placements& placements) : Timetable(problem) {
  assert(placements.size() == placements_.size());
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId defence) {
    if (const auto& to = placements[Index(defence)]) Place(defence, *to);
  });
}

Move Timetable::Apply(const Move& move) {
  // Backwards, so that even a move that names a defence twice is undone.
  Move undo(move.size());
  std::size_t left = move.size();
  for (const Step& step : move) {
    Step& back = undo[--left];
    back.defence = step.defence;
    back.to = PlacementOf(step.defence);
    if (back.to) Unplace(step.defence);
    if (step.to) Place(step.defence, *step.to);
  }
  return undo;
}

void Timetable::Place(DefenceId defence, const Placement& to) {
  const DayId day = *problem_->DayOf(to.start);
  const Interval time = problem_->TimeOf(defence, to.start);
  Placed placed{.defence = defence, .start = time.from, .end = time.to, .room = to.room, .remote = false};
  std::vector<Placed>& room_day = room_days_[Slot(to.room, day)];
  if (room_day.empty()) ++room_day_count_;
  placed.holders = to.holders;
  InsertInOrder(room_day, placed);
  placed.holders = {};
  const Attendees attendees(problem_->defence(defence), to.holders);
  extra_people_ += ExtraPeopleOf(problem_->defence(defence), attendees);
  for (const Attendee& attendee : attendees) {
    placed.remote = attendee.remote;
    std::vector<Placed>& person_day = person_days_[Slot(attendee.person, day)];
    Totals& totals = person_totals_[Index(attendee.person)];
    ++totals.defences;
    if (person_day.empty()) ++totals.days;
    InsertInOrder(person_day, placed);
  }
  CountRoles(defence, to, 1);
  placements_[Index(defence)] = to;
  ++placed_count_;
}

void Timetable::CountRoles(DefenceId defence, const Placement& at, int by) {
  if (role_totals_.empty()) return;
  ForEachRoleHeld(problem_->defence(defence), at.holders, [&](RoleId role, PersonId person) {
    if (!problem_->role(role).load.empty()) role_totals_[RoleSlot(role, person)] += by;
  });
}

void Timetable::Unplace(DefenceId defence) {
  const Placement from = *placements_[Index(defence)];
  const DayId day = *problem_->DayOf(from.start);
  std::vector<Placed>& room_day = room_days_[Slot(from.room, day)];
  Remove(room_day, defence);
  if (room_day.empty()) --room_day_count_;
  const Attendees attendees(problem_->defence(defence), from.holders);
  extra_people_ -= ExtraPeopleOf(problem_->defence(defence), attendees);
  for (const Attendee& attendee : attendees) {
    std::vector<Placed>& person_day = person_days_[Slot(attendee.person, day)];
    Totals& totals = person_totals_[Index(attendee.person)];
    Remove(person_day, defence);
    --totals.defences;
    if (person_day.empty()) --totals.days;
  }
  CountRoles(defence, from, -1);
  placements_[Index(defence)] = std::nullopt;
  --placed_count_;
}

}  // namespace soutenance::scheduling::solver
