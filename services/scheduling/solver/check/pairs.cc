#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/checks.h"

namespace soutenance::scheduling::solver::checks {
namespace {

// How a person attends: not at all, on video, or on site if one of the seats is on site.
enum class Attendance { kNone, kRemote, kOnSite };

Attendance AttendanceOf(PersonId person, const PlacedDefence& placed) {
  Attendance attendance = Attendance::kNone;
  for (const Taken& seat : placed.seats) {
    if (seat.person != person) continue;
    if (!seat.remote) return Attendance::kOnSite;
    attendance = Attendance::kRemote;
  }
  return attendance;
}

// Minutes from the end of one to the start of the other; negative if they overlap.
Minute Distance(const Interval& a, const Interval& b) { return std::max(b.from - a.to, a.from - b.to); }

// Calls visit(a, b) for each pair of placed defences on one date.
template <typename Visit>
void ForEachPair(const Facts& facts, Visit visit) {
  for (std::size_t i = 0; i < facts.placed.size(); ++i) {
    for (std::size_t j = i + 1; j < facts.placed.size(); ++j) {
      if (facts.placed[i].Date() == facts.placed[j].Date()) visit(facts.placed[i], facts.placed[j]);
    }
  }
}

}  // namespace

void RoomClash(const Facts& facts, Report report) {
  ForEachPair(facts, [&](const PlacedDefence& a, const PlacedDefence& b) {
    if (a.room_id != b.room_id || Distance(a.time, b.time) >= facts.problem.spec().buffer_minutes) return;
    report({a.id, b.id},
           absl::StrCat(a.defence->key, " and ", b.defence->key, " are too close in ", a.room->key, " from ",
                        Moment(facts, std::min(a.time.from, b.time.from))));
  });
}

void PersonClash(const Facts& facts, Report report) {
  ForEachPair(facts, [&](const PlacedDefence& a, const PlacedDefence& b) {
    for (const PersonId person : PeopleOf(a)) {
      const Attendance at_b = AttendanceOf(person, b);
      if (at_b == Attendance::kNone) continue;
      const bool travels = at_b == Attendance::kOnSite && AttendanceOf(person, a) == Attendance::kOnSite &&
                           facts.problem.site(a.room->site) != facts.problem.site(b.room->site);
      if (Distance(a.time, b.time) >= (travels ? facts.problem.spec().travel_minutes : 0)) continue;
      report({a.id, b.id},
             absl::StrCat(facts.problem.person(person).key, " cannot attend both ", a.defence->key, " and ",
                          b.defence->key, " from ", Moment(facts, std::min(a.time.from, b.time.from))));
    }
  });
}

void ConsecutiveRoom(const Facts& facts, Report report) {
  // Two rooms on one day mean that somewhere in that day the room changes.
  ForEachPair(facts, [&](const PlacedDefence& a, const PlacedDefence& b) {
    if (a.room_id == b.room_id) return;
    for (const PersonId person : PeopleOf(a)) {
      if (AttendanceOf(person, a) == Attendance::kOnSite && AttendanceOf(person, b) == Attendance::kOnSite) {
        report({a.id, b.id}, absl::StrCat(facts.problem.person(person).key, " changes rooms between ",
                                          a.defence->key, " and ", b.defence->key));
      }
    }
  });
}

}  // namespace soutenance::scheduling::solver::checks
