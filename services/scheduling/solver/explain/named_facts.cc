#include "services/scheduling/solver/explain/named_facts.h"

#include <algorithm>

#include "absl/algorithm/container.h"

namespace soutenance::scheduling::solver {
namespace {

bool HasEquipment(const Room& room, const Defence& defence) {
  return std::includes(room.equipment.begin(), room.equipment.end(), defence.equipment.begin(),
                       defence.equipment.end());
}

// What is looked at by name below, or taken for granted.
bool IsKnown(RuleId rule) {
  switch (rule) {
    case RuleId::kRoomClash:
    case RuleId::kPersonClash:
    case RuleId::kPinned:
    case RuleId::kOpeningHours:
    case RuleId::kAvailability:
    case RuleId::kSchoolWeeks:
    case RuleId::kRoomOpening:
    case RuleId::kRoomCapacity:
    case RuleId::kRoomEquipment:
    case RuleId::kPersonDayLoad:
    case RuleId::kPersonCampaignLoad:
    case RuleId::kUnplaced:
    case RuleId::kStability:
    case RuleId::kIfNeeded:
    case RuleId::kPersonDays:
    case RuleId::kRoleLimit:
    case RuleId::kConsecutiveRoom:
    case RuleId::kNotice:
    case RuleId::kOneSeat:  // minds open seats only, of which nothing is known here
      return true;
    default:
      return false;
  }
}

}  // namespace

bool KnowsAllHardRules(const Problem& problem, const RuleSet& rules) {
  return !problem.HasOpenSeats() && absl::c_all_of(rules.entries(), [](const RuleSet::Entry& entry) {
    return !entry.rule.IsHard() || IsKnown(entry.rule.id);
  });
}

std::vector<DefenceId> DefencesInRole(const Problem& problem, PersonId person, RoleId role) {
  std::vector<DefenceId> defences;
  for (const DefenceId id : problem.person(person).defences) {
    if (absl::c_any_of(problem.defence(id).seats,
                       [&](const Seat& seat) { return seat.person == person && seat.role_id == role; })) {
      defences.push_back(id);
    }
  }
  return defences;
}

NamedFacts::NamedFacts(const Problem& problem, const RuleSet& rules, const std::function<bool()>& should_stop,
                       bool minds_rooms)
    : problem_(problem), minds_rooms_(minds_rooms), constraints_(Rulebook().size(), nullptr) {
  for (const RuleSet::Entry& entry : rules.entries()) {
    constraints_[static_cast<std::size_t>(entry.rule.id)] = entry.constraint.get();
  }
  is_complete_ = KnowsAllHardRules(problem, rules);
  ForEachId<DayId>(problem.DayCount(), [&](DayId id) {
    for (const Interval& window : problem.day(id).opening) {
      for (Minute start = window.from; start < window.to; start += problem.grid_minutes()) {
        starts_.push_back({start, window.to, id});
      }
    }
  });
  AddPersons(should_stop);
  if (minds_rooms_) AddRooms();
  AddDefences(should_stop);
}

int NamedFacts::Find(RuleId rule, int a, int b) const {
  const auto found = numbers_.find({rule, a, b});
  return found == numbers_.end() ? -1 : found->second;
}

void NamedFacts::Add(const NamedFact& fact, int a, int b) {
  numbers_[{fact.rule, a, b}] = count();
  list_.push_back(fact);
}

void NamedFacts::AddPersons(const std::function<bool()>& should_stop) {
  const auto is_hard = [&](RuleId rule) { return problem_.rule(rule).IsHard(); };
  ForEachId<PersonId>(problem_.PersonCount(), [&](PersonId id) {
    const Person& person = problem_.person(id);
    if (person.defences.empty() || IsStopped(should_stop)) return;
    const auto own = [&](RuleId rule) {
      Add({.rule = rule, .person = id, .room = {}, .defence = {}, .day = {}}, static_cast<int>(id), -1);
    };
    ForEachId<DayId>(problem_.DayCount(), [&](DayId day) {
      const auto add = [&](RuleId rule, const std::vector<Interval>& times) {
        if (!is_hard(rule) || Intersection(problem_.day(day).opening, times).empty()) return;
        Add({.rule = rule, .person = id, .room = {}, .defence = {}, .day = day}, static_cast<int>(id),
            static_cast<int>(day));
      };
      add(RuleId::kAvailability, person.blocked);
      add(RuleId::kIfNeeded, person.if_needed);
    });
    const auto count = static_cast<int32_t>(person.defences.size());
    if (count > 1) own(RuleId::kPersonClash);
    if (is_hard(RuleId::kPersonDayLoad) && person.max_per_day > 0 && count > person.max_per_day) {
      own(RuleId::kPersonDayLoad);
    }
    if (is_hard(RuleId::kPersonCampaignLoad) && person.max_total > 0 && count > person.max_total) {
      own(RuleId::kPersonCampaignLoad);
    }
    if (is_hard(RuleId::kPersonDays) && count > problem_.rule(RuleId::kPersonDays).parameter) {
      own(RuleId::kPersonDays);
    }
    if (minds_rooms_ && is_hard(RuleId::kConsecutiveRoom) && count > 1) own(RuleId::kConsecutiveRoom);
    if (is_hard(RuleId::kRoleLimit)) AddRoleLimits(id);
  });
  if (minds_rooms_ && is_hard(RuleId::kConsecutiveRoom)) has_room_demands_ = true;
}

void NamedFacts::AddRoleLimits(PersonId id) {
  for (const RoleLimit& limit : problem_.person(id).role_limits) {
    const auto count = static_cast<int32_t>(DefencesInRole(problem_, id, limit.role).size());
    const auto limits = [count](int32_t most) { return most > 0 && count > most; };
    if (!limits(limit.max_per_day) && !limits(limit.max_total)) continue;
    NamedFact fact{.rule = RuleId::kRoleLimit, .person = id, .room = {}, .defence = {}, .day = {}};
    fact.role = limit.role;
    Add(fact, static_cast<int>(id), static_cast<int>(limit.role));
  }
}

void NamedFacts::AddRooms() {
  ForEachId<DayId>(problem_.DayCount(), [&](DayId day) {
    Add({.rule = RuleId::kRoomClash, .person = {}, .room = {}, .defence = {}, .day = day}, -1,
        static_cast<int>(day));
  });
  if (!problem_.rule(RuleId::kRoomOpening).IsHard()) return;
  ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId id) {
    ForEachId<DayId>(problem_.DayCount(), [&](DayId day) {
      const bool is_open = absl::c_all_of(problem_.day(day).opening, [&](const Interval& window) {
        return AnyContains(problem_.room(id).open, window);
      });
      if (is_open) return;
      has_closures_ = true;
      Add({.rule = RuleId::kRoomOpening, .person = {}, .room = id, .defence = {}, .day = day},
          static_cast<int>(id), static_cast<int>(day));
    });
  });
}

void NamedFacts::AddDefences(const std::function<bool()>& should_stop) {
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    if (!IsStopped(should_stop)) AddOfDefence(id);
  });
  const bool travels = minds_rooms_ && problem_.travel_minutes() > 0 &&
                       absl::c_any_of(problem_.rooms(), [&](const Room& room) {
                         return room.site != problem_.rooms().front().site;
                       });
  if (travels) has_room_demands_ = true;
}

void NamedFacts::AddOfDefence(DefenceId id) {
  const Defence& defence = problem_.defence(id);
  const auto add = [&](RuleId rule, PinAspect aspect = PinAspect::kNone) {
    Add({.rule = rule, .person = {}, .room = {}, .defence = id, .day = {}, .aspect = aspect},
        static_cast<int>(id), static_cast<int>(aspect));
  };
  const auto is_hard = [&](RuleId rule) { return problem_.rule(rule).IsHard(); };
  if (is_hard(RuleId::kSchoolWeeks) && !defence.allowed.empty()) add(RuleId::kSchoolWeeks);
  if (is_hard(RuleId::kPinned)) {
    if (defence.pin.day) add(RuleId::kPinned, PinAspect::kDay);
    if (defence.pin.time) add(RuleId::kPinned, PinAspect::kTime);
    if (defence.pin.room && minds_rooms_) {
      add(RuleId::kPinned, PinAspect::kRoom);
      has_room_demands_ = true;
    }
  }
  // Who attends is a fact: these forbid everything if they forbid anything.
  if (is_hard(RuleId::kPinned) && !KeepsPinnedJurors(defence)) add(RuleId::kPinned, PinAspect::kJurors);
  if (is_hard(RuleId::kPinned) && defence.open_seats.empty() && !KeepsPinnedMode(defence)) {
    add(RuleId::kPinned, PinAspect::kMode);
  }
  if (is_hard(RuleId::kNotice) && problem_.now()) add(RuleId::kNotice);
  if (!minds_rooms_) return;
  const auto some_room = [&](auto lacks) { return absl::c_any_of(problem_.rooms(), lacks); };
  if (is_hard(RuleId::kRoomCapacity) &&
      some_room([&](const Room& room) { return room.capacity < defence.capacity; })) {
    add(RuleId::kRoomCapacity);
    has_room_demands_ = true;
  }
  if (is_hard(RuleId::kRoomEquipment) &&
      some_room([&](const Room& room) { return !HasEquipment(room, defence); })) {
    add(RuleId::kRoomEquipment);
    has_room_demands_ = true;
  }
  if (is_hard(RuleId::kStability) && defence.reference) {
    add(RuleId::kStability);
    has_room_demands_ = true;
  }
}

std::vector<int> NamedFacts::OfStart(DefenceId id, const GridStart& start) const {
  std::vector<int> facts;
  const Defence& defence = problem_.defence(id);
  const Interval time = problem_.TimeOf(id, start.start);
  for (const Attendee& attendee : defence.attendees) {
    const Person& person = problem_.person(attendee.person);
    const int availability = OfPersonDay(RuleId::kAvailability, attendee.person, start.day);
    if (availability >= 0 && AnyOverlaps(person.blocked, time)) facts.push_back(availability);
    const int if_needed = OfPersonDay(RuleId::kIfNeeded, attendee.person, start.day);
    if (if_needed >= 0 && AnyOverlaps(person.if_needed, time)) facts.push_back(if_needed);
  }
  const int weeks = OfDefence(RuleId::kSchoolWeeks, id);
  if (weeks >= 0 && Ask(RuleId::kSchoolWeeks).PenaltyOfStart(problem_, id, start.start) > 0) {
    facts.push_back(weeks);
  }
  const int day = OfDefence(RuleId::kPinned, id, PinAspect::kDay);
  if (day >= 0 && *defence.pin.day != start.start / kMinutesPerDay) facts.push_back(day);
  const int time_of_day = OfDefence(RuleId::kPinned, id, PinAspect::kTime);
  if (time_of_day >= 0 && *defence.pin.time != start.start % kMinutesPerDay) facts.push_back(time_of_day);
  for (const PinAspect aspect : {PinAspect::kJurors, PinAspect::kMode}) {
    if (const int pin = OfDefence(RuleId::kPinned, id, aspect); pin >= 0) facts.push_back(pin);
  }
  const int notice = OfDefence(RuleId::kNotice, id);
  if (notice >= 0 && Ask(RuleId::kNotice).PenaltyOfStart(problem_, id, start.start) > 0) {
    facts.push_back(notice);
  }
  return facts;
}

std::vector<int> NamedFacts::OfRoom(DefenceId id, RoomId room) const {
  std::vector<int> facts;
  const Defence& defence = problem_.defence(id);
  const int pin = OfDefence(RuleId::kPinned, id, PinAspect::kRoom);
  if (pin >= 0 && *defence.pin.room != room) facts.push_back(pin);
  for (const RuleId rule : {RuleId::kRoomCapacity, RuleId::kRoomEquipment}) {
    const int fact = OfDefence(rule, id);
    if (fact >= 0 && Ask(rule).PenaltyOfRoom(problem_, id, room) > 0) facts.push_back(fact);
  }
  return facts;
}

std::vector<int> NamedFacts::OfBoth(DefenceId id, const GridStart& start, RoomId room) const {
  std::vector<int> facts;
  const int closed = OfRoomDay(room, start.day);
  if (closed >= 0 && !AnyContains(problem_.room(room).open, problem_.TimeOf(id, start.start))) {
    facts.push_back(closed);
  }
  const int stability = OfDefence(RuleId::kStability, id);
  if (stability >= 0 && Ask(RuleId::kStability).PenaltyOfBoth(problem_, id, {start.start, room}) > 0) {
    facts.push_back(stability);
  }
  return facts;
}

}  // namespace soutenance::scheduling::solver
