#include "services/assignment/compose/model/problem.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::assignment::compose {
namespace {

using Faults = std::vector<FieldViolation>;

void Add(Faults& faults, std::string field, std::string description) {
  faults.push_back({.field = std::move(field), .description = std::move(description)});
}

template <typename Items>
void CheckKeys(const Items& items, absl::string_view name, Faults& faults) {
  std::set<std::string> seen;
  for (size_t i = 0; i < items.size(); ++i) {
    const std::string at = absl::StrCat(name, "[", i, "].key");
    if (items[i].key.empty()) Add(faults, at, "is empty");
    if (!seen.insert(items[i].key).second) {
      Add(faults, at, absl::StrCat("\"", items[i].key, "\" appears twice"));
    }
  }
}

bool IsIn(int number, size_t count) { return number >= 0 && static_cast<size_t>(number) < count; }

void CheckSizes(const ProblemSpec& spec, Faults& faults) {
  const auto check = [&](absl::string_view name, size_t size, int most) {
    if (size <= static_cast<size_t>(most)) return;
    Add(faults, std::string(name), absl::StrCat("has ", size, " entries; at most ", most, " are possible"));
  };
  check("roles", spec.roles.size(), kRolesMax);
  check("people", spec.people.size(), kPeopleMax);
  check("rules", spec.rules.size(), kRulesMax);
  check("theses", spec.theses.size(), kThesesMax);
  if (spec.slot_days.size() != spec.slot_places.size()) {
    Add(faults, "slot_places", "must say something of each slot");
  }
  if (!std::is_sorted(spec.slot_days.begin(), spec.slot_days.end())) {
    Add(faults, "slot_days", "must not fall");
  }
  if (!std::is_sorted(spec.slot_values.begin(), spec.slot_values.end())) {
    Add(faults, "slot_values", "must not fall");
  }
}

void CheckPerson(const ProblemSpec& spec, size_t i, Faults& faults) {
  const PersonSpec& person = spec.people[i];
  const std::string at = absl::StrCat("people[", i, "]");
  if (person.most < 0 || person.most_in_day < 0) Add(faults, at + ".most", "is negative");
  if (!person.most_in_role.empty() && person.most_in_role.size() != spec.roles.size()) {
    Add(faults, at + ".most_in_role", "must say something of each role, or be empty");
  }
  if (!std::is_sorted(person.costs.begin(), person.costs.end())) {
    Add(faults, at + ".costs", "must not fall");
  }
  for (const Value cost : person.costs) {
    if (cost > kValueMax || cost < -kValueMax) Add(faults, at + ".costs", "is out of range");
  }
}

void CheckThesis(const ProblemSpec& spec, size_t i, Faults& faults) {
  const ThesisSpec& thesis = spec.theses[i];
  const std::string at = absl::StrCat("theses[", i, "]");
  std::set<int> given;
  for (const GivenSeat& seat : thesis.given) {
    if (!IsIn(seat.person, spec.people.size()) || !IsIn(seat.role, spec.roles.size())) {
      Add(faults, at + ".given", "names a person or role that there is not");
    }
    if (!given.insert(seat.person).second) Add(faults, at + ".given", "has somebody twice");
  }
  if (thesis.open.size() > static_cast<size_t>(kOpenSeatsMax)) {
    Add(faults, at + ".open", absl::StrCat("has more than ", kOpenSeatsMax, " seats"));
  }
  for (const SeatSpec& seat : thesis.open) {
    if (!IsIn(seat.role, spec.roles.size())) Add(faults, at + ".open", "names a role that there is not");
    std::set<int> seen = given;
    for (const Candidate& candidate : seat.candidates) {
      if (!IsIn(candidate.person, spec.people.size())) {
        Add(faults, at + ".open", "names a person who there is not");
      } else if (!seen.insert(candidate.person).second) {
        Add(faults, at + ".open",
            absl::StrCat("has ", spec.people[static_cast<size_t>(candidate.person)].key,
                         " twice among its candidates, or sitting already"));
      }
      if (candidate.value > kValueMax || candidate.value < -kValueMax) {
        Add(faults, at + ".open", "has a value out of range");
      }
    }
  }
  for (const int rule : thesis.rules) {
    if (!IsIn(rule, spec.rules.size())) Add(faults, at + ".rules", "names a rule that there is not");
  }
}

int PlacesOf(const ProblemSpec& spec, const PersonSpec& person) {
  if (spec.slot_days.empty()) return person.most;
  std::map<int, int> slots_of_day;
  for (size_t slot = 0; slot < spec.slot_days.size(); ++slot) {
    if (person.free.Has(static_cast<int>(slot))) ++slots_of_day[spec.slot_days[slot]];
  }
  int64_t places = 0;
  for (const auto& [day, slots] : slots_of_day) places += std::min(slots, person.most_in_day);
  return static_cast<int>(std::min<int64_t>(places, person.most));
}

}  // namespace

Problem::Problem(ProblemSpec spec) : spec_(std::move(spec)) {
  for (const PersonSpec& person : spec_.people) places_.push_back(PlacesOf(spec_, person));
  for (const ThesisSpec& thesis : spec_.theses) {
    Slots slots = thesis.slots;
    for (const GivenSeat& seat : thesis.given) slots.Meet(person(seat.person).free);
    slots_.push_back(std::move(slots));
  }
}

absl::StatusOr<Problem> Problem::Create(ProblemSpec spec) {
  Faults faults;
  CheckSizes(spec, faults);
  CheckKeys(spec.people, "people", faults);
  CheckKeys(spec.rules, "rules", faults);
  CheckKeys(spec.theses, "theses", faults);
  for (size_t i = 0; i < spec.people.size(); ++i) CheckPerson(spec, i, faults);
  for (size_t i = 0; i < spec.rules.size(); ++i) {
    if (spec.rules[i].weights.size() != spec.people.size() * spec.roles.size()) {
      Add(faults, absl::StrCat("rules[", i, "].weights"), "must say something of each role and person");
    }
  }
  for (size_t i = 0; i < spec.theses.size(); ++i) CheckThesis(spec, i, faults);
  if (!faults.empty()) return InvalidFields(std::move(faults));
  return Problem(std::move(spec));
}

int Problem::PlacesInRole(int number, int role) const {
  const std::vector<int>& most = person(number).most_in_role;
  return most.empty() ? kUnlimited : most[static_cast<size_t>(role)];
}

Value Problem::Cost(int number, int nth) const {
  const std::vector<Value>& costs = person(number).costs;
  if (costs.empty()) return 0;
  return costs[std::min(static_cast<size_t>(nth), costs.size() - 1)];
}

Value Problem::SlotValue(int slots) const {
  if (spec_.slot_values.empty() || slots <= 0) return 0;
  return spec_.slot_values[std::min(static_cast<size_t>(slots), spec_.slot_values.size()) - 1];
}

}  // namespace soutenance::assignment::compose
