#include "services/scheduling/solver/testing/builders.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace soutenance::scheduling::solver::testing {
namespace {

// A test that is itself wrong: there is nothing to go on with.
[[noreturn]] void Stop(absl::string_view why) {
  std::cerr << "This test is wrong: " << why << std::endl;
  std::abort();
}

template <typename Id>
Id Known(const std::optional<Id>& id, absl::string_view kind, absl::string_view key) {
  if (!id) Stop(absl::StrCat("there is no ", kind, " \"", key, "\""));
  return *id;
}

uint8_t CandidateOf(const Problem& problem, const OpenSeat& seat, const std::string& key) {
  for (std::size_t i = 0; i < seat.candidates.size(); ++i) {
    if (problem.person(seat.candidates[i].person).key == key) return static_cast<uint8_t>(i);
  }
  Stop(absl::StrCat("\"", key, "\" is no candidate"));
}

Step StepOf(const Problem& problem, const PlacedAt& placed) {
  const DefenceId defence = DefenceOf(problem, placed.defence);
  Placement to{.start = placed.start, .room = RoomOf(problem, placed.room)};
  const Defence& facts = problem.defence(defence);
  for (std::size_t i = 0; i < placed.holders.size(); ++i) {
    to.holders[i] = CandidateOf(problem, facts.open_seats.at(i), placed.holders[i]);
  }
  const absl::Status legal = CheckPlacement(problem, defence, to);
  if (!legal.ok()) Stop(legal.ToString());
  return {.defence = defence, .to = to};
}

}  // namespace

ProblemSpec ASmallProblem() {
  ProblemSpec spec;
  spec.first_date = "2027-06-14";
  spec.opening = {Hours(9, 12, 0), Hours(13, 17, 0), Hours(9, 12, 1), Hours(13, 17, 1)};
  spec.grid_minutes = 30;
  spec.rooms = {ARoom("b12")};
  return spec;
}

PersonSpec APerson(PersonSpec person) {
  if (person.name.empty()) person.name = person.key;
  return person;
}

PersonSpec APerson(const char* key) { return APerson(PersonSpec{.key = key}); }

RoomSpec ARoom(RoomSpec room) {
  if (room.capacity == 0) room.capacity = 20;
  if (room.open.empty()) room.open = {{At(0), At(24, 0, 9)}};
  return room;
}

RoomSpec ARoom(const char* key) { return ARoom(RoomSpec{.key = key}); }

DefenceSpec ADefence(std::string key, const std::vector<std::string>& people) {
  DefenceSpec defence{.key = std::move(key)};
  for (const std::string& person : people) defence.seats.push_back({.person = person, .role = "juror"});
  return defence;
}

DefenceSpec ADefence(std::string key, const std::vector<std::string>& people, int32_t minutes) {
  DefenceSpec defence = ADefence(std::move(key), people);
  defence.duration_minutes = minutes;
  return defence;
}

SeatSpec AnOpenSeat(std::string role, const std::vector<std::string>& candidates) {
  SeatSpec seat{.person = "", .role = std::move(role)};
  for (const std::string& person : candidates) seat.candidates.push_back({.person = person});
  return seat;
}

namespace {

void AddIfMissing(ProblemSpec& spec, const std::string& key) {
  const bool known = std::any_of(spec.persons.begin(), spec.persons.end(),
                                 [&](const PersonSpec& p) { return p.key == key; });
  if (!known) spec.persons.push_back(APerson({.key = key}));
}

}  // namespace

void AddMissingPeople(ProblemSpec& spec) {
  for (const DefenceSpec& defence : spec.defences) {
    for (const SeatSpec& seat : defence.seats) {
      if (!seat.person.empty()) AddIfMissing(spec, seat.person);
      for (const CandidateSpec& candidate : seat.candidates) AddIfMissing(spec, candidate.person);
    }
  }
}

void SetRule(ProblemSpec& spec, absl::string_view rule, RuleLevel level, int64_t weight,
             std::optional<int64_t> parameter) {
  std::erase_if(spec.rules, [&](const RuleSetting& setting) { return setting.rule == rule; });
  spec.rules.push_back({.rule = std::string(rule), .level = level, .weight = weight, .parameter = parameter});
}

Problem Build(ProblemSpec spec) {
  AddMissingPeople(spec);
  absl::StatusOr<Problem> problem = Problem::Create(std::move(spec));
  if (!problem.ok()) Stop(problem.status().ToString());
  return *std::move(problem);
}

Timetable Arrange(const Problem& problem, const std::vector<PlacedAt>& placed) {
  Timetable timetable(problem);
  timetable.Apply(AMove(problem, placed));
  return timetable;
}

Move AMove(const Problem& problem, const std::vector<PlacedAt>& placed) {
  Move move;
  for (const PlacedAt& one : placed) move.push_back(StepOf(problem, one));
  return move;
}

Step Unplace(const Problem& problem, absl::string_view defence) {
  return {.defence = DefenceOf(problem, defence), .to = std::nullopt};
}

PersonId PersonOf(const Problem& problem, absl::string_view key) {
  return Known(problem.FindPerson(key), "person", key);
}
RoomId RoomOf(const Problem& problem, absl::string_view key) {
  return Known(problem.FindRoom(key), "room", key);
}
DefenceId DefenceOf(const Problem& problem, absl::string_view key) {
  return Known(problem.FindDefence(key), "defence", key);
}

}  // namespace soutenance::scheduling::solver::testing
