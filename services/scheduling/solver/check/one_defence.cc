#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/checks.h"

namespace soutenance::scheduling::solver::checks {
namespace {

bool Overlap(const Interval& a, const Interval& b) { return a.from < b.to && b.from < a.to; }

// Whether `inner` is within one of `intervals`.
bool WithinOne(const Interval& inner, const std::vector<Interval>& intervals) {
  for (const Interval& interval : intervals) {
    if (interval.from <= inner.from && inner.to <= interval.to) return true;
  }
  return false;
}

bool OverlapsOne(const Interval& time, const std::vector<Interval>& intervals) {
  for (const Interval& interval : intervals) {
    if (Overlap(time, interval)) return true;
  }
  return false;
}

// "theses/42 at 2027-06-14 09:30 in rooms/b12".
std::string Place(const Facts& facts, const PlacedDefence& p) {
  return absl::StrCat(p.defence->key, " at ", Moment(facts, p.time.from), " in ", p.room->key);
}

}  // namespace

void Pins(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    const Pin& pin = p.defence->pin;
    if (pin.day && *pin.day != p.Date()) {
      report({p.id}, absl::StrCat(Place(facts, p), " is not on the day that is pinned"));
    }
    if (pin.time && *pin.time != p.time.from - p.Date() * kMinutesPerDay) {
      report({p.id}, absl::StrCat(Place(facts, p), " is not at the time that is pinned"));
    }
    if (pin.room && *pin.room != p.room_id) {
      report({p.id}, absl::StrCat(Place(facts, p), " is not in the room that is pinned"));
    }
    const std::vector<PersonId> people = PeopleOf(p);
    for (const PersonId juror : pin.jurors) {
      if (std::find(people.begin(), people.end(), juror) != people.end()) continue;
      report({p.id}, absl::StrCat(facts.problem.person(juror).key, ", who is pinned, does not attend ",
                                  Place(facts, p)));
    }
    // Somebody attends on video who has no seat on site.
    bool on_video = false;
    for (const PersonId person : people) {
      bool on_site = false;
      for (const Taken& seat : p.seats) on_site = on_site || (seat.person == person && !seat.remote);
      on_video = on_video || !on_site;
    }
    if (pin.mode && on_video != (*pin.mode == Mode::kVideo)) {
      report({p.id}, absl::StrCat(Place(facts, p), on_video ? " is on video" : " is on site",
                                  ", which is not the mode that is pinned"));
    }
  }
}

void OpeningHours(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    bool in_window = false;
    bool on_grid = false;
    for (const Interval& window : facts.problem.spec().opening) {
      if (!WithinOne(p.time, {window})) continue;
      in_window = true;
      for (Minute start = window.from; start <= p.time.from; start += facts.problem.spec().grid_minutes) {
        if (start == p.time.from) on_grid = true;
      }
    }
    if (!in_window) {
      report({p.id}, absl::StrCat(Place(facts, p), " is outside the campaign's hours"));
    } else if (!on_grid) {
      report({p.id}, absl::StrCat(Place(facts, p), " does not start on the grid"));
    }
  }
}

void Availability(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    for (const PersonId id : PeopleOf(p)) {
      const Person& person = facts.problem.person(id);
      if (OverlapsOne(p.time, person.blocked)) {
        report({p.id}, absl::StrCat(person.key, " cannot come to ", Place(facts, p)));
      }
    }
  }
}

void IfNeeded(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    for (const PersonId id : PeopleOf(p)) {
      const Person& person = facts.problem.person(id);
      if (OverlapsOne(p.time, person.if_needed)) {
        report({p.id}, absl::StrCat(person.key, " comes only if needed to ", Place(facts, p)));
      }
    }
  }
}

void SchoolWeeks(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    if (!p.defence->allowed.empty() && !WithinOne(p.time, p.defence->allowed)) {
      report({p.id}, absl::StrCat(Place(facts, p), " is outside its school weeks"));
    }
  }
}

void RoomOpening(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    if (!WithinOne(p.time, p.room->open)) {
      report({p.id}, absl::StrCat(Place(facts, p), " is not within the opening of the room"));
    }
  }
}

void RoomCapacity(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    if (p.room->capacity < p.defence->capacity) {
      report({p.id}, absl::StrCat(Place(facts, p), " needs ", p.defence->capacity, " seats; the room has ",
                                  p.room->capacity));
    }
  }
}

void RoomEquipment(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    for (const std::string& piece : p.defence->equipment) {
      const auto& present = p.room->equipment;
      if (std::find(present.begin(), present.end(), piece) == present.end()) {
        report({p.id}, absl::StrCat(Place(facts, p), " needs ", piece, ", which the room does not have"));
      }
    }
  }
}

void Stability(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    const auto& reference = p.defence->reference;
    if (!reference) continue;
    const bool moved = p.time.from != reference->start;
    const bool other_room = !reference->room || *reference->room != p.room_id;
    bool somebody_on_site = false;
    for (const Taken& seat : p.seats) somebody_on_site = somebody_on_site || !seat.remote;
    if (moved || (other_room && somebody_on_site)) {
      report({p.id}, absl::StrCat(Place(facts, p), " is not where it was published"));
    }
  }
}

void Notice(const Facts& facts, Report report) {
  const std::optional<Minute> now = facts.problem.spec().now;
  if (!now) return;
  const int64_t earliest = *now + facts.problem.rule(RuleId::kNotice).parameter;
  for (const PlacedDefence& p : facts.placed) {
    const auto& reference = p.defence->reference;
    if (reference && reference->start == p.time.from) continue;
    if (p.time.from < earliest) {
      report({p.id}, absl::StrCat(Place(facts, p), " begins too soon"));
    } else if (reference && reference->start < *now) {
      report({p.id}, absl::StrCat(Place(facts, p), " had begun at ", Moment(facts, reference->start)));
    }
  }
}

void OneSeat(const Facts& facts, Report report) {
  for (const PlacedDefence& p : facts.placed) {
    for (std::size_t i = 0; i < p.seats.size(); ++i) {
      for (std::size_t j = 0; j < p.seats.size(); ++j) {
        if (i == j || !p.seats[i].open || p.seats[i].person != p.seats[j].person) continue;
        if (p.seats[i].shared || p.seats[j].shared) continue;
        report({p.id}, absl::StrCat(facts.problem.person(p.seats[i].person).key, " was chosen for ",
                                    Place(facts, p), " and holds another seat of it"));
      }
    }
  }
}

}  // namespace soutenance::scheduling::solver::checks
