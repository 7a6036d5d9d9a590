#include "services/scheduling/solver/explain/repair.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/solver/explain/intervals.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/model/limits.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr absl::string_view kAddedRoom = "rooms/extra-";

bool IsWeekend(const Problem& problem, Minute minute) {
  return absl::GetWeekday(problem.DateOf(minute)) >= absl::Weekday::saturday;
}

// A room that will do for every defence, open during the hours of the date of `time`.
RoomSpec ExtraRoom(const Problem& problem, const ProblemSpec& spec, const Interval& time) {
  RoomSpec room;
  int number = 1;
  do {
    room.key = absl::StrCat(kAddedRoom, number++);
  } while (absl::c_any_of(spec.rooms, [&](const RoomSpec& other) { return other.key == room.key; }));
  room.name = absl::StrCat("+", number - 1);
  if (!spec.rooms.empty()) room.site = problem.site(problem.rooms().front().site);
  std::set<std::string> equipment;
  for (const Defence& defence : problem.defences()) {
    room.capacity = std::max(room.capacity, defence.capacity);
    equipment.insert(defence.equipment.begin(), defence.equipment.end());
  }
  room.equipment.assign(equipment.begin(), equipment.end());
  if (const std::optional<DayId> day = problem.DayOf(time.from)) room.open = problem.day(*day).opening;
  return room;
}

}  // namespace

absl::string_view RepairKindName(RepairStep::Kind kind) {
  switch (kind) {
    case RepairStep::Kind::kPersonFrees:
      return "person_frees";
    case RepairStep::Kind::kExtraRoom:
      return "extra_room";
    case RepairStep::Kind::kExtraDay:
      return "extra_day";
  }
  return "";
}

std::vector<Interval> ExtraDayOf(const Problem& problem) {
  if (problem.DayCount() == 0) return {};
  const Day& last = problem.days().back();
  const bool has_weekends = absl::c_any_of(
      problem.days(), [&](const Day& day) { return IsWeekend(problem, day.offset * kMinutesPerDay); });
  int32_t offset = last.offset + 1;
  while (!has_weekends && IsWeekend(problem, offset * kMinutesPerDay)) ++offset;
  if (offset > kDayOffsetMax) return {};
  std::vector<Interval> opening = last.opening;
  for (Interval& window : opening) {
    window.from += (offset - last.offset) * kMinutesPerDay;
    window.to += (offset - last.offset) * kMinutesPerDay;
  }
  return opening;
}

ProblemSpec Repaired(const Problem& problem, const std::vector<RepairStep>& steps) {
  ProblemSpec spec = problem.spec();
  for (const RepairStep& step : steps) {
    switch (step.kind) {
      case RepairStep::Kind::kPersonFrees: {
        std::vector<Interval>& blocked = spec.persons[Index(*step.person)].blocked;
        blocked = Without(blocked, {step.time});
        break;
      }
      case RepairStep::Kind::kExtraRoom:
        spec.rooms.push_back(ExtraRoom(problem, spec, step.time));
        break;
      case RepairStep::Kind::kExtraDay:
        for (const Interval& window : ExtraDayOf(problem)) {
          spec.opening.push_back(window);
          for (RoomSpec& room : spec.rooms) room.open.push_back(window);
        }
        break;
    }
  }
  return spec;
}

std::vector<std::string> AddedRooms(const Problem& problem, const std::vector<RepairStep>& steps) {
  std::vector<std::string> added;
  for (const RoomSpec& room : Repaired(problem, steps).rooms) {
    if (!problem.FindRoom(room.key)) added.push_back(room.key);
  }
  return added;
}

bool IsAddedRoom(absl::string_view key) { return absl::StartsWith(key, kAddedRoom); }

bool IsLighter(const Repair& a, const Repair& b) {
  const auto has_extra_day = [](const Repair& repair) {
    return absl::c_any_of(repair.steps,
                          [](const RepairStep& step) { return step.kind == RepairStep::Kind::kExtraDay; });
  };
  return std::tuple(a.people, b.more.size(), has_extra_day(a), a.minutes) <
         std::tuple(b.people, a.more.size(), has_extra_day(b), b.minutes);
}

Text StepPhrase(const Problem& problem, const RepairStep& step) {
  const Text period = OnPeriod(problem, step.time);
  switch (step.kind) {
    case RepairStep::Kind::kPersonFrees: {
      const Person& person = problem.person(*step.person);
      const std::string& who = person.name.empty() ? person.key : person.name;
      return {absl::StrCat(who, " se libère ", period.fr), absl::StrCat(who, " is free ", period.en)};
    }
    case RepairStep::Kind::kExtraRoom: {
      const Text date = OnDate(problem, step.time.from);
      return {absl::StrCat("il y a une salle de plus ", date.fr),
              absl::StrCat("there is one more room ", date.en)};
    }
    case RepairStep::Kind::kExtraDay:
      return {absl::StrCat("la campagne a un jour de plus, ", period.fr),
              absl::StrCat("the campaign has one more day, ", period.en)};
  }
  return {};
}

Text RepairSentence(const Problem& problem, const Repair& repair) {
  std::vector<std::string> fr;
  std::vector<std::string> en;
  for (const RepairStep& step : repair.steps) {
    const Text phrase = StepPhrase(problem, step);
    const bool has_aside = step.kind == RepairStep::Kind::kExtraDay;  // "a day, on Tuesday, ..."
    fr.push_back(absl::StrCat(phrase.fr, has_aside ? "," : ""));
    en.push_back(absl::StrCat(phrase.en, has_aside ? "," : ""));
  }
  const auto count = static_cast<int64_t>(repair.more.size());
  const Text those = DefencesPhrase(problem, repair.more);
  const Text fit = {
      absl::StrCat(
          CountFr(count, "soutenance de plus trouve une place", "soutenances de plus trouvent une place"),
          kNarrowNoBreak, ": ", those.fr, "."),
      absl::StrCat(CountEn(count, "more defence fits", "more defences fit"), ": ", those.en, ".")};
  if (repair.steps.empty()) {
    return {absl::StrCat("Si d’autres sont déplacées, ", fit.fr), absl::StrCat("If others move, ", fit.en)};
  }
  std::string if_fr;
  for (std::size_t i = 0; i < fr.size(); ++i) {
    // French elides "si" before "il" only.
    const bool elides = i == 0 && fr[i].rfind("il y a", 0) == 0;
    absl::StrAppend(&if_fr, i == 0 ? (elides ? "S’" : "Si ") : " et que ", fr[i]);
  }
  return {absl::StrCat(if_fr, if_fr.back() == ',' ? " " : ", ", fit.fr),
          absl::StrCat("If ", JoinEn(en), en.back().back() == ',' ? " " : ", ", fit.en)};
}

}  // namespace soutenance::scheduling::solver
