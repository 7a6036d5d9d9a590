#include "services/assignment/compose/testing/small_problems.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/compose/check/check.h"

namespace soutenance::assignment::compose::testing {
namespace {

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  Problem Generate() {
    const int people = 2 + Below(4);
    const int theses = 1 + Below(4);
    const int roles = 1 + Below(3);
    for (int r = 0; r < roles; ++r) spec_.roles.push_back(absl::StrCat("role", r));
    if (Below(3) == 0) AddSlots();
    for (int p = 0; p < people; ++p) AddPerson(p);
    const int rules = Below(4);
    for (int i = 0; i < rules; ++i) AddRule(i);
    for (int t = 0; t < theses; ++t) AddThesis(t);
    absl::StatusOr<Problem> problem = Problem::Create(spec_);
    if (!problem.ok()) {
      std::fprintf(stderr, "%s\n", problem.status().ToString().c_str());
      std::abort();
    }
    return *std::move(problem);
  }

 private:
  int Below(int count) { return static_cast<int>(random_() % static_cast<uint32_t>(count)); }
  int Count(const std::vector<PersonSpec>& people) const { return static_cast<int>(people.size()); }

  void AddSlots() {
    const int slots = 1 + Below(4);
    for (int s = 0; s < slots; ++s) {
      spec_.slot_days.push_back(s / 2);
      spec_.slot_places.push_back(1 + Below(2));
    }
    spec_.slot_values = {0, Below(50), 50 + Below(50)};
  }

  Slots SomeSlots() {
    Slots slots;
    for (int s = 0; s < static_cast<int>(spec_.slot_days.size()); ++s) {
      if (Below(4) > 0) slots.Add(s);
    }
    return slots;
  }

  void AddPerson(int number) {
    PersonSpec person{.key = absl::StrCat("p", number), .most = Below(4), .free = SomeSlots()};
    if (Below(3) == 0) {
      for (size_t r = 0; r < spec_.roles.size(); ++r) person.most_in_role.push_back(Below(3));
    }
    if (Below(4) == 0) person.most_in_day = 1;
    for (int n = 0; Below(3) > 0 && n < 3; ++n) {
      person.costs.push_back((n > 0 ? person.costs.back() : 0) + Below(60));
    }
    spec_.people.push_back(std::move(person));
  }

  void AddRule(int number) {
    RuleSpec rule{.key = absl::StrCat("rule", number), .text = absl::StrCat("rule ", number)};
    for (size_t i = 0; i < spec_.roles.size() * spec_.people.size(); ++i)
      rule.weights.push_back(Below(3) - 1);
    if (Below(4) > 0) rule.least = Below(2);
    if (Below(3) == 0) rule.most = 1 + Below(2);
    spec_.rules.push_back(std::move(rule));
  }

  void AddThesis(int number) {
    ThesisSpec thesis{.key = absl::StrCat("t", number), .slots = SomeSlots()};
    const int people = Count(spec_.people);
    const int roles = static_cast<int>(spec_.roles.size());
    const int given = Below(3) == 0 ? Below(people) : -1;
    if (given >= 0) thesis.given.push_back({given, Below(roles)});
    const int seats = Below(8) == 0 ? 0 : 1 + Below(3);
    for (int s = 0; s < seats; ++s) {
      if (s > 0 && Below(3) == 0) {
        thesis.open.push_back(thesis.open.back());  // two seats of the same kind
        continue;
      }
      SeatSpec seat{.role = Below(roles), .is_optional = Below(4) == 0};
      for (int p = 0; p < people; ++p) {
        if (p != given && Below(5) > 0) seat.candidates.push_back({p, Below(100)});
      }
      thesis.open.push_back(std::move(seat));
    }
    for (int i = 0; i < static_cast<int>(spec_.rules.size()); ++i) {
      if (Below(3) > 0) thesis.rules.push_back(i);
    }
    spec_.theses.push_back(std::move(thesis));
  }

  std::mt19937 random_;
  ProblemSpec spec_;
};

}  // namespace

Problem RandomProblem(uint32_t seed) { return Generator(seed).Generate(); }

BruteForce TryEverything(const Problem& problem) {
  std::vector<std::vector<std::pair<std::vector<int>, Value>>> juries(static_cast<size_t>(problem.theses()));
  for (int t = 0; t < problem.theses(); ++t) {
    ForEachJury(problem, t, [&](const std::vector<int>& seating) {
      juries[static_cast<size_t>(t)].push_back({seating, WorthOfJury(problem, t, seating)});
    });
  }
  BruteForce best{std::numeric_limits<int>::max(), 0};
  std::vector<int> load(static_cast<size_t>(problem.people()), 0);
  std::vector<int> in_role(static_cast<size_t>(problem.people() * problem.roles()), 0);
  const auto change = [&](int t, const std::vector<int>& seating, int by) {
    bool fits = true;
    for (size_t s = 0; s < seating.size(); ++s) {
      if (seating[s] < 0) continue;
      const int role = problem.thesis(t).open[s].role;
      int& of = load[static_cast<size_t>(seating[s])];
      int& as = in_role[static_cast<size_t>(seating[s] * problem.roles() + role)];
      of += by;
      as += by;
      if (of > problem.Places(seating[s]) || as > problem.PlacesInRole(seating[s], role)) fits = false;
    }
    return fits;
  };
  const std::function<void(int, int, Value)> fill = [&](int t, int unseated, Value worth) {
    if (unseated > best.unseated) return;
    if (t == problem.theses()) {
      Value total = worth;
      for (int p = 0; p < problem.people(); ++p) {
        for (int n = 0; n < load[static_cast<size_t>(p)]; ++n) total -= problem.Cost(p, n);
      }
      if (unseated < best.unseated || total > best.total) best = {unseated, total};
      return;
    }
    for (const auto& [seating, value] : juries[static_cast<size_t>(t)]) {
      if (change(t, seating, 1)) fill(t + 1, unseated, worth + value);
      change(t, seating, -1);
    }
    fill(t + 1, unseated + 1, worth);
  };
  fill(0, 0, 0);
  return best;
}

}  // namespace soutenance::assignment::compose::testing
