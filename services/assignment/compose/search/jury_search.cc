#include "services/assignment/compose/search/jury_search.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace soutenance::assignment::compose {
namespace {

constexpr int64_t kStepsMax = 2'000'000;
constexpr Value kLowest = std::numeric_limits<Value>::min() / 4;

bool IsLike(const SeatSpec& a, const SeatSpec& b) {
  return a.role == b.role && a.is_optional == b.is_optional &&
         std::equal(a.candidates.begin(), a.candidates.end(), b.candidates.begin(), b.candidates.end(),
                    [](const Candidate& x, const Candidate& y) {
                      return x.person == y.person && x.value == y.value;
                    });
}

// Neither people nor common slots.
bool IsNothingWorth(const Problem& problem, const ThesisSpec& thesis) {
  const std::vector<Value>& slots = problem.spec().slot_values;
  const auto is_nothing = [](Value value) { return value == 0; };
  return std::all_of(slots.begin(), slots.end(), is_nothing) &&
         std::all_of(thesis.open.begin(), thesis.open.end(), [](const SeatSpec& seat) {
           return std::all_of(seat.candidates.begin(), seat.candidates.end(),
                              [](const Candidate& candidate) { return candidate.value == 0; });
         });
}

}  // namespace

// One search.
class JurySearch::Walk {
 public:
  // Told of each jury with more than `floor`; returns the new floor.
  using Visit = std::function<Value(const FoundJury&)>;

  Walk(const JurySearch& search, const Prices& prices, bool scores_weigh, Value floor, Visit visit)
      : search_(search),
        problem_(search.problem_),
        spec_(problem_.thesis(search.thesis_)),
        scores_weigh_(scores_weigh),
        only_prices_(!scores_weigh || IsNothingWorth(problem_, spec_)),
        floor_(floor),
        visit_(std::move(visit)),
        sums_(search.given_),
        found_{Seating(spec_.open.size(), kNobody), 0, 0},
        slots_(search.seats_.size() + 1),
        place_(search.seats_.size(), -1) {
    slots_[0] = search.slots_;
    Sort(prices);
    FindRanges();
    if (only_prices_) FindLowestPrices();
  }

  void Run() {
    if (!AreRulesPossible(0)) return;
    if (problem_.HasSlots() && slots_[0].IsEmpty()) return;
    Try(0, 0, 0);
  }

  int64_t steps() const { return steps_; }
  // The most that anything not looked at could gain; kLowest if all was.
  Value missed() const { return missed_; }

 private:
  struct Choice {
    int person;
    Value value;
    Value reduced;
  };

  void Sort(const Prices& prices) {
    choices_.resize(search_.seats_.size());
    rest_.assign(search_.seats_.size() + 1, 0);
    for (size_t s = 0; s < search_.seats_.size(); ++s) {
      const SeatSpec& seat = spec_.open[static_cast<size_t>(search_.seats_[s].number)];
      choices_[s].reserve(seat.candidates.size());
      for (const Candidate& candidate : seat.candidates) {
        const Value price =
            prices.of[static_cast<size_t>(candidate.person)] +
            prices.in_role[static_cast<size_t>(candidate.person * problem_.roles() + seat.role)];
        if (price >= kClosed) continue;
        const Value value = scores_weigh_ ? candidate.value : 0;
        choices_[s].push_back({candidate.person, value, value - price});
      }
      std::sort(choices_[s].begin(), choices_[s].end(), [](const Choice& a, const Choice& b) {
        return a.reduced != b.reduced ? a.reduced > b.reduced : a.person < b.person;
      });
    }
    for (size_t s = choices_.size(); s-- > 0;) {
      const bool is_optional = spec_.open[static_cast<size_t>(search_.seats_[s].number)].is_optional;
      Value most = choices_[s].empty() ? kLowest : choices_[s].front().reduced;
      if (is_optional) most = std::max<Value>(most, 0);
      rest_[s] = rest_[s + 1] + most;
      if (rest_[s] < kLowest) rest_[s] = kLowest;
    }
  }

  // By seat and rule: the least and most that it and those after it can count.
  void FindRanges() {
    const size_t seats = search_.seats_.size();
    least_after_.assign(seats + 1, std::vector<int>(sums_.size(), 0));
    most_after_ = least_after_;
    for (size_t s = seats; s-- > 0;) {
      const SeatSpec& open = spec_.open[static_cast<size_t>(search_.seats_[s].number)];
      for (size_t i = 0; i < sums_.size(); ++i) {
        int least = open.is_optional ? 0 : std::numeric_limits<int>::max();
        int most = open.is_optional ? 0 : std::numeric_limits<int>::min();
        for (const Choice& choice : choices_[s]) {
          const int weight = problem_.Weight(search_.rules_[i], open.role, choice.person);
          least = std::min(least, weight);
          most = std::max(most, weight);
        }
        if (least > most) least = most = 0;  // nobody can sit there, which is found where they are tried
        least_after_[s][i] = least_after_[s + 1][i] + least;
        most_after_[s][i] = most_after_[s + 1][i] + most;
      }
    }
  }

  bool AreRulesPossible(size_t seat) const {
    for (size_t i = 0; i < sums_.size(); ++i) {
      const RuleSpec& rule = problem_.rule(search_.rules_[i]);
      if (int64_t{sums_[i]} + most_after_[seat][i] < rule.least) return false;
      if (int64_t{sums_[i]} + least_after_[seat][i] > rule.most) return false;
    }
    return true;
  }

  Value SlotGain(const Slots& slots) const {
    return problem_.HasSlots() && !only_prices_ ? problem_.SlotValue(slots.Count()) : 0;
  }

  // Where juries differ by prices alone: what the rules still ask for is had for nothing as far as people
  // without price go, and costs at least the lowest price for each seat beyond.
  void FindLowestPrices() {
    const size_t seats = search_.seats_.size();
    free_after_.assign(seats + 1, std::vector<int>(sums_.size(), 0));
    paid_more_.assign(sums_.size(), 0);
    for (size_t s = seats; s-- > 0;) {
      const SeatSpec& open = spec_.open[static_cast<size_t>(search_.seats_[s].number)];
      for (const Choice& choice : choices_[s]) {
        if (choice.reduced < 0) lowest_price_ = std::min(lowest_price_, -choice.reduced);
      }
      for (size_t i = 0; i < sums_.size(); ++i) {
        const int most = most_after_[s][i] - most_after_[s + 1][i];
        int free = open.is_optional ? 0 : std::numeric_limits<int>::min();
        for (const Choice& choice : choices_[s]) {
          if (choice.reduced == 0) {
            free = std::max(free, problem_.Weight(search_.rules_[i], open.role, choice.person));
          }
        }
        if (free == std::numeric_limits<int>::min()) free = most;  // it costs whatever is chosen
        free_after_[s][i] = free_after_[s + 1][i] + free;
        paid_more_[i] = std::max(paid_more_[i], most - free);
      }
    }
  }

  Value LeastToPay(size_t seat) const {
    int most = 0;
    for (size_t i = 0; i < sums_.size(); ++i) {
      const RuleSpec& rule = problem_.rule(search_.rules_[i]);
      if (rule.least == std::numeric_limits<int>::min() || paid_more_[i] == 0) continue;
      const int missing = rule.least - sums_[i] - free_after_[seat][i];
      if (missing > 0) most = std::max(most, (missing + paid_more_[i] - 1) / paid_more_[i]);
    }
    return most == 0 ? 0 : most * lowest_price_;
  }

  void Try(size_t s, Value value, Value reduced) {
    if (only_prices_ && reduced - LeastToPay(s) <= floor_) return;
    const Value gain = SlotGain(slots_[s]);
    if (s == search_.seats_.size()) {
      if (reduced + gain <= floor_) return;
      found_.value = value + gain;
      found_.reduced = reduced + gain;
      floor_ = visit_(found_);
      return;
    }
    const Seat& seat = search_.seats_[s];
    const SeatSpec& spec = spec_.open[static_cast<size_t>(seat.number)];
    const std::vector<Choice>& choices = choices_[s];
    const size_t first = seat.is_like_previous ? static_cast<size_t>(place_[s - 1] + 1) : 0;
    for (size_t i = first; i < choices.size(); ++i) {
      const Choice& choice = choices[i];
      const Value most = reduced + choice.reduced + rest_[s + 1] + gain;
      if (most <= floor_) break;
      if (++steps_ > kStepsMax) {
        missed_ = std::max(missed_, most);
        return;
      }
      if (std::find(found_.seating.begin(), found_.seating.end(), choice.person) != found_.seating.end()) {
        continue;
      }
      Enter(s, seat.number, choice, static_cast<int>(i), value, reduced, spec.role);
    }
    if (spec.is_optional && reduced + rest_[s + 1] + gain > floor_) {
      place_[s] = static_cast<int>(choices.size());
      slots_[s + 1] = slots_[s];
      if (AreRulesPossible(s + 1)) Try(s + 1, value, reduced);
    }
  }

  void Enter(size_t s, int number, const Choice& choice, int place, Value value, Value reduced, int role) {
    slots_[s + 1] = slots_[s];
    if (problem_.HasSlots()) {
      slots_[s + 1].Meet(problem_.person(choice.person).free);
      if (slots_[s + 1].IsEmpty()) return;
    }
    Count(choice.person, role, 1);
    if (AreRulesPossible(s + 1)) {
      found_.seating[static_cast<size_t>(number)] = choice.person;
      place_[s] = place;
      Try(s + 1, value + choice.value, reduced + choice.reduced);
      found_.seating[static_cast<size_t>(number)] = kNobody;
    }
    Count(choice.person, role, -1);
  }

  void Count(int person, int role, int sign) {
    for (size_t i = 0; i < sums_.size(); ++i) {
      sums_[i] += sign * problem_.Weight(search_.rules_[i], role, person);
    }
  }

  const JurySearch& search_;
  const Problem& problem_;
  const ThesisSpec& spec_;
  const bool scores_weigh_;
  const bool only_prices_;  // juries differ by nothing else
  Value floor_;
  Visit visit_;
  std::vector<int> sums_;  // by rule
  FoundJury found_;
  std::vector<Slots> slots_;  // by seat: common to those before
  std::vector<int> place_;    // by seat: which choice was taken
  std::vector<std::vector<Choice>> choices_;
  std::vector<Value> rest_;  // by seat: the most that it and those after it can gain
  std::vector<std::vector<int>> least_after_;
  std::vector<std::vector<int>> most_after_;
  std::vector<std::vector<int>> free_after_;
  std::vector<int> paid_more_;
  Value lowest_price_ = kClosed;
  int64_t steps_ = 0;
  Value missed_ = kLowest;
};

JurySearch::JurySearch(const Problem& problem, int thesis, const std::vector<bool>& ignored_rules)
    : problem_(problem), thesis_(thesis), slots_(problem.SlotsOf(thesis)) {
  const ThesisSpec& spec = problem.thesis(thesis);
  std::vector<int> order;
  for (size_t s = 0; s < spec.open.size(); ++s) order.push_back(static_cast<int>(s));
  const auto seat = [&](int number) -> const SeatSpec& { return spec.open[static_cast<size_t>(number)]; };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    if (seat(a).is_optional != seat(b).is_optional) return seat(b).is_optional;
    if (seat(a).candidates.size() != seat(b).candidates.size()) {
      return seat(a).candidates.size() < seat(b).candidates.size();
    }
    return seat(a).role < seat(b).role;
  });
  for (size_t i = 0; i < order.size(); ++i) {
    seats_.push_back({order[i], i > 0 && IsLike(seat(order[i - 1]), seat(order[i]))});
  }
  for (const int rule : spec.rules) {
    if (!ignored_rules.empty() && ignored_rules[static_cast<size_t>(rule)]) continue;
    rules_.push_back(rule);
    int sum = 0;
    for (const GivenSeat& given : spec.given) {
      sum += problem.Weight(rule, given.role, given.person);
    }
    given_.push_back(sum);
  }
}

JurySearch JurySearch::In(const Slots& slots) const {
  JurySearch search = *this;
  search.slots_.Meet(slots);
  return search;
}

JuryAnswer JurySearch::Best(const Prices& prices, int64_t& work, Value floor) const {
  return Look(prices, true, floor, work);
}

JuryAnswer JurySearch::Cheapest(const Prices& prices, int64_t& work) const {
  return Look(prices, false, -kClosed, work);
}

JuryAnswer JurySearch::Look(const Prices& prices, bool scores_weigh, Value floor, int64_t& work) const {
  JuryAnswer answer;
  Walk walk(*this, prices, scores_weigh, std::max(floor, kLowest), [&answer](const FoundJury& found) {
    answer.best = found;
    return found.reduced;
  });
  walk.Run();
  work += walk.steps() + 1;
  answer.bound = std::max(answer.best ? answer.best->reduced : kLowest, walk.missed());
  answer.is_impossible = !answer.best && walk.missed() == kLowest;
  return answer;
}

std::optional<std::vector<FoundJury>> JurySearch::Within(const Prices& prices, Value least, size_t most,
                                                         int64_t& work) const {
  std::vector<FoundJury> all;
  Walk walk(*this, prices, true, least - 1, [&](const FoundJury& found) {
    all.push_back(found);
    return all.size() > most ? kClosed : least - 1;
  });
  walk.Run();
  work += walk.steps() + 1;
  if (all.size() > most || walk.missed() != kLowest) return std::nullopt;
  std::sort(all.begin(), all.end(), [](const FoundJury& a, const FoundJury& b) {
    return a.reduced != b.reduced ? a.reduced > b.reduced : a.seating < b.seating;
  });
  return all;
}

}  // namespace soutenance::assignment::compose
