#include "services/assignment/compose/search/exact.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace soutenance::assignment::compose {
namespace {

constexpr size_t kJuriesOfThesis = 2'000;
constexpr size_t kJuries = 60'000;

class GapSearch {
 public:
  GapSearch(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
            Value bound, int64_t nodes, State& best, int64_t& work)
      : problem_(problem),
        searches_(searches),
        prices_(prices),
        bound_(bound),
        nodes_max_(nodes),
        best_(best),
        work_(work),
        cost_of_unseated_(CostOfUnseated(problem)),
        state_(problem),
        rest_(static_cast<size_t>(problem.people()), 0) {}

  bool Run() {
    if (!ListJuries()) return false;
    std::sort(theses_.begin(), theses_.end(), [](const Thesis& a, const Thesis& b) {
      return a.options.size() != b.options.size() ? a.options.size() < b.options.size() : a.number < b.number;
    });
    Value gained = 0;
    for (const Thesis& thesis : theses_) {
      gained += thesis.options.empty() ? 0 : thesis.options.front().reduced;
      for (const int p : thesis.people) ++rest_[static_cast<size_t>(p)];
      if (thesis.options.empty()) return true;  // every composition that is better would need one
    }
    for (int p = 0; p < problem_.people(); ++p) gained += Paid(p, 0, rest_[static_cast<size_t>(p)]);
    gained += PaidInRoles();
    Try(0, gained);
    work_ += nodes_;
    if (nodes_ > nodes_max_) return false;
    return true;
  }

 private:
  struct Option {
    std::optional<FoundJury> jury;  // nothing: the thesis has none
    Value reduced;
  };
  struct Thesis {
    int number;
    std::vector<Option> options;  // best first
    std::vector<int> people;      // who is in any of them
  };

  bool ListJuries() {
    const Value gap = bound_ - best_.worth();
    size_t juries = 0;
    for (int t = 0; t < problem_.theses(); ++t) {
      const JurySearch& search = searches_[static_cast<size_t>(t)];
      const JuryAnswer answer = search.Best(prices_, work_, -cost_of_unseated_);
      const Value most =
          answer.is_impossible ? -cost_of_unseated_ : std::max(answer.bound, -cost_of_unseated_);
      // Better than what is known is wanted, so juries exactly at the gap are no use.
      std::optional<std::vector<FoundJury>> within =
          search.Within(prices_, most - gap + 1, kJuriesOfThesis, work_);
      if (!within) return false;
      juries += within->size();
      if (juries > kJuries) return false;
      Thesis thesis{t, {}, {}};
      std::set<int> people;
      for (FoundJury& jury : *within) {
        for (const int person : jury.seating) {
          if (person != kNobody) people.insert(person);
        }
        const Value reduced = jury.reduced;
        thesis.options.push_back({std::move(jury), reduced});
      }
      if (-cost_of_unseated_ > most - gap) thesis.options.push_back({std::nullopt, -cost_of_unseated_});
      std::stable_sort(thesis.options.begin(), thesis.options.end(),
                       [](const Option& a, const Option& b) { return a.reduced > b.reduced; });
      thesis.people.assign(people.begin(), people.end());
      theses_.push_back(std::move(thesis));
    }
    return true;
  }

  // What somebody's places can be paid at most who has `load` and can get up to `rest` more.
  Value Paid(int person, int load, int rest) const {
    const Value price = prices_.of[static_cast<size_t>(person)];
    Value paid = 0;
    const int most = std::min(problem_.Places(person), load + rest);
    for (int n = 0; n < most; ++n) {
      const Value more = price - problem_.Cost(person, n);
      if (more <= 0 && n >= load) break;
      paid += more;
    }
    return paid;
  }

  Value PaidInRoles() const {
    Value paid = 0;
    for (int p = 0; p < problem_.people(); ++p) {
      const int places = std::min(problem_.Places(p), problem_.theses());
      for (int r = 0; r < problem_.roles(); ++r) {
        const Value price = prices_.in_role[static_cast<size_t>(p * problem_.roles() + r)];
        if (price > 0) paid += price * std::min(problem_.PlacesInRole(p, r), places);
      }
    }
    return paid;
  }

  // `gained` bounds everything that agrees with what was decided.
  void Try(size_t i, Value gained) {
    if (gained <= best_.worth() || nodes_ > nodes_max_) return;
    if (i == theses_.size()) {
      if (state_.worth() > best_.worth()) TakeOver();
      return;
    }
    const Thesis& thesis = theses_[i];
    Value before = 0;
    for (const int p : thesis.people) {
      int& rest = rest_[static_cast<size_t>(p)];
      before += Paid(p, state_.Load(p), rest);
      --rest;
    }
    for (const Option& option : thesis.options) {
      ++nodes_;
      if (gained - thesis.options.front().reduced + option.reduced <= best_.worth()) break;
      if (option.jury && !state_.HasPlacesFor(thesis.number, option.jury->seating)) continue;
      if (option.jury) state_.Seat(thesis.number, *option.jury);
      Value after = 0;
      for (const int p : thesis.people) after += Paid(p, state_.Load(p), rest_[static_cast<size_t>(p)]);
      Try(i + 1, gained - thesis.options.front().reduced + option.reduced - before + after);
      if (option.jury) state_.Unseat(thesis.number);
    }
    for (const int p : thesis.people) ++rest_[static_cast<size_t>(p)];
  }

  void TakeOver() {
    for (int t = 0; t < problem_.theses(); ++t) {
      if (best_.IsSeated(t)) best_.Unseat(t);
    }
    for (int t = 0; t < problem_.theses(); ++t) {
      if (state_.IsSeated(t)) best_.Seat(t, {state_.SeatingOf(t), state_.ValueOf(t), 0});
    }
  }

  const Problem& problem_;
  const std::vector<JurySearch>& searches_;
  const Prices& prices_;
  const Value bound_;
  const int64_t nodes_max_;
  State& best_;
  int64_t& work_;
  const Value cost_of_unseated_;
  State state_;
  std::vector<Thesis> theses_;
  std::vector<int> rest_;  // by person: theses not yet decided that could have them
  int64_t nodes_ = 0;
};

}  // namespace

bool SearchGap(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
               Value bound, int64_t nodes, State& state, int64_t& work) {
  if (state.worth() >= bound) return true;
  return GapSearch(problem, searches, prices, bound, nodes, state, work).Run();
}

}  // namespace soutenance::assignment::compose
