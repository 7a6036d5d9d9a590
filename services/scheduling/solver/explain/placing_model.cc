#include "services/scheduling/solver/explain/placing_model.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/repair.h"

namespace soutenance::scheduling::solver {
namespace {

// People who may be asked to free times, at once.
constexpr int kFreersMax = 4;

bool IsOnSite(const Defence& defence, PersonId person) {
  return absl::c_any_of(defence.attendees,
                        [&](const Attendee& a) { return a.person == person && !a.remote; });
}

bool Fits(const GridStart& at, int32_t duration) { return at.start + duration <= at.window_end; }

}  // namespace

PlacingModel::PlacingModel(const Timetable& timetable, const NamedFacts& facts, int64_t literals_max,
                           const std::function<bool()>& should_stop)
    : problem_(timetable.problem()),
      facts_(facts),
      should_stop_(should_stop),
      extra_day_(ExtraDayOf(timetable.problem())) {
  for (int i = 0; i < facts_.count(); ++i) of_fact_.push_back(sat_.NewVariable(false));
  counts_rooms_ = !facts_.HasRoomDemands() && (!facts_.HasClosures() || IsAligned());
  ClassifyRooms();
  Prepare(literals_max);
  if (is_too_large_ || facts_.IsCutShort()) {
    is_too_large_ = true;
    return;
  }
  for (int i = 0; i <= problem_.DayCount(); ++i) no_extra_room_.push_back(sat_.NewVariable(true));
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    if (!IsStopped()) AddStarts(id);
  });
  if (!is_too_large_) AddPersons();
  if (!is_too_large_) {
    if (counts_rooms_) {
      AddCountedRooms();
    } else {
      AddEachRoom();
    }
  }
  if (is_too_large_) return;
  std::vector<Literal> freers;
  for (const auto& [person, literal] : frees_) freers.push_back(literal);
  more_people_than_ = sat_.AddCounter(freers, kFreersMax + 1);
  PreferTimetable(timetable);
}

bool PlacingModel::IsStopped() {
  is_too_large_ = is_too_large_ || (should_stop_ && should_stop_());
  return is_too_large_;
}

// Rooms that are alike in all that facts are about. Those that somebody can name alone stand alone: a room
// that is closed at times, one that is pinned or published.
void PlacingModel::ClassifyRooms() {
  using Kind = std::tuple<SiteId, int32_t, std::vector<std::string>, int>;
  std::set<RoomId> named;
  const bool minds_pins = problem_.rule(RuleId::kPinned).IsHard();
  const bool minds_reference = problem_.rule(RuleId::kStability).IsHard();
  for (const Defence& defence : problem_.defences()) {
    if (minds_pins && defence.pin.room) named.insert(*defence.pin.room);
    if (minds_reference && defence.reference && defence.reference->room)
      named.insert(*defence.reference->room);
  }
  const bool all_alone = problem_.rule(RuleId::kConsecutiveRoom).IsHard();
  std::map<Kind, std::size_t> known;
  ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId id) {
    const Room& room = problem_.room(id);
    bool is_alone = all_alone || named.count(id) > 0;
    ForEachId<DayId>(problem_.DayCount(),
                     [&](DayId day) { is_alone = is_alone || facts_.OfRoomDay(id, day) >= 0; });
    const Kind kind{room.site, room.capacity, room.equipment, is_alone ? static_cast<int>(id) : -1};
    const auto [found, is_new] = known.try_emplace(kind, classes_.size());
    if (is_new) classes_.emplace_back();
    classes_[found->second].push_back(id);
    class_of_.push_back(found->second);
  });
}

// Estimates before anything is built.
void PlacingModel::Prepare(int64_t literals_max) {
  const auto starts = static_cast<int64_t>(facts_.starts().size());
  // To count to k takes k for each; a class that has room for all is not counted.
  const auto counted = [this](std::size_t count) {
    return static_cast<int64_t>(static_cast<int>(count) < problem_.DefenceCount() ? count : 0);
  };
  int64_t rooms = counted(problem_.rooms().size());
  if (!counts_rooms_) {
    rooms = 4 * (static_cast<int64_t>(classes_.size()) + 1) + (classes_.size() > 1 ? rooms : 0);
    for (const std::vector<RoomId>& alike : classes_) rooms += alike.size() > 1 ? counted(alike.size()) : 0;
  }
  is_too_large_ = starts * problem_.DefenceCount() * (6 + 6 * rooms) > literals_max;
}

// Whether any two starts of a day are so far apart that what begins at one has ended before the other, and
// all take the same time.
bool PlacingModel::IsAligned() const {
  if (problem_.DefenceCount() == 0) return true;
  const int32_t duration = problem_.defences().front().duration_minutes;
  if (absl::c_any_of(problem_.defences(), [&](const Defence& d) { return d.duration_minutes != duration; })) {
    return false;
  }
  const GridStart* before = nullptr;
  for (const GridStart& at : facts_.starts()) {
    if (!Fits(at, duration)) continue;
    if (before != nullptr && before->day == at.day &&
        at.start < before->start + duration + problem_.buffer_minutes()) {
      return false;
    }
    before = &at;
  }
  return true;
}

Literal PlacingModel::Unit(PersonId person, const Interval& time) {
  Literal& unit = units_[{person, time.from, time.to}];
  if (unit == 0) {
    unit = sat_.NewVariable(false);
    Literal& frees = frees_[person];
    if (frees == 0) frees = sat_.NewVariable(false);
    sat_.Add({-unit, frees});
  }
  return unit;
}

void PlacingModel::AddStarts(DefenceId id) {
  wanted_.push_back(sat_.NewVariable(true));
  on_extra_day_.push_back(sat_.NewVariable(false));
  starts_.emplace_back();
  for (const GridStart& at : facts_.starts()) {
    if (Fits(at, problem_.defence(id).duration_minutes)) AddStart(id, at);
  }
  AddExtraDayStarts(id);
  std::vector<Literal> some = {-wanted_.back()};
  for (const Start& start : starts_.back()) some.push_back(start.literal);
  sat_.Add(some);
}

void PlacingModel::AddStart(DefenceId id, const GridStart& at) {
  starts_.back().push_back({at, sat_.NewVariable(false), {}});
  Start& start = starts_.back().back();
  const Interval time = problem_.TimeOf(id, at.start);
  for (const int fact : facts_.OfStart(id, at)) {
    const NamedFact& named = facts_.list()[static_cast<std::size_t>(fact)];
    const Literal held = of_fact_[static_cast<std::size_t>(fact)];
    if (named.rule == RuleId::kAvailability) {
      sat_.Add({-start.literal, -held, Unit(*named.person, time)});
    } else {
      sat_.Add({-start.literal, -held});
    }
  }
  if (!counts_rooms_) AddRoomsOf(id, start);
}

void PlacingModel::AddRoomsOf(DefenceId id, Start& start) {
  std::vector<Literal> some = {-start.literal};
  for (const std::vector<RoomId>& alike : classes_) {
    const RoomId room = alike.front();
    const Literal in = sat_.NewVariable(false);
    start.in_room.push_back(in);
    some.push_back(in);
    for (const int fact : facts_.OfRoom(id, room)) sat_.Add({-in, -of_fact_[static_cast<std::size_t>(fact)]});
    // On the extra day every room is open.
    if (Index(start.at.day) == static_cast<std::size_t>(problem_.DayCount())) continue;
    for (const int fact : facts_.OfBoth(id, start.at, room)) {
      sat_.Add({-in, -of_fact_[static_cast<std::size_t>(fact)]});
    }
  }
  const Literal extra = sat_.NewVariable(false);
  start.in_room.push_back(extra);
  some.push_back(extra);
  sat_.Add(some);
  AddExtraRoomOf(id, start);
}

// The extra room is there if it is conceded, or on a day on which it does not hold that there are no more
// rooms than these. It is none that a pin or a publication asks for.
void PlacingModel::AddExtraRoomOf(DefenceId id, const Start& start) {
  const Literal extra = start.in_room.back();
  const bool is_extra_day = Index(start.at.day) == static_cast<std::size_t>(problem_.DayCount());
  std::vector<Literal> absent = {-extra, -no_extra_room_[Index(start.at.day)]};
  if (!is_extra_day) absent.push_back(-of_fact_[static_cast<std::size_t>(facts_.OfRooms(start.at.day))]);
  sat_.Add(absent);
  const int pin = facts_.OfDefence(RuleId::kPinned, id, PinAspect::kRoom);
  if (pin >= 0) sat_.Add({-extra, -of_fact_[static_cast<std::size_t>(pin)]});
  const int stability = facts_.OfDefence(RuleId::kStability, id);
  if (stability < 0) return;
  const Defence& defence = problem_.defence(id);
  const bool moves = defence.reference->start != start.at.start;
  if (moves || absl::c_any_of(defence.attendees, [](const Attendee& a) { return !a.remote; })) {
    sat_.Add({-extra, -of_fact_[static_cast<std::size_t>(stability)]});
  }
}

// On the extra day everything that is known about people and the defence holds: nobody is asked twice.
void PlacingModel::AddExtraDayStarts(DefenceId id) {
  const Defence& defence = problem_.defence(id);
  const bool minds_time = problem_.rule(RuleId::kPinned).IsHard();
  const auto can = [&](const Interval& time) {
    if (minds_time && defence.pin.day) return false;
    const bool keeps_mode = !defence.open_seats.empty() || KeepsPinnedMode(defence);
    if (minds_time && (!keeps_mode || !KeepsPinnedJurors(defence))) return false;
    if (minds_time && defence.pin.time && *defence.pin.time != time.from % kMinutesPerDay) return false;
    if (problem_.rule(RuleId::kStability).IsHard() && defence.reference) return false;
    if (problem_.rule(RuleId::kSchoolWeeks).IsHard() && !defence.allowed.empty() &&
        !AnyContains(defence.allowed, time)) {
      return false;
    }
    return absl::c_none_of(defence.attendees, [&](const Attendee& attendee) {
      const Person& person = problem_.person(attendee.person);
      return (problem_.rule(RuleId::kAvailability).IsHard() && AnyOverlaps(person.blocked, time)) ||
             (problem_.rule(RuleId::kIfNeeded).IsHard() && AnyOverlaps(person.if_needed, time));
    });
  };
  for (const Interval& window : extra_day_) {
    for (Minute start = window.from; problem_.TimeOf(id, start).to <= window.to;
         start += problem_.grid_minutes()) {
      if (!can(problem_.TimeOf(id, start))) continue;
      const GridStart at{start, window.to, static_cast<DayId>(problem_.DayCount())};
      starts_.back().push_back({at, sat_.NewVariable(false), {}});
      sat_.Add({-starts_.back().back().literal, on_extra_day_.back()});
      if (!counts_rooms_) AddRoomsOf(id, starts_.back().back());
    }
  }
}

std::vector<Minute> PlacingModel::PointsOf(DayId day) const {
  std::vector<Minute> points;
  if (Index(day) == static_cast<std::size_t>(problem_.DayCount())) {
    for (const Interval& window : extra_day_) {
      for (Minute start = window.from; start < window.to; start += problem_.grid_minutes()) {
        points.push_back(start);
      }
    }
    return points;
  }
  for (const GridStart& at : facts_.starts()) {
    if (at.day == day) points.push_back(at.start);
  }
  return points;
}

Literal PlacingModel::Covers(DefenceId id, Minute point, Minute gap, int room) {
  const std::tuple key(id, point, gap, room);
  if (const auto found = covers_.find(key); found != covers_.end()) return found->second;
  std::vector<Literal> those;
  for (const Start& start : starts_[Index(id)]) {
    if (start.at.start > point) break;
    if (start.at.start / kMinutesPerDay != point / kMinutesPerDay) continue;
    if (point >= problem_.TimeOf(id, start.at.start).to + gap) continue;
    those.push_back(room < 0 ? start.literal : start.in_room[static_cast<std::size_t>(room)]);
  }
  Literal covers = 0;
  if (those.size() == 1) {
    covers = those.front();
  } else if (!those.empty()) {
    covers = sat_.NewVariable(false);
    for (const Literal literal : those) sat_.Add({-literal, covers});
  }
  covers_[key] = covers;
  return covers;
}

Literal PlacingModel::OnDay(DefenceId id, DayId day) {
  Literal& on_day = on_day_[{id, day}];
  if (on_day == 0) {
    on_day = sat_.NewVariable(false);
    for (const Start& start : starts_[Index(id)]) {
      if (start.at.day == day) sat_.Add({-start.literal, on_day});
    }
  }
  return on_day;
}

void PlacingModel::AddPersons() {
  ForEachId<PersonId>(problem_.PersonCount(), [&](PersonId id) {
    const int clash = facts_.OfPerson(RuleId::kPersonClash, id);
    if (clash < 0 || IsStopped()) return;
    const Literal held = of_fact_[static_cast<std::size_t>(clash)];
    ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
      for (const Minute point : PointsOf(day)) {
        std::vector<Literal> inputs;
        for (const DefenceId defence : problem_.person(id).defences) {
          if (const Literal covers = Covers(defence, point, 0, -1); covers != 0) inputs.push_back(covers);
        }
        sat_.AddAtMost(inputs, 1, held);
      }
    });
    AddTravel(id);
    AddLoads(id);
  });
}

// Two defences on two sites too soon one after the other, if somebody must travel.
void PlacingModel::AddTravel(PersonId id) {
  const Minute travel = problem_.travel_minutes();
  if (travel == 0 || counts_rooms_) return;
  const Literal held = of_fact_[static_cast<std::size_t>(facts_.OfPerson(RuleId::kPersonClash, id))];
  std::map<std::pair<Literal, SiteId>, Literal> on_site;
  const auto at_site = [&](const Start& start, SiteId site) {
    Literal& literal = on_site[{start.literal, site}];
    if (literal != 0) return literal;
    literal = sat_.NewVariable(false);
    for (std::size_t i = 0; i < start.in_room.size(); ++i) {
      const SiteId of_class =
          i < classes_.size() ? problem_.room(classes_[i].front()).site : problem_.rooms().front().site;
      if (of_class == site) sat_.Add({-start.in_room[i], literal});
    }
    return literal;
  };
  std::set<SiteId> sites;
  for (const Room& room : problem_.rooms()) sites.insert(room.site);
  for (const DefenceId a : problem_.person(id).defences) {
    if (IsStopped()) return;
    for (const DefenceId b : problem_.person(id).defences) {
      if (a == b || !IsOnSite(problem_.defence(a), id) || !IsOnSite(problem_.defence(b), id)) continue;
      for (const Start& first : starts_[Index(a)]) {
        const Minute end = problem_.TimeOf(a, first.at.start).to;
        const std::vector<Start>& of_b = starts_[Index(b)];
        auto second = std::lower_bound(of_b.begin(), of_b.end(), end, [](const Start& start, Minute minute) {
          return start.at.start < minute;
        });
        for (; second != of_b.end() && second->at.start < end + travel; ++second) {
          if (second->at.day != first.at.day) continue;
          for (const SiteId from : sites) {
            for (const SiteId to : sites) {
              if (from != to) sat_.Add({-at_site(first, from), -at_site(*second, to), -held});
            }
          }
        }
      }
    }
  }
}

void PlacingModel::AddRoleLimit(PersonId id, const RoleLimit& limit) {
  const int fact = facts_.OfRole(id, limit.role);
  if (fact < 0) return;
  const Literal held = of_fact_[static_cast<std::size_t>(fact)];
  const std::vector<DefenceId> defences = DefencesInRole(problem_, id, limit.role);
  if (limit.max_total > 0) {
    std::vector<Literal> inputs;
    for (const DefenceId defence : defences) inputs.push_back(wanted_[Index(defence)]);
    sat_.AddAtMost(inputs, limit.max_total, held);
  }
  if (limit.max_per_day == 0) return;
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    std::vector<Literal> inputs;
    for (const DefenceId defence : defences) inputs.push_back(OnDay(defence, day));
    sat_.AddAtMost(inputs, limit.max_per_day, held);
  });
}

void PlacingModel::AddLoads(PersonId id) {
  const Person& person = problem_.person(id);
  const auto held = [&](RuleId rule) {
    const int fact = facts_.OfPerson(rule, id);
    return fact < 0 ? 0 : of_fact_[static_cast<std::size_t>(fact)];
  };
  if (const Literal total = held(RuleId::kPersonCampaignLoad); total != 0) {
    std::vector<Literal> inputs;
    for (const DefenceId defence : person.defences) inputs.push_back(wanted_[Index(defence)]);
    sat_.AddAtMost(inputs, person.max_total, total);
  }
  for (const RoleLimit& limit : person.role_limits) AddRoleLimit(id, limit);
  std::vector<Literal> days;
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    if (const Literal load = held(RuleId::kPersonDayLoad); load != 0) {
      std::vector<Literal> inputs;
      for (const DefenceId defence : person.defences) inputs.push_back(OnDay(defence, day));
      sat_.AddAtMost(inputs, person.max_per_day, load);
    }
    if (held(RuleId::kPersonDays) != 0) {
      days.push_back(sat_.NewVariable(false));
      for (const DefenceId defence : person.defences) sat_.Add({-OnDay(defence, day), days.back()});
    }
    const Literal one_room = held(RuleId::kConsecutiveRoom);
    if (one_room == 0) return;
    std::vector<Literal> rooms;
    for (std::size_t room = 0; room <= classes_.size(); ++room) {  // each alone in its class
      rooms.push_back(sat_.NewVariable(false));
      for (const DefenceId defence : person.defences) {
        if (!IsOnSite(problem_.defence(defence), id)) continue;
        for (const Start& start : starts_[Index(defence)]) {
          if (start.at.day == day) sat_.Add({-start.in_room[room], rooms.back()});
        }
      }
    }
    sat_.AddAtMost(rooms, 1, one_room);
  });
  if (const Literal few_days = held(RuleId::kPersonDays); few_days != 0) {
    sat_.AddAtMost(days, static_cast<int>(problem_.rule(RuleId::kPersonDays).parameter), few_days);
  }
}

// A closed room is one that is in use; so is the extra one, unless it is there.
void PlacingModel::AddCountedRooms() {
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    const bool is_extra = Index(day) == static_cast<std::size_t>(problem_.DayCount());
    const Literal held = is_extra ? 0 : of_fact_[static_cast<std::size_t>(facts_.OfRooms(day))];
    for (const Minute point : PointsOf(day)) {
      if (IsStopped()) return;
      std::vector<Literal> inputs = {no_extra_room_[Index(day)]};
      ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId room) {
        const int closed = is_extra ? -1 : facts_.OfRoomDay(room, day);
        if (closed < 0 || problem_.DefenceCount() == 0) return;
        const Interval time{point, point + problem_.defences().front().duration_minutes};
        if (!AnyContains(problem_.room(room).open, time)) {
          inputs.push_back(of_fact_[static_cast<std::size_t>(closed)]);
        }
      });
      ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
        const Literal covers = Covers(id, point, problem_.buffer_minutes(), -1);
        if (covers != 0) inputs.push_back(covers);
      });
      sat_.AddAtMost(inputs, problem_.RoomCount() + 1, held);
    }
  });
}

void PlacingModel::AddEachRoom() {
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    const bool is_extra = Index(day) == static_cast<std::size_t>(problem_.DayCount());
    const Literal held = is_extra ? 0 : of_fact_[static_cast<std::size_t>(facts_.OfRooms(day))];
    for (const Minute point : PointsOf(day)) {
      if (IsStopped()) return;
      std::vector<Literal> all = {no_extra_room_[Index(day)]};
      ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
        const Literal covers = Covers(id, point, problem_.buffer_minutes(), -1);
        if (covers != 0) all.push_back(covers);
      });
      // Follows from the others, but quicker seen.
      if (classes_.size() > 1) sat_.AddAtMost(all, problem_.RoomCount() + 1, held);
      for (std::size_t room = 0; room <= classes_.size(); ++room) {
        std::vector<Literal> inputs;
        ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
          const Literal covers = Covers(id, point, problem_.buffer_minutes(), static_cast<int>(room));
          if (covers != 0) inputs.push_back(covers);
        });
        sat_.AddAtMost(inputs, room < classes_.size() ? static_cast<int>(classes_[room].size()) : 1, held);
      }
    }
  });
}

void PlacingModel::PreferTimetable(const Timetable& timetable) {
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    const std::optional<Placement>& now = timetable.PlacementOf(id);
    if (!now) return;
    for (const Start& start : starts_[Index(id)]) {
      if (start.at.start != now->start) continue;
      sat_.Prefer(start.literal);
      if (!start.in_room.empty()) sat_.Prefer(start.in_room[class_of_[Index(now->room)]]);
    }
  });
}

std::vector<Literal> PlacingModel::Assumed(const std::vector<bool>& wanted, const std::vector<bool>& held,
                                           const Concessions& concessions) const {
  std::vector<Literal> assumed;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i]) assumed.push_back(of_fact_[i]);
  }
  for (std::size_t i = 0; i < no_extra_room_.size(); ++i) {
    const bool is_there = absl::c_linear_search(concessions.extra_rooms, static_cast<DayId>(i));
    if (!is_there) assumed.push_back(no_extra_room_[i]);
  }
  for (std::size_t i = 0; i < on_extra_day_.size(); ++i) {
    const bool may = concessions.extra_day &&
                     (!concessions.extra_day_only_for || Index(*concessions.extra_day_only_for) == i);
    if (!may) assumed.push_back(-on_extra_day_[i]);
  }
  const auto frees_something = [&](PersonId person) {
    if (!concessions.only_these) {
      return concessions.people_max > 0 && !absl::c_linear_search(concessions.not_these, person);
    }
    return absl::c_any_of(*concessions.only_these,
                          [person](const FreedTime& freed) { return freed.person == person; });
  };
  for (const auto& [person, literal] : frees_) {
    if (!frees_something(person)) assumed.push_back(-literal);
  }
  if (concessions.only_these) {
    for (const auto& [unit, literal] : units_) {
      const auto& [person, from, to] = unit;
      if (!frees_something(person)) continue;
      const FreedTime freed{person, {from, to}};
      const bool is_covered = absl::c_any_of(*concessions.only_these, [&](const FreedTime& one) {
        return one.person == freed.person && one.time.Contains(freed.time);
      });
      if (!is_covered) assumed.push_back(-literal);
    }
  } else if (static_cast<std::size_t>(concessions.people_max) < more_people_than_.size()) {
    assumed.push_back(-more_people_than_[static_cast<std::size_t>(concessions.people_max)]);
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) assumed.push_back(wanted_[i]);
  }
  return assumed;
}

Answer PlacingModel::Solve(const std::vector<bool>& wanted, const std::vector<bool>& held,
                           const Concessions& concessions, int64_t conflicts,
                           const std::function<bool()>& should_stop) {
  return sat_.Solve(Assumed(wanted, held, concessions), conflicts, should_stop);
}

std::vector<int> PlacingModel::Core(const std::vector<bool>& held) const {
  std::vector<int> core;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i] && sat_.IsInCore(of_fact_[i])) core.push_back(static_cast<int>(i));
  }
  return core;
}

PlacingModel::Answered PlacingModel::Read(const std::vector<bool>& wanted, const std::vector<bool>& held,
                                          const Concessions& concessions) const {
  Answered answered;
  answered.placements.resize(wanted.size());
  std::vector<std::size_t> class_of(wanted.size(), classes_.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i]) continue;
    const auto id = static_cast<DefenceId>(i);
    for (const Start& start : starts_[i]) {
      if (!sat_.IsTrue(start.literal)) continue;
      answered.placed.emplace_back(id, start.at);
      if (Index(start.at.day) == static_cast<std::size_t>(problem_.DayCount())) {
        answered.on_extra_day.push_back(id);
      } else {
        for (const int fact : facts_.OfStart(id, start.at)) {
          const NamedFact& named = facts_.list()[static_cast<std::size_t>(fact)];
          if (!held[static_cast<std::size_t>(fact)] || named.rule != RuleId::kAvailability) continue;
          answered.freed.push_back({*named.person, problem_.TimeOf(id, start.at.start)});
        }
      }
      for (std::size_t room = 0; room < start.in_room.size(); ++room) {
        if (!sat_.IsTrue(start.in_room[room])) continue;
        answered.placements[i] = Placement{start.at.start, static_cast<RoomId>(problem_.RoomCount())};
        class_of[i] = room;
        break;
      }
      break;
    }
  }
  answered.is_whole =
      counts_rooms_ ? ShareRooms(answered, held, concessions) : ShareClasses(answered, class_of);
  return answered;
}

bool PlacingModel::ShareClasses(Answered& answered, const std::vector<std::size_t>& class_of) const {
  std::vector<std::pair<DefenceId, GridStart>> order = answered.placed;
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.start, a.first) < std::pair(b.second.start, b.first);
  });
  std::vector<Minute> free_from(problem_.rooms().size(), 0);
  Minute date = -1;
  for (const auto& [id, at] : order) {
    const std::size_t alike = class_of[Index(id)];
    if (alike >= classes_.size()) continue;  // in the extra room
    const Interval time = problem_.TimeOf(id, at.start);
    if (date != time.from / kMinutesPerDay) {
      date = time.from / kMinutesPerDay;
      std::fill(free_from.begin(), free_from.end(), 0);  // no buffer over midnight
    }
    const auto free =
        absl::c_find_if(classes_[alike], [&](RoomId r) { return free_from[Index(r)] <= time.from; });
    if (free == classes_[alike].end()) return false;
    free_from[Index(*free)] = time.to + problem_.buffer_minutes();
    answered.placements[Index(id)]->room = *free;
  }
  return true;
}

// Each takes the first room that is free by then: enough, because it was counted that there is one.
bool PlacingModel::ShareRooms(Answered& answered, const std::vector<bool>& held,
                              const Concessions& concessions) const {
  std::vector<std::pair<DefenceId, GridStart>> order = answered.placed;
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.start, a.first) < std::pair(b.second.start, b.first);
  });
  const auto rooms = static_cast<std::size_t>(problem_.RoomCount());
  std::vector<Minute> free_from(rooms + 1, 0);
  Minute date = -1;
  for (const auto& [id, at] : order) {
    const Interval time = problem_.TimeOf(id, at.start);
    if (date != time.from / kMinutesPerDay) {
      date = time.from / kMinutesPerDay;
      std::fill(free_from.begin(), free_from.end(), 0);  // no buffer over midnight
    }
    const bool is_extra_day = Index(at.day) == static_cast<std::size_t>(problem_.DayCount());
    bool found = false;
    for (std::size_t room = 0; room <= rooms && !found; ++room) {
      if (free_from[room] > time.from) continue;
      if (room == rooms) {
        if (!absl::c_linear_search(concessions.extra_rooms, at.day)) continue;
      } else if (!is_extra_day) {
        const int closed = facts_.OfRoomDay(static_cast<RoomId>(room), at.day);
        if (closed >= 0 && held[static_cast<std::size_t>(closed)] &&
            !AnyContains(problem_.rooms()[room].open, time)) {
          continue;
        }
      }
      free_from[room] = time.to + problem_.buffer_minutes();
      answered.placements[Index(id)] = Placement{at.start, static_cast<RoomId>(room)};
      found = true;
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
