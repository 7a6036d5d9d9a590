#include "services/scheduling/solver/testing/random_problem.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver::testing {
namespace {

// Arguments of a function are evaluated in any order: at most one of them may ask chance.

Interval RandomInterval(Chance& chance, int days, int minutes_max) {
  const int quarter = chance.Between(8 * 4, 17 * 4 + 3);
  const Minute from = At(0, 15 * quarter, chance.Below(days));
  return {from, from + 15 * chance.Between(1, minutes_max / 15)};
}

std::vector<Interval> RandomIntervals(Chance& chance, int days, int count_max, int minutes_max) {
  std::vector<Interval> intervals;
  for (int n = chance.Between(0, count_max); n > 0; --n) {
    intervals.push_back(RandomInterval(chance, days, minutes_max));
  }
  return intervals;
}

std::string KeyOf(absl::string_view kind, int number) { return absl::StrCat(kind, "/", number); }

PersonSpec RandomPerson(Chance& chance, const RandomSize& size, int number) {
  PersonSpec person{.key = KeyOf("people", number), .name = absl::StrCat("Personne n° ", number)};
  if (size.odd || chance.OneIn(2)) person.blocked = RandomIntervals(chance, size.days, size.odd ? 3 : 1, 240);
  person.if_needed = RandomIntervals(chance, size.days, 2, 180);
  if (size.odd && chance.OneIn(3)) person.max_per_day = chance.Between(1, 3);
  if (size.odd && chance.OneIn(3)) person.max_total = chance.Between(1, 4);
  // By the number, not by chance: what else is drawn stays as it is.
  if (size.odd) {
    person.weight = 1 + number % 3;
    for (int subject = 0; subject < 3; ++subject) {
      if ((number + subject) % 2 == 0) person.subjects.push_back(KeyOf("subjects", subject));
    }
    if (number % 2 == 0) person.nearness = {3, 1, 0, 1};
    if (number % 3 != 1) person.room_change = {2, 2, 1};
  }
  return person;
}

RoomSpec RandomRoom(Chance& chance, const RandomSize& size, int number) {
  RoomSpec room{.key = KeyOf("rooms", number), .name = absl::StrCat("Salle ", number)};
  room.site = chance.OneIn(3) ? "Nord" : "Sud";
  room.capacity = chance.Between(size.odd ? 5 : 20, 30);
  if (!size.odd || chance.OneIn(2)) room.equipment.push_back("video");
  if (chance.OneIn(2)) room.equipment.push_back("piano");
  for (int day = 0; day < size.days; ++day) {
    if (size.odd && chance.OneIn(5)) continue;
    room.open.push_back(
        {At(size.odd ? chance.Between(8, 10) : 8, 0, day), At(chance.Between(16, 20), 0, day)});
    if (size.odd && chance.OneIn(3)) room.open.push_back(RandomInterval(chance, size.days, 300));
  }
  return room;
}

// What only odd problems have.
void AddOddities(Chance& chance, const RandomSize& size, DefenceSpec& defence) {
  if (chance.OneIn(3)) defence.allowed = RandomIntervals(chance, size.days, 3, 600);
  if (chance.OneIn(3)) defence.seats.push_back(defence.seats.front());
  if (chance.OneIn(2)) {
    const int day = chance.Below(size.days);
    defence.reference = ReferenceSpec{.start = At(chance.Between(9, 16), 0, day)};
    if (!chance.OneIn(4)) defence.reference->room = KeyOf("rooms", chance.Below(size.rooms));
  }
  if (chance.OneIn(4)) defence.pin.day = chance.Below(size.days);
  if (chance.OneIn(4)) defence.pin.time = At(chance.Between(9, 15));
  if (chance.OneIn(4)) defence.pin.room = KeyOf("rooms", chance.Below(size.rooms));
  if (chance.OneIn(8)) defence.pin.jurors.push_back(KeyOf("people", chance.Below(size.persons)));
  if (chance.OneIn(8)) defence.pin.mode = chance.OneIn(2) ? Mode::kVideo : Mode::kOnSite;
  if (chance.OneIn(4)) defence.equipment.push_back("piano");
  if (chance.OneIn(4)) defence.equipment.push_back("video");
}

void OpenSeats(Chance& chance, const RandomSize& size, DefenceSpec& defence) {
  if (chance.OneIn(3)) defence.seats.clear();
  for (int n = chance.Between(defence.seats.empty() ? 1 : 0, 3); n > 0; --n) {
    SeatSpec seat{.person = "", .role = n == 1 ? "secretary" : "reader", .remote = chance.OneIn(5)};
    for (int i = 0; i < size.persons; ++i) {
      if (!chance.OneIn(2)) continue;
      seat.candidates.push_back({.person = KeyOf("people", i), .cost = chance.Between(0, 3)});
    }
    if (!seat.candidates.empty()) defence.seats.push_back(seat);
  }
  if (defence.seats.empty()) defence.seats.push_back({.person = KeyOf("people", 0), .role = "president"});
}

DefenceSpec RandomDefence(Chance& chance, const RandomSize& size, int number) {
  DefenceSpec defence{.key = KeyOf("theses", number), .label = absl::StrCat("Élève n° ", number)};
  defence.duration_minutes = 15 * chance.Between(2, size.odd ? 8 : 4);
  for (int n = chance.Between(1, std::min(4, size.persons)); n > 0; --n) {
    defence.seats.push_back({.person = KeyOf("people", chance.Below(size.persons)),
                             .role = n == 1 ? "president" : "examiner",
                             .remote = chance.OneIn(5)});
  }
  defence.capacity = chance.Between(0, 20);
  if (number % 4 != 3) defence.topic = KeyOf("topics", number % 4);
  defence.expected_people = 2 + number % 3;
  if (number % 5 != 4) defence.cohort = KeyOf("cohorts", number % 3);
  if (size.odd) AddOddities(chance, size, defence);
  for (int subject = 0; size.odd && subject < number % 4; ++subject) {
    defence.subjects.push_back(KeyOf("subjects", subject));
  }
  if (size.open_seats) OpenSeats(chance, size, defence);
  // By the number, as above.
  for (SeatSpec& seat : defence.seats) seat.shared = seat.person.empty() && number % 5 == 2;
  if (size.odd && number % 3 == 1) {
    defence.seats.push_back({.person = KeyOf("people", number % size.persons), .role = "examiner"});
    defence.seats.back().guest = true;
  }
  return defence;
}

// Points for the roles that OpenSeats and RandomDefence give.
void AddRoles(Chance& chance, ProblemSpec& spec) {
  for (const char* name : {"president", "examiner", "secretary", "reader"}) {
    if (chance.OneIn(5)) continue;
    RoleSpec role{.name = name, .load = {}, .combined = {}};
    role.absence_cost = chance.Between(0, 5);
    role.change_cost = chance.Between(0, 2);
    role.mix_cost = role.change_cost == 1 ? 3 : 0;
    role.day_change_cost = role.change_cost;
    for (int n = chance.Between(0, 2); n > 0; --n) {
      const int32_t low = chance.Between(0, 1);
      role.load.push_back({.low = low, .high = low + chance.Below(3), .cost = chance.Between(1, 4)});
    }
    if (!spec.roles.empty() && chance.OneIn(2)) {
      role.combined.push_back({.role = spec.roles.front().name, .cost = chance.Between(1, 3)});
      spec.roles.front().combined.push_back({.role = name, .cost = chance.Between(1, 3)});
    }
    spec.roles.push_back(role);
  }
}

// By the number, not by chance: what else is drawn stays as it is.
void LimitRoles(ProblemSpec& spec) {
  for (const char* name : {"president", "examiner"}) {
    if (std::none_of(spec.roles.begin(), spec.roles.end(),
                     [&](const RoleSpec& r) { return r.name == name; })) {
      spec.roles.push_back({.name = name, .load = {}, .combined = {}});
    }
  }
  for (std::size_t i = 0; i < spec.persons.size(); ++i) {
    if (i % 2 == 0) continue;
    spec.persons[i].role_limits = {{.role = "examiner", .max_per_day = 2, .max_total = i % 4 == 1 ? 3 : 0}};
    if (i % 3 == 0) spec.persons[i].role_limits.push_back({.role = "president", .max_per_day = 1});
  }
}

void SetRandomRules(Chance& chance, ProblemSpec& spec) {
  Chance aside = chance;
  for (const RuleLine& line : Rulebook()) {
    // Rules that came later have chances of their own: what is drawn for the others stays as it is.
    if (line.id > RuleId::kCombinedRoles) {
      // And those of rooms, boards and pauses are rarer: most of them cost something in any timetable, so
      // that little could be proven.
      const bool is_rare = line.id > RuleId::kRoleLimit;
      if (aside.OneIn(is_rare ? 8 : 2)) {
        SetRule(spec, line.name, static_cast<RuleLevel>(aside.Between(3, 9)), 2);
      }
      continue;
    }
    if (!chance.OneIn(3)) continue;
    constexpr RuleLevel kChoices[] = {RuleLevel::kOff, RuleLevel::kHard, RuleLevel::kStrong,
                                      RuleLevel::kSoft};
    const RuleLevel level = kChoices[chance.Below(4)];
    if (!MayBeSetTo(line, level)) continue;
    std::optional<int64_t> parameter;
    // The parameter of this one came later, too.
    const bool has_parameter = line.parameter && line.id != RuleId::kBlockContinuity;
    if (has_parameter && chance.OneIn(2)) parameter = chance.Between(0, 3) * *line.parameter;
    SetRule(spec, line.name, level, chance.Between(0, 9), parameter);
  }
}

}  // namespace

uint64_t Chance::Next() {
  // SplitMix64.
  uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

ProblemSpec RandomSpec(Chance& chance, const RandomSize& size) {
  ProblemSpec spec;
  spec.first_date = "2027-06-14";
  for (int day = 0; day < size.days; ++day) {
    spec.opening.push_back(Hours(9, 12, day));
    spec.opening.push_back({At(13, size.odd ? 15 * chance.Below(3) : 0, day), At(17, 0, day)});
  }
  spec.grid_minutes = 15 * chance.Between(1, 4);
  spec.buffer_minutes = 5 * chance.Below(4);
  spec.travel_minutes = 15 * chance.Below(4);
  for (int i = 0; i < size.persons; ++i) spec.persons.push_back(RandomPerson(chance, size, i));
  for (int i = 0; i < size.rooms; ++i) spec.rooms.push_back(RandomRoom(chance, size, i));
  for (int i = 0; i < size.defences; ++i) spec.defences.push_back(RandomDefence(chance, size, i));
  if (size.odd && chance.OneIn(2)) spec.now = At(chance.Between(0, 14), 0, chance.Between(-2, size.days - 1));
  for (int day = 0; size.odd && day < size.days; day += 2) {
    spec.pauses.push_back({.begins = {At(11, 30, day), At(12, 30, day)},
                           .least_minutes = 45,
                           .wanted_minutes = 150,
                           .until = At(15, 0, day)});
  }
  if (size.odd) {
    spec.early = {{.time = At(9, 30), .cost = 2}, {.time = At(10), .cost = 1}};
    spec.late = {{.time = At(16), .cost = 3}};
  }
  if (size.odd) SetRandomRules(chance, spec);
  if (size.open_seats) AddRoles(chance, spec);
  if (size.odd) LimitRoles(spec);
  return spec;
}

Problem RandomProblem(uint64_t seed, const RandomSize& size) {
  Chance chance(seed);
  return Build(RandomSpec(chance, size));
}

Holders RandomHolders(Chance& chance, const Defence& defence) {
  Holders holders{};
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    holders[i] =
        static_cast<uint8_t>(chance.Below(static_cast<int>(defence.open_seats[i].candidates.size())));
  }
  return holders;
}

Placement RandomPlacement(Chance& chance, const Problem& problem, DefenceId defence) {
  const Day& day = problem.day(static_cast<DayId>(chance.Below(problem.DayCount())));
  const Minute midnight = day.offset * kMinutesPerDay;
  Minute start = chance.Below(kMinutesPerDay);
  if (!chance.OneIn(5)) {
    const Interval& window =
        day.opening[static_cast<std::size_t>(chance.Below(static_cast<int>(day.opening.size())))];
    const int step = chance.OneIn(5) ? 5 : problem.grid_minutes();
    start = window.from - midnight + step * chance.Below((window.to - window.from) / step + 1);
  }
  start = std::min(start, kMinutesPerDay - problem.defence(defence).duration_minutes);
  const auto room = static_cast<RoomId>(chance.Below(problem.RoomCount()));
  return {
      .start = midnight + start, .room = room, .holders = RandomHolders(chance, problem.defence(defence))};
}

Timetable RandomTimetable(Chance& chance, const Problem& problem) {
  Timetable timetable(problem);
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId defence) {
    if (!chance.OneIn(4))
      timetable.Apply({{.defence = defence, .to = RandomPlacement(chance, problem, defence)}});
  });
  return timetable;
}

Move RandomMove(Chance& chance, const Timetable& timetable, int steps) {
  const Problem& problem = timetable.problem();
  Move move;
  for (int n = std::min(steps, problem.DefenceCount()); n > 0; --n) {
    const auto defence = static_cast<DefenceId>(chance.Below(problem.DefenceCount()));
    if (std::any_of(move.begin(), move.end(), [&](const Step& s) { return s.defence == defence; })) continue;
    const std::optional<Placement>& now = timetable.PlacementOf(defence);
    Step step{.defence = defence, .to = now};
    if (chance.OneIn(4)) {
      step.to = std::nullopt;
    } else if (now && chance.OneIn(4)) {
      step.to->room = static_cast<RoomId>(chance.Below(problem.RoomCount()));
    } else if (now && problem.HasOpenSeats() && chance.OneIn(3)) {
      step.to->holders = RandomHolders(chance, problem.defence(defence));
    } else if (!chance.OneIn(8)) {
      step.to = RandomPlacement(chance, problem, defence);
    }
    move.push_back(step);
  }
  return move;
}

}  // namespace soutenance::scheduling::solver::testing
