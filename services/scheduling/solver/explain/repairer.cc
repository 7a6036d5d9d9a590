#include "services/scheduling/solver/explain/repairer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"

namespace soutenance::scheduling::solver {
namespace {

// The most people who are asked at once, and how many different groups of them are told.
constexpr int kPeopleMax = 3;
constexpr std::size_t kGroupsMax = 3;
constexpr std::size_t kRoomDaysMax = 2;

std::vector<PersonId> PeopleOf(const std::vector<FreedTime>& freed) {
  std::set<PersonId> people;
  for (const FreedTime& one : freed) people.insert(one.person);
  return {people.begin(), people.end()};
}

// What `steps` change, as a concession. Nothing if they are of another problem.
std::optional<Concessions> ConcessionsOf(const Problem& problem, const std::vector<RepairStep>& steps) {
  Concessions concessions;
  concessions.only_these.emplace();
  for (const RepairStep& step : steps) {
    switch (step.kind) {
      case RepairStep::Kind::kPersonFrees:
        if (!step.person) return std::nullopt;
        concessions.only_these->push_back({*step.person, step.time});
        break;
      case RepairStep::Kind::kExtraRoom: {
        const std::optional<DayId> day = problem.DayOf(step.time.from);
        if (!day) return std::nullopt;
        concessions.extra_rooms.push_back(*day);
        break;
      }
      case RepairStep::Kind::kExtraDay:
        concessions.extra_day = true;
        break;
    }
  }
  return concessions;
}

}  // namespace

Explainer::Repairer::Repairer(State& state, DefenceId defence, std::vector<bool> wanted)
    : state_(state), defence_(defence), wanted_(std::move(wanted)), held_(state.AllFacts()) {}

std::vector<Explainer::Repairer::Found> Explainer::Repairer::Find() {
  if (state_.IsLarge()) return {};
  // If nothing needs to change, or only what the model does not know of, no change is a repair.
  if (AddNothing()) return std::move(found_);
  AddRooms();
  AddPeople(Concessions());
  AddDay();
  if (found_.empty()) {
    Concessions all;
    ForEachId<DayId>(state_.problem.DayCount(), [&](DayId day) { all.extra_rooms.push_back(day); });
    all.extra_day = true;
    AddPeople(all);
  }
  absl::c_stable_sort(found_, [](const Found& a, const Found& b) { return IsLighter(a.repair, b.repair); });
  if (static_cast<int>(found_.size()) > state_.budget.repairs_max) {
    found_.resize(static_cast<std::size_t>(state_.budget.repairs_max));
  }
  return std::move(found_);
}

std::optional<Placements> Explainer::Repairer::Apply(const std::vector<RepairStep>& steps) {
  const std::optional<Concessions> concessions = ConcessionsOf(state_.problem, steps);
  if (!concessions || state_.IsLarge()) return std::nullopt;
  const std::optional<Answered> answered = Ask(wanted_, *concessions, state_.budget.conflicts);
  if (!answered || !answered->is_whole) return std::nullopt;
  return Proven(steps, answered->placements, wanted_);
}

std::optional<PlacingModel::Answered> Explainer::Repairer::Ask(const std::vector<bool>& wanted,
                                                               const Concessions& concessions,
                                                               int64_t conflicts) {
  if (state_.IsStopped()) return std::nullopt;
  const Answer answer =
      state_.model().Solve(wanted, held_, concessions, conflicts, state_.budget.should_stop);
  if (answer != Answer::kYes) return std::nullopt;
  return state_.model().Read(wanted, held_, concessions);
}
bool Explainer::Repairer::AddNothing() {
  Concessions none;
  none.only_these.emplace();
  if (!Ask(none)) return false;
  if (std::optional<Found> found = Prove(none)) found_.push_back(std::move(*found));
  return true;
}

std::optional<Explainer::Repairer::Found> Explainer::Repairer::Nothing() {
  Concessions none;
  none.only_these.emplace();
  return state_.IsLarge() ? std::nullopt : Prove(none);
}

void Explainer::Repairer::AddRooms() {
  std::vector<Found> rooms;
  ForEachId<DayId>(state_.problem.DayCount(), [&](DayId day) {
    Concessions concessions;
    concessions.extra_rooms = {day};
    concessions.only_these.emplace();
    if (!Ask(concessions)) return;
    if (std::optional<Found> found = Prove(concessions)) rooms.push_back(std::move(*found));
  });
  absl::c_stable_sort(
      rooms, [](const Found& a, const Found& b) { return a.repair.more.size() > b.repair.more.size(); });
  if (rooms.size() > kRoomDaysMax) rooms.resize(kRoomDaysMax);
  absl::c_move(rooms, std::back_inserter(found_));
}

void Explainer::Repairer::AddPeople(Concessions concessions) {
  const std::size_t before = found_.size();
  const int first = concessions.extra_day ? 0 : 1;
  for (int people = first; people <= kPeopleMax && found_.size() == before; ++people) {
    concessions.people_max = people;
    concessions.not_these.clear();
    for (std::size_t i = 0; i < kGroupsMax; ++i) {
      const std::optional<Answered> answered = Ask(concessions);
      if (!answered) break;
      if (std::optional<Found> found = Prove(Fewest(concessions, *answered))) {
        found_.push_back(std::move(*found));
      }
      const std::vector<PersonId> asked = PeopleOf(answered->freed);
      if (asked.empty()) break;
      concessions.not_these.insert(concessions.not_these.end(), asked.begin(), asked.end());
    }
  }
}

void Explainer::Repairer::AddDay() {
  Concessions concessions;
  concessions.only_these.emplace();
  concessions.extra_day = true;
  concessions.extra_day_only_for = defence_;
  if (!Ask(concessions)) {
    concessions.extra_day_only_for.reset();
    if (!Ask(concessions)) return;
  }
  concessions.extra_day_only_for.reset();
  if (std::optional<Found> found = Prove(concessions)) found_.push_back(std::move(*found));
}

// The same with only those times that `answered` needs, less each that can be left out; so for the day and
// the rooms.
Concessions Explainer::Repairer::Fewest(const Concessions& concessions, const Answered& answered) {
  Concessions fewest = concessions;
  fewest.only_these = answered.freed;
  fewest.not_these.clear();
  const auto keep_if_enough = [&](const Concessions& fewer) {
    if (!Ask(fewer)) return false;
    fewest = fewer;
    return true;
  };
  if (fewest.extra_day) {
    Concessions fewer = fewest;
    fewer.extra_day = false;
    keep_if_enough(fewer);
  }
  for (const DayId day : concessions.extra_rooms) {
    Concessions fewer = fewest;
    std::erase(fewer.extra_rooms, day);
    keep_if_enough(fewer);
  }
  for (const FreedTime& freed : answered.freed) {
    Concessions fewer = fewest;
    std::erase(*fewer.only_these, freed);
    keep_if_enough(fewer);
  }
  return fewest;
}

std::vector<RepairStep> Explainer::Repairer::StepsOf(const Concessions& concessions) const {
  std::vector<RepairStep> steps;
  for (const FreedTime& freed : *concessions.only_these) {
    steps.push_back({RepairStep::Kind::kPersonFrees, freed.person, freed.time});
  }
  std::sort(steps.begin(), steps.end(), [](const RepairStep& a, const RepairStep& b) {
    return std::tuple(a.person, a.time.from) < std::tuple(b.person, b.time.from);
  });
  ForEachId<DayId>(state_.problem.DayCount(), [&](DayId day) {
    if (!absl::c_linear_search(concessions.extra_rooms, day)) return;
    const std::vector<Interval>& opening = state_.problem.day(day).opening;
    steps.push_back({RepairStep::Kind::kExtraRoom, std::nullopt, {opening.front().from, opening.back().to}});
  });
  if (concessions.extra_day) {
    const std::vector<Interval> opening = ExtraDayOf(state_.problem);
    steps.push_back({RepairStep::Kind::kExtraDay, std::nullopt, {opening.front().from, opening.back().to}});
  }
  return steps;
}

// The repair that `concessions` are, with all that it makes room for; nothing if it does not stand the
// proof.
std::optional<Explainer::Repairer::Found> Explainer::Repairer::Prove(const Concessions& concessions) {
  std::vector<bool> wanted = wanted_;
  std::optional<Answered> answered = Ask(concessions);
  if (!answered) return std::nullopt;
  Repair repair;
  repair.more = {defence_};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) continue;
    wanted[i] = true;
    std::optional<Answered> with = Ask(wanted, concessions, state_.budget.conflicts / 20);
    if (with && with->is_whole) {
      answered = std::move(with);
      repair.more.push_back(static_cast<DefenceId>(i));
    } else {
      wanted[i] = false;
    }
  }
  repair.steps = StepsOf(concessions);
  if (!answered->is_whole) return std::nullopt;
  std::optional<Placements> placements = Proven(repair.steps, answered->placements, wanted);
  if (!placements) return std::nullopt;
  std::set<PersonId> people;
  for (const FreedTime& freed : *concessions.only_these) {
    people.insert(freed.person);
    repair.minutes += freed.time.to - freed.time.from;
  }
  for (const DefenceId id : answered->on_extra_day) {
    const Defence& defence = state_.problem.defence(id);
    for (const Attendee& attendee : defence.attendees) people.insert(attendee.person);
    repair.minutes += defence.duration_minutes * static_cast<int>(defence.attendees.size());
  }
  repair.people = static_cast<int>(people.size());
  repair.sentence = RepairSentence(state_.problem, repair);
  return Found{std::move(repair), *std::move(placements)};
}

// `placements` as those of the changed problem; nothing unless they place all that are wanted and break no
// hard rule of it.
std::optional<Placements> Explainer::Repairer::Proven(const std::vector<RepairStep>& steps,
                                                      const Placements& placements,
                                                      const std::vector<bool>& wanted) const {
  const absl::StatusOr<Problem> changed = Problem::Create(Repaired(state_.problem, steps));
  if (!changed.ok()) return std::nullopt;
  Timetable timetable(*changed);
  for (std::size_t i = 0; i < placements.size(); ++i) {
    if (!placements[i]) {
      if (wanted[i]) return std::nullopt;
      continue;
    }
    const std::optional<RoomId> room = RoomIn(*changed, steps, *placements[i]);
    if (!room) return std::nullopt;
    const auto id = static_cast<DefenceId>(i);
    Placement to{placements[i]->start, *room};
    if (const auto& now = state_.timetable.PlacementOf(id)) to.holders = now->holders;
    if (!CheckPlacement(*changed, id, to).ok()) return std::nullopt;
    timetable.Apply({{id, to}});
  }
  if (RuleSet(*changed).Evaluate(timetable).hard() != 0) return std::nullopt;
  return timetable.placements();
}

// Rooms of the changed problem have other numbers. The extra room of a day is the one that is none of the
// old ones and open then.
std::optional<RoomId> Explainer::Repairer::RoomIn(const Problem& changed,
                                                  const std::vector<RepairStep>& steps,
                                                  const Placement& at) const {
  if (Index(at.room) < state_.problem.rooms().size()) {
    return changed.FindRoom(state_.problem.room(at.room).key);
  }
  for (std::size_t i = 0; i < changed.rooms().size(); ++i) {
    const Room& room = changed.rooms()[i];
    const bool is_extra = !state_.problem.FindRoom(room.key).has_value();
    const bool is_open = absl::c_any_of(
        room.open, [&](const Interval& window) { return window.from <= at.start && at.start < window.to; });
    if (is_extra && is_open && !steps.empty()) return static_cast<RoomId>(i);
  }
  return std::nullopt;
}

}  // namespace soutenance::scheduling::solver
