#include "services/assignment/compose/check/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace soutenance::assignment::compose {
namespace {

// Everybody on the jury with their role, given or seated.
std::vector<std::pair<int, int>> Sitting(const Problem& problem, int thesis,
                                         const std::vector<int>& seating) {
  std::vector<std::pair<int, int>> sitting;
  for (const GivenSeat& seat : problem.thesis(thesis).given) sitting.push_back({seat.person, seat.role});
  for (size_t s = 0; s < seating.size(); ++s) {
    if (seating[s] >= 0) sitting.push_back({seating[s], problem.thesis(thesis).open[s].role});
  }
  return sitting;
}

int CommonSlotCount(const Problem& problem, int thesis, const std::vector<int>& seating) {
  int count = 0;
  for (int slot = 0; slot < static_cast<int>(problem.spec().slot_days.size()); ++slot) {
    bool all = problem.thesis(thesis).slots.Has(slot);
    for (const auto& [person, role] : Sitting(problem, thesis, seating)) {
      all = all && problem.person(person).free.Has(slot);
    }
    count += all ? 1 : 0;
  }
  return count;
}

std::vector<std::string> FaultsOfJury(const Problem& problem, int thesis, const std::vector<int>& seating) {
  std::vector<std::string> faults;
  const ThesisSpec& spec = problem.thesis(thesis);
  if (seating.size() != spec.open.size()) return {spec.key + ": another number of seats"};
  std::set<int> people;
  for (const auto& [person, role] : Sitting(problem, thesis, seating)) {
    if (!people.insert(person).second) {
      faults.push_back(absl::StrCat(spec.key, ": ", problem.person(person).key, " sits twice"));
    }
  }
  for (size_t s = 0; s < seating.size(); ++s) {
    if (seating[s] < 0 && spec.open[s].is_optional) continue;
    const bool may = std::any_of(spec.open[s].candidates.begin(), spec.open[s].candidates.end(),
                                 [&](const Candidate& c) { return c.person == seating[s]; });
    if (!may) faults.push_back(absl::StrCat(spec.key, ": seat ", s, " is held by nobody who may"));
  }
  for (const int number : spec.rules) {
    const RuleSpec& rule = problem.rule(number);
    int64_t sum = 0;
    for (const auto& [person, role] : Sitting(problem, thesis, seating)) {
      sum += rule.weights[static_cast<size_t>(role) * problem.spec().people.size() +
                          static_cast<size_t>(person)];
    }
    if (sum >= rule.least && sum <= rule.most) continue;
    faults.push_back(absl::StrCat(spec.key, ": ", rule.key, " is ", sum));
  }
  if (problem.HasSlots() && CommonSlotCount(problem, thesis, seating) == 0) {
    faults.push_back(spec.key + ": its people have no slot in common");
  }
  return faults;
}

int DaysAllow(const Problem& problem, int person) {
  std::map<int, int> free;
  for (size_t slot = 0; slot < problem.spec().slot_days.size(); ++slot) {
    if (problem.person(person).free.Has(static_cast<int>(slot))) ++free[problem.spec().slot_days[slot]];
  }
  int64_t sum = 0;
  for (const auto& [day, slots] : free) sum += std::min(slots, problem.person(person).most_in_day);
  return static_cast<int>(std::min<int64_t>(sum, problem.person(person).most));
}

int PlacesOf(const Problem& problem, int person) {
  return problem.HasSlots() ? DaysAllow(problem, person) : problem.person(person).most;
}

}  // namespace

std::vector<std::string> FaultsOf(const Problem& problem, const std::vector<bool>& is_seated,
                                  const std::vector<std::vector<int>>& seating) {
  std::vector<std::string> faults;
  std::map<int, int> load;
  std::map<std::pair<int, int>, int> load_in_role;
  for (int t = 0; t < problem.theses(); ++t) {
    if (!is_seated[static_cast<size_t>(t)]) continue;
    const std::vector<int>& jury = seating[static_cast<size_t>(t)];
    for (std::string& fault : FaultsOfJury(problem, t, jury)) faults.push_back(std::move(fault));
    for (size_t s = 0; s < jury.size(); ++s) {
      if (jury[s] < 0) continue;
      ++load[jury[s]];
      ++load_in_role[{jury[s], problem.thesis(t).open[s].role}];
    }
  }
  for (const auto& [person, count] : load) {
    if (count > PlacesOf(problem, person)) {
      faults.push_back(absl::StrCat(problem.person(person).key, " has ", count, " seats"));
    }
  }
  for (const auto& [place, count] : load_in_role) {
    const std::vector<int>& most = problem.person(place.first).most_in_role;
    if (!most.empty() && count > most[static_cast<size_t>(place.second)]) {
      faults.push_back(absl::StrCat(problem.person(place.first).key, " has ", count, " seats as ",
                                    problem.spec().roles[static_cast<size_t>(place.second)]));
    }
  }
  return faults;
}

bool IsLegalJury(const Problem& problem, int thesis, const std::vector<int>& seating) {
  return FaultsOfJury(problem, thesis, seating).empty();
}

Value WorthOfJury(const Problem& problem, int thesis, const std::vector<int>& seating) {
  Value worth = 0;
  for (size_t s = 0; s < seating.size(); ++s) {
    for (const Candidate& candidate : problem.thesis(thesis).open[s].candidates) {
      if (candidate.person == seating[s]) worth += candidate.value;
    }
  }
  const std::vector<Value>& values = problem.spec().slot_values;
  if (!problem.HasSlots() || values.empty()) return worth;
  const size_t common = static_cast<size_t>(CommonSlotCount(problem, thesis, seating));
  return worth + (common == 0 ? 0 : values[std::min(common, values.size()) - 1]);
}

void ForEachJury(const Problem& problem, int thesis,
                 const std::function<void(const std::vector<int>& seating)>& visit) {
  const ThesisSpec& spec = problem.thesis(thesis);
  std::vector<int> seating(spec.open.size(), -1);
  const std::function<void(size_t)> fill = [&](size_t seat) {
    if (seat == seating.size()) {
      if (IsLegalJury(problem, thesis, seating)) visit(seating);
      return;
    }
    seating[seat] = -1;
    if (spec.open[seat].is_optional) fill(seat + 1);
    for (const Candidate& candidate : spec.open[seat].candidates) {
      seating[seat] = candidate.person;
      fill(seat + 1);
    }
    seating[seat] = -1;
  };
  fill(0);
}

std::optional<Value> BoundByPrices(const Problem& problem, const std::vector<Value>& price_of,
                                   const std::vector<Value>& price_in_role, Value cost_of_unseated) {
  Value bound = 0;
  for (int t = 0; t < problem.theses(); ++t) {
    Value most = -cost_of_unseated;
    ForEachJury(problem, t, [&](const std::vector<int>& seating) {
      Value gain = WorthOfJury(problem, t, seating);
      for (size_t s = 0; s < seating.size(); ++s) {
        if (seating[s] < 0) continue;
        gain -= price_of[static_cast<size_t>(seating[s])];
        gain -= price_in_role[static_cast<size_t>(seating[s]) * problem.spec().roles.size() +
                              static_cast<size_t>(problem.thesis(t).open[s].role)];
      }
      most = std::max(most, gain);
    });
    bound += most;
  }
  for (int p = 0; p < problem.people(); ++p) {
    const Value price = price_of[static_cast<size_t>(p)];
    if (price < 0) return std::nullopt;
    Value paid = 0;
    Value most = 0;
    for (int n = 0; n < std::min(PlacesOf(problem, p), problem.theses()); ++n) {
      paid += price - problem.Cost(p, n);
      most = std::max(most, paid);
    }
    bound += most;
    for (int r = 0; r < problem.roles(); ++r) {
      const Value in_role = price_in_role[static_cast<size_t>(p * problem.roles() + r)];
      if (in_role < 0) return std::nullopt;
      if (in_role > 0) {
        bound += in_role * std::min({problem.PlacesInRole(p, r), PlacesOf(problem, p), problem.theses()});
      }
    }
  }
  return bound;
}

}  // namespace soutenance::assignment::compose
