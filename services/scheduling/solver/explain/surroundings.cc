#include "services/scheduling/solver/explain/surroundings.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/intervals.h"
#include "services/scheduling/solver/explain/repair.h"

namespace soutenance::scheduling::solver {
namespace {

// More than these would take too long to look at.
constexpr std::size_t kNearMax = 50;

// Never: what is open at no time at all would be open always.
const Interval kNever{0, 1};

void MakeHard(RuleId rule, ProblemSpec& spec) {
  const std::string name(LineOf(rule).name);
  std::erase_if(spec.rules, [&](const RuleSetting& setting) { return setting.rule == name; });
  spec.rules.push_back({.rule = name, .level = RuleLevel::kHard});
}

}  // namespace

Surroundings::Surroundings(const Timetable& whole, const PartMaker& parts,
                           const std::vector<DefenceId>& centre)
    : whole_(whole), large_(whole.problem()), hours_(large_.spec().opening) {
  absl::c_copy(ExtraDayOf(large_), std::back_inserter(hours_));
  has_sites_ = absl::c_any_of(large_.rooms(),
                              [&](const Room& room) { return room.site != large_.rooms().front().site; });
  AddNear(centre);
  ProblemSpec spec = parts.SpecOf(near_);
  for (DefenceSpec& defence : spec.defences) {
    defence.allowed = TimesOf(*large_.FindDefence(defence.key));
    if (defence.allowed.empty()) defence.allowed = {kNever};
  }
  std::vector<RoomSpec> rooms;
  for (RoomSpec& room : spec.rooms) {
    const RoomId id = *large_.FindRoom(room.key);
    // An extra room is on the site of the first one.
    if (!rooms.empty() && !IsUseful(id) && !IsAddedRoom(room.key)) continue;
    room.open = TimesOf(id);
    rooms.push_back(std::move(room));
  }
  spec.rooms = std::move(rooms);
  MakeHard(RuleId::kSchoolWeeks, spec);
  MakeHard(RuleId::kRoomOpening, spec);
  absl::StatusOr<Problem> problem = Problem::Create(std::move(spec));
  if (!problem.ok()) return;
  problem_.emplace(*std::move(problem));
  timetable_.emplace(PartOf(whole_, *problem_));
}

void Surroundings::AddNear(const std::vector<DefenceId>& centre) {
  near_.insert(centre.begin(), centre.end());
  std::set<PersonId> people;
  for (const DefenceId id : centre) {
    for (const Attendee& attendee : large_.defence(id).attendees) people.insert(attendee.person);
  }
  // One of each in turn, so that everybody's count.
  bool has_more = true;
  for (std::size_t i = 0; has_more; ++i) {
    has_more = false;
    for (const PersonId person : people) {
      const std::vector<DefenceId>& defences = large_.person(person).defences;
      if (i >= defences.size()) continue;
      if (near_.size() >= kNearMax) return;
      near_.insert(defences[i]);
      has_more = true;
    }
  }
}

std::vector<Interval> Surroundings::TimesOf(DefenceId id) const {
  const Defence& defence = large_.defence(id);
  std::vector<Interval> times = hours_;
  if (large_.rule(RuleId::kSchoolWeeks).IsHard() && !defence.allowed.empty()) {
    times = Intersection(times, defence.allowed);
  }
  std::vector<Interval> busy;
  for (const Attendee& attendee : defence.attendees) AddBusyTimes(id, attendee, busy);
  times = Without(times, Normalised(std::move(busy)));
  // Where it is, it may stay.
  if (const std::optional<Placement>& now = whole_.PlacementOf(id)) {
    times.push_back(large_.TimeOf(id, now->start));
  }
  return Normalised(std::move(times));
}

void Surroundings::AddBusyTimes(DefenceId id, const Attendee& attendee, std::vector<Interval>& busy) const {
  const Person& person = large_.person(attendee.person);
  const bool has_limit = person.max_per_day > 0 && large_.rule(RuleId::kPersonDayLoad).IsHard();
  const std::optional<Placement>& now = whole_.PlacementOf(id);
  for (std::size_t i = 0; i < large_.days().size(); ++i) {
    const auto day = static_cast<DayId>(i);
    const absl::Span<const Placed> placed = whole_.PersonDay(attendee.person, day);
    for (const Placed& other : placed) {
      if (near_.count(other.defence) > 0) continue;
      // Which room it will be in is not known yet.
      const Minute travel =
          has_sites_ && !attendee.remote && !other.remote ? large_.travel_minutes() : Minute{0};
      busy.push_back({std::max<Minute>(0, other.start - travel), other.end + travel});
    }
    const bool is_full = has_limit && static_cast<int32_t>(placed.size()) >= person.max_per_day;
    const bool stays = absl::c_any_of(placed, [&](const Placed& p) { return near_.count(p.defence) == 0; });
    const bool is_there = now && large_.DayOf(now->start) == day;
    if (!is_full || !stays || is_there) continue;
    for (const Interval& window : large_.day(day).opening) busy.push_back(window);
  }
}

std::vector<Interval> Surroundings::TimesOf(RoomId id) const {
  const Room& room = large_.room(id);
  std::vector<Interval> times = hours_;
  if (large_.rule(RuleId::kRoomOpening).IsHard()) {
    times = Intersection(hours_, room.open);
    absl::c_copy(ExtraDayOf(large_), std::back_inserter(times));
  }
  std::vector<Interval> taken;
  ForEachId<DayId>(large_.DayCount(), [&](DayId day) {
    for (const Placed& placed : whole_.RoomDay(id, day)) {
      if (near_.count(placed.defence) > 0) continue;
      taken.push_back({std::max<Minute>(0, placed.start - large_.buffer_minutes()),
                       placed.end + large_.buffer_minutes()});
    }
  });
  return Without(Normalised(std::move(times)), Normalised(std::move(taken)));
}

bool Surroundings::IsUseful(RoomId id) const {
  return absl::c_any_of(near_, [&](DefenceId defence) {
    const std::optional<Placement>& now = whole_.PlacementOf(defence);
    const Defence& facts = large_.defence(defence);
    return (now && now->room == id) || facts.pin.room == id ||
           (facts.reference && facts.reference->room == id) || CanBeIn(large_, facts, id);
  });
}

}  // namespace soutenance::scheduling::solver
