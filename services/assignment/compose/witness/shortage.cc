#include "services/assignment/compose/witness/shortage.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "services/assignment/compose/search/compose.h"
#include "services/assignment/compose/search/jury_search.h"
#include "services/assignment/compose/search/state.h"

namespace soutenance::assignment::compose {
namespace {

constexpr int kReasonsMax = 10;
// A search of all parts of so many theses is not too much.
constexpr size_t kTogetherMax = 40;
// Steps are made smaller one by one where that is not too often.
constexpr int kTrimMax = 24;
constexpr int64_t kWorkMax = 60'000'000;

using Stop = std::function<bool()>;

// The same question about some of the theses, where nothing is worth or costs anything.
Problem Bare(ProblemSpec spec, const std::vector<int>& theses) {
  std::vector<ThesisSpec> kept;
  for (const int t : theses) kept.push_back(std::move(spec.theses[static_cast<size_t>(t)]));
  for (ThesisSpec& thesis : kept) {
    for (SeatSpec& seat : thesis.open) {
      for (Candidate& candidate : seat.candidates) candidate.value = 0;
    }
  }
  spec.theses = std::move(kept);
  spec.slot_values.clear();
  for (PersonSpec& person : spec.people) person.costs.clear();
  return *Problem::Create(std::move(spec));  // was valid with more
}

Composed TryWith(int64_t work, int64_t proof_work, const Problem& problem, const Stop& should_stop) {
  ComposeOptions options;
  options.work = work;
  options.proof_work = proof_work;
  options.should_stop = should_stop;
  options.spreads = false;
  return Compose(problem, options);
}

Composed Try(const Problem& problem, const Stop& should_stop) {
  return TryWith(2'000 + 10'000 * problem.theses(), ComposeOptions().proof_work, problem, should_stop);
}

// The same where it only matters whether all can be seated: prices mostly tell before anything is improved.
Composed TryWhether(const Problem& bare, const Stop& should_stop) {
  Composed composed = TryWith(1, 1, bare, should_stop);
  if (composed.unseated == 0 || composed.prices_bound < 0 || should_stop()) return composed;
  return Try(bare, should_stop);
}

// Why one thesis has no legal jury at all.
class Alone {
 public:
  Alone(const Problem& problem, int thesis) : problem_(problem), thesis_(thesis) {}

  std::optional<Shortage> Explain() {
    if (HasJury({})) return std::nullopt;
    Shortage shortage{.kind = Shortage::Kind::kNoJury, .theses = {thesis_}};
    const ThesisSpec& spec = problem_.thesis(thesis_);
    if (problem_.HasSlots() && problem_.SlotsOf(thesis_).Count() == 0) {
      shortage.has_no_slot = true;
      shortage.way_out.push_back(Other(-1));
      return shortage;
    }
    for (size_t s = 0; s < spec.open.size(); ++s) {
      if (spec.open[s].is_optional || !spec.open[s].candidates.empty()) continue;
      shortage.seats.push_back(static_cast<int>(s));
      shortage.way_out.push_back(Other(static_cast<int>(s)));
    }
    if (!shortage.seats.empty()) return shortage;
    // The rules that are the reason: none of those kept can be left out.
    std::vector<bool> ignored(problem_.spec().rules.size(), false);
    for (const int rule : spec.rules) {
      ignored[static_cast<size_t>(rule)] = true;
      if (HasJury(ignored)) {
        ignored[static_cast<size_t>(rule)] = false;
        shortage.rules.push_back(rule);
      }
    }
    shortage.is_only_for_slots = shortage.rules.empty();
    for (const int rule : spec.rules) {
      std::vector<bool> one(problem_.spec().rules.size(), false);
      one[static_cast<size_t>(rule)] = true;
      if (HasJury(one)) {
        shortage.way_out.push_back(
            {.kind = Shortage::Step::Kind::kLiftRule, .thesis = thesis_, .rule = rule});
      }
    }
    if (shortage.way_out.empty()) shortage.way_out.push_back(Other(-1));
    return shortage;
  }

 private:
  bool HasJury(const std::vector<bool>& ignored) const {
    int64_t work = 0;
    const JuryAnswer answer =
        JurySearch(problem_, thesis_, ignored).Best(Prices::Zero(problem_), work, -kClosed);
    return !answer.is_impossible;
  }
  Shortage::Step Other(int seat) const {
    return {.kind = Shortage::Step::Kind::kOtherPeople, .thesis = thesis_, .seat = seat};
  }

  const Problem& problem_;
  const int thesis_;
};

// A set of places that theses need more of than there are, read from the prices of a linear program that
// cannot seat all. What was counted last stands whenever it is asked to stop.
class Count {
 public:
  Count(const Problem& problem, const Prices& prices, const Stop& should_stop)
      : problem_(problem), should_stop_(should_stop) {
    for (int t = 0; t < problem.theses(); ++t) searches_.emplace_back(problem, t);
    std::set<Value> levels;
    for (const Value price : prices.of) levels.insert(price);
    for (const Value price : prices.in_role) levels.insert(price);
    levels.erase(0);
    std::vector<Value> from(levels.rbegin(), levels.rend());
    if (from.size() > 12) {
      // Prices that mean the same differ a little.
      std::vector<Value> few;
      for (size_t i = 1; i <= 12; ++i) few.push_back(from[i * from.size() / 12 - 1]);
      from = std::move(few);
    }
    const std::vector<Value> any(searches_.size(), kClosed / std::max(1, problem.theses()));
    for (const Value level : from) {
      if (TakeIfShort(PlacesAt(prices, level, true), any)) return;
    }
    TakeIfShort(PlacesAt(prices, 1, false), any);
  }

  std::optional<Shortage> Explain() {
    if (!is_short_) return std::nullopt;
    DropPlaces();
    Shortage shortage{.kind = Shortage::Kind::kTooFewPlaces, .places = places_};
    for (int t = 0; t < problem_.theses(); ++t) {
      // Those that need none of the places are no part of the reason.
      if (needs_[static_cast<size_t>(t)] == 0) continue;
      shortage.theses.push_back(t);
      shortage.least.push_back(needs_[static_cast<size_t>(t)]);
      shortage.needed += needs_[static_cast<size_t>(t)];
    }
    shortage.offered = Offered(places_);
    shortage.rules = RulesThatMatter(shortage.theses);
    return shortage;
  }

 private:
  std::vector<Shortage::Place> PlacesAt(const Prices& prices, Value level, bool is_plain) const {
    std::vector<Shortage::Place> places;
    for (int p = 0; p < problem_.people(); ++p) {
      const Value price = prices.of[static_cast<size_t>(p)];
      if (price >= level) places.push_back({p, -1, problem_.Places(p), is_plain ? 1 : price});
      for (int r = 0; r < problem_.roles(); ++r) {
        const Value in_role = prices.in_role[static_cast<size_t>(p * problem_.roles() + r)];
        if (in_role < level || (is_plain && price >= level)) continue;
        places.push_back(
            {p, r, std::min(problem_.PlacesInRole(p, r), problem_.theses()), is_plain ? 1 : in_role});
      }
    }
    return places;
  }

  Prices AsPrices(const std::vector<Shortage::Place>& places) const {
    Prices prices = Prices::Zero(problem_);
    for (const Shortage::Place& place : places) {
      if (place.role < 0) {
        prices.of[static_cast<size_t>(place.person)] = place.weight;
      } else {
        prices.in_role[static_cast<size_t>(place.person * problem_.roles() + place.role)] = place.weight;
      }
    }
    return prices;
  }

  static Prices Closed(const Prices& prices) {
    Prices closed = prices;
    for (Value& price : closed.of) price = price > 0 ? kClosed : 0;
    for (Value& price : closed.in_role) price = price > 0 ? kClosed : 0;
    return closed;
  }

  // What any legal jury takes of the places at least.
  Value Need(const JurySearch& search, const Prices& prices, const Prices& closed) {
    const JuryAnswer without = search.Best(closed, work_, -kClosed);
    if (!without.is_impossible) return 0;
    return std::max<Value>(0, -search.Cheapest(prices, work_).bound);
  }

  static Value Offered(const std::vector<Shortage::Place>& places) {
    Value offered = 0;
    for (const Shortage::Place& place : places) offered += place.weight * place.places;
    return offered;
  }

  bool IsOver() const { return work_ > kWorkMax || should_stop_(); }

  // Takes the places if theses need more than they offer. `most` is what each may need; where that is not
  // enough any more, the rest need not be counted.
  bool TakeIfShort(std::vector<Shortage::Place> places, const std::vector<Value>& most) {
    const Prices prices = AsPrices(places);
    const Prices closed = Closed(prices);
    const Value offered = Offered(places);
    std::vector<Value> needs(searches_.size(), 0);
    Value still = 0;
    for (const Value value : most) still += value;
    for (size_t t = 0; t < searches_.size(); ++t) {
      if (most[t] == 0) continue;
      if (IsOver()) return false;
      needs[t] = std::min(most[t], Need(searches_[t], prices, closed));
      still -= most[t] - needs[t];
      if (still <= offered) return false;
    }
    if (still <= offered) return false;
    places_ = std::move(places);
    needs_ = std::move(needs);
    is_short_ = true;
    return true;
  }

  // Places without which it is a shortage all the same are no part of the reason. With fewer places no thesis
  // needs more of them.
  void DropPlaces() {
    for (size_t i = places_.size(); i-- > 0 && !IsOver();) {
      std::vector<Shortage::Place> fewer = places_;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      TakeIfShort(std::move(fewer), needs_);
    }
  }

  // Rules without which one of some theses would need less.
  std::vector<int> RulesThatMatter(const std::vector<int>& theses) {
    constexpr size_t kAsked = 20;
    std::set<int> matter;
    const Prices prices = AsPrices(places_);
    const Prices closed = Closed(prices);
    for (size_t i = 0; i < theses.size() && i < kAsked; ++i) {
      for (const int rule : problem_.thesis(theses[i]).rules) {
        if (matter.count(rule) > 0 || IsOver()) continue;
        std::vector<bool> ignored(problem_.spec().rules.size(), false);
        ignored[static_cast<size_t>(rule)] = true;
        const JurySearch search(problem_, theses[i], ignored);
        if (Need(search, prices, closed) < needs_[static_cast<size_t>(theses[i])]) matter.insert(rule);
      }
    }
    return {matter.begin(), matter.end()};
  }

  const Problem& problem_;
  const Stop& should_stop_;
  std::vector<JurySearch> searches_;
  std::vector<Shortage::Place> places_;
  std::vector<Value> needs_;  // by thesis
  bool is_short_ = false;
  int64_t work_ = 0;
};

bool CanSeatAll(const ProblemSpec& spec, const std::vector<int>& theses, const Stop& should_stop) {
  return TryWhether(Bare(spec, theses), should_stop).unseated == 0;
}

// As few more places with `people` as let the theses be seated, and more in the roles in which they are
// short; empty if that is no help.
std::vector<Shortage::Step> FewestMorePlaces(const ProblemSpec& spec, const std::vector<int>& theses,
                                             const std::vector<Shortage::Place>& places,
                                             const Stop& should_stop) {
  const Problem before = Bare(spec, theses);
  ProblemSpec raised = before.spec();
  const int more = before.theses();
  for (const Shortage::Place& place : places) {
    PersonSpec& person = raised.people[static_cast<size_t>(place.person)];
    if (place.role >= 0 && !person.most_in_role.empty()) {
      person.most_in_role[static_cast<size_t>(place.role)] += more;
      continue;
    }
    person.costs.assign(static_cast<size_t>(before.Places(place.person)), 0);
    person.costs.push_back(1);
    person.most = before.Places(place.person) + more;
  }
  const Problem after = *Problem::Create(raised);
  const Composed composed = Try(after, should_stop);
  if (composed.unseated > 0) return {};
  const Loads loads = LoadsOf(after, composed.composition);
  std::vector<Shortage::Step> steps;
  for (const Shortage::Place& place : places) {
    const size_t p = static_cast<size_t>(place.person);
    const int load =
        place.role < 0
            ? loads.of[p]
            : loads.in_role[p * static_cast<size_t>(after.roles()) + static_cast<size_t>(place.role)];
    const int by =
        load - (place.role < 0 ? before.Places(place.person) : before.PlacesInRole(place.person, place.role));
    if (by > 0) {
      steps.push_back(
          {.kind = Shortage::Step::Kind::kMorePlaces, .person = place.person, .role = place.role, .by = by});
    }
  }
  return steps;
}

void Trim(const ProblemSpec& spec, const std::vector<int>& theses, const Stop& should_stop,
          std::vector<Shortage::Step>& steps) {
  int sum = 0;
  for (const Shortage::Step& step : steps) sum += step.by;
  if (sum > kTrimMax) return;
  for (size_t i = 0; i < steps.size(); ++i) {
    while (steps[i].by > 0 && !should_stop()) {
      --steps[i].by;
      ProblemSpec changed = spec;
      for (const Shortage::Step& step : steps) changed = After(changed, step);
      if (CanSeatAll(changed, theses, should_stop)) continue;
      ++steps[i].by;
      break;
    }
  }
  steps.erase(std::remove_if(steps.begin(), steps.end(), [](const auto& step) { return step.by == 0; }),
              steps.end());
}

// A smallest part of `theses` that cannot be seated together; nothing if that is too much work.
std::optional<Shortage> ExplainTogether(const ProblemSpec& spec, std::vector<int> theses,
                                        const Stop& should_stop) {
  if (theses.size() > kTogetherMax) return std::nullopt;
  for (size_t i = theses.size(); i-- > 0;) {
    std::vector<int> fewer = theses;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    const Composed composed = TryWhether(Bare(spec, fewer), should_stop);
    if (composed.unseated == 0) continue;
    if (!composed.is_best) return std::nullopt;
    theses = std::move(fewer);
  }
  return Shortage{.kind = Shortage::Kind::kTogether, .theses = std::move(theses)};
}

std::vector<Shortage::Place> EveryPlace(const Problem& problem) {
  std::vector<Shortage::Place> places;
  for (int p = 0; p < problem.people(); ++p) {
    places.push_back({p, -1, problem.Places(p), 1});
    for (int r = 0; r < problem.roles(); ++r) {
      if (problem.PlacesInRole(p, r) < problem.theses())
        places.push_back({p, r, problem.PlacesInRole(p, r), 1});
    }
  }
  return places;
}

// Whether After changes nothing for a step that more places with somebody were meant by.
bool IsLost(const ProblemSpec& spec, const Shortage::Step& step) {
  return step.role >= 0 && spec.people[static_cast<size_t>(step.person)].most_in_role.empty();
}

void FindWayOut(const ProblemSpec& spec, const Problem& problem, const Stop& should_stop,
                Shortage& shortage) {
  if (shortage.kind == Shortage::Kind::kTooFewPlaces && !should_stop()) {
    shortage.way_out = FewestMorePlaces(spec, shortage.theses, shortage.places, should_stop);
  }
  if (shortage.way_out.empty() && !should_stop()) {
    shortage.way_out = FewestMorePlaces(spec, shortage.theses, EveryPlace(problem), should_stop);
  }
  // All were seated with these places, and Trim seats them again whenever it takes one away.
  Trim(spec, shortage.theses, should_stop, shortage.way_out);
  if (std::none_of(shortage.way_out.begin(), shortage.way_out.end(),
                   [&](const Shortage::Step& step) { return IsLost(spec, step); })) {
    return;
  }
  ProblemSpec changed = spec;
  for (const Shortage::Step& step : shortage.way_out) changed = After(changed, step);
  if (!CanSeatAll(changed, shortage.theses, should_stop)) shortage.way_out.clear();
}

}  // namespace

Shortages FindShortages(const Problem& problem, const std::function<bool()>& should_stop) {
  Shortages shortages;
  std::vector<int> theses;
  for (int t = 0; t < problem.theses(); ++t) {
    std::optional<Shortage> alone = Alone(problem, t).Explain();
    if (alone) {
      shortages.all.push_back(*std::move(alone));
    } else {
      theses.push_back(t);
    }
  }
  ProblemSpec spec = problem.spec();
  for (int round = 0; round < kReasonsMax && !theses.empty(); ++round) {
    const Problem bare = Bare(spec, theses);
    const Composed composed = TryWhether(bare, should_stop);
    if (composed.unseated == 0) return shortages;
    std::optional<Shortage> shortage;
    if (composed.prices_bound < 0) {
      shortage = Count(bare, composed.prices, should_stop).Explain();
      if (shortage) {
        for (int& t : shortage->theses) t = theses[static_cast<size_t>(t)];
      }
    } else if (composed.is_best) {
      shortage = ExplainTogether(spec, theses, should_stop);
    }
    if (!shortage) {
      shortages.is_complete = false;
      return shortages;
    }
    FindWayOut(spec, bare, should_stop, *shortage);
    for (const Shortage::Step& step : shortage->way_out) spec = After(spec, step);
    if (should_stop()) {
      shortages.all.push_back(*std::move(shortage));
      shortages.is_complete = false;
      return shortages;
    }
    if (shortage->way_out.empty()) {
      // What cannot be helped would be found again.
      for (const int t : shortage->theses) theses.erase(std::find(theses.begin(), theses.end(), t));
    }
    shortages.all.push_back(*std::move(shortage));
  }
  return shortages;
}

ProblemSpec After(const ProblemSpec& spec, const Shortage::Step& step) {
  ProblemSpec after = spec;
  if (step.kind == Shortage::Step::Kind::kMorePlaces) {
    PersonSpec& person = after.people[static_cast<size_t>(step.person)];
    if (step.role < 0) {
      person.most += step.by;
    } else if (!person.most_in_role.empty()) {
      person.most_in_role[static_cast<size_t>(step.role)] += step.by;
    }
  }
  if (step.kind == Shortage::Step::Kind::kLiftRule) {
    std::vector<int>& rules = after.theses[static_cast<size_t>(step.thesis)].rules;
    rules.erase(std::remove(rules.begin(), rules.end(), step.rule), rules.end());
  }
  return after;
}

}  // namespace soutenance::assignment::compose
