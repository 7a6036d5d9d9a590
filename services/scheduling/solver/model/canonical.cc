#include <algorithm>
#include <tuple>
#include <utility>

#include "services/scheduling/solver/model/problem_builder.h"

namespace soutenance::scheduling::solver {
namespace {

// As Normalised, but cut at midnight: two windows that touch there belong to two dates.
std::vector<Interval> NormalisedByDate(std::vector<Interval> windows) {
  std::vector<Interval> cut;
  for (const Interval& window : Normalised(std::move(windows))) {
    for (Minute from = window.from; from < window.to;) {
      const Minute to = std::min(window.to, (from / kMinutesPerDay + 1) * kMinutesPerDay);
      cut.push_back({from, to});
      from = to;
    }
  }
  return cut;
}

template <typename Spec>
void SortByKey(std::vector<Spec>& specs) {
  std::sort(specs.begin(), specs.end(), [](const Spec& a, const Spec& b) { return a.key < b.key; });
}

void SortUnique(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

// They say the same as none.
void DropTrailingZeros(std::vector<int32_t>& points) {
  while (!points.empty() && points.back() == 0) points.pop_back();
}

// Those that differ from the rulebook, in its order, with weight and parameter as they apply: a default that
// changes one day changes nothing for them.
std::vector<RuleSetting> CanonicalRules(const std::vector<RuleSetting>& settings) {
  std::vector<RuleSetting> canonical;
  for (const RuleLine& line : Rulebook()) {
    const auto setting = std::find_if(settings.begin(), settings.end(),
                                      [&](const RuleSetting& s) { return s.rule == line.name; });
    if (setting == settings.end()) continue;
    const RuleInForce rule = InForce(line, *setting);
    if (rule == DefaultOf(line)) continue;
    const bool weighed = rule.IsOn() && !rule.IsHard();
    canonical.push_back({.rule = std::string(line.name),
                         .level = rule.level,
                         .weight = weighed ? rule.weight : 0,
                         .parameter = line.parameter ? std::optional(rule.parameter) : std::nullopt});
  }
  return canonical;
}

// By time; what costs nothing says nothing.
std::vector<HourCostSpec> CanonicalHours(std::vector<HourCostSpec> hours) {
  std::erase_if(hours, [](const HourCostSpec& hour) { return hour.cost == 0; });
  std::sort(hours.begin(), hours.end(), [](const HourCostSpec& a, const HourCostSpec& b) {
    return std::tie(a.time, a.cost) < std::tie(b.time, b.cost);
  });
  return hours;
}

// By name.
std::vector<RoleSpec> CanonicalRoles(std::vector<RoleSpec> roles) {
  std::sort(roles.begin(), roles.end(), [](const RoleSpec& a, const RoleSpec& b) { return a.name < b.name; });
  for (RoleSpec& role : roles) {
    for (LoadBandSpec& band : role.load) SortUnique(band.only);
    std::sort(role.load.begin(), role.load.end(), [](const LoadBandSpec& a, const LoadBandSpec& b) {
      return std::tie(a.low, a.high, a.cost, a.only) < std::tie(b.low, b.high, b.cost, b.only);
    });
    std::sort(role.combined.begin(), role.combined.end(),
              [](const CombinedRoleSpec& a, const CombinedRoleSpec& b) { return a.role < b.role; });
  }
  return roles;
}

}  // namespace

ProblemSpec Canonical(ProblemSpec spec) {
  spec.opening = NormalisedByDate(std::move(spec.opening));
  SortByKey(spec.persons);
  for (PersonSpec& person : spec.persons) {
    if (person.name.empty()) person.name = person.key;
    person.blocked = Normalised(std::move(person.blocked));
    person.if_needed = Normalised(std::move(person.if_needed));
    SortUnique(person.subjects);
    DropTrailingZeros(person.nearness);
    DropTrailingZeros(person.room_change);
    std::sort(person.role_limits.begin(), person.role_limits.end(),
              [](const RoleLimitSpec& a, const RoleLimitSpec& b) { return a.role < b.role; });
    std::erase_if(person.role_limits,
                  [](const RoleLimitSpec& limit) { return limit.max_per_day == 0 && limit.max_total == 0; });
  }
  SortByKey(spec.rooms);
  for (RoomSpec& room : spec.rooms) {
    if (room.name.empty()) room.name = room.key;
    room.open = Normalised(std::move(room.open));
    SortUnique(room.equipment);
  }
  SortByKey(spec.defences);
  for (DefenceSpec& defence : spec.defences) {
    if (defence.label.empty()) defence.label = defence.key;
    defence.allowed = Normalised(std::move(defence.allowed));
    SortUnique(defence.equipment);
    SortUnique(defence.subjects);
    SortUnique(defence.pin.jurors);
    for (SeatSpec& seat : defence.seats) {
      std::sort(seat.candidates.begin(), seat.candidates.end(),
                [](const CandidateSpec& a, const CandidateSpec& b) { return a.person < b.person; });
    }
  }
  std::sort(spec.pauses.begin(), spec.pauses.end(),
            [](const PauseSpec& a, const PauseSpec& b) { return a.begins.from < b.begins.from; });
  spec.early = CanonicalHours(std::move(spec.early));
  spec.late = CanonicalHours(std::move(spec.late));
  spec.rules = CanonicalRules(spec.rules);
  spec.roles = CanonicalRoles(std::move(spec.roles));
  return spec;
}

}  // namespace soutenance::scheduling::solver
