#include "services/assignment/compose/search/improve.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace soutenance::assignment::compose {
namespace {

// The same numbers on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 1) {}
  uint64_t Next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ * 0x2545f4914f6cdd1du;
  }
  int Below(int count) { return static_cast<int>((Next() >> 33) % static_cast<uint64_t>(count)); }

 private:
  uint64_t state_;
};

// What places cost now, or what the linear program found they are worth to others, times part / 4.
Prices Guided(const Prices& marginal, const Prices& prices, int part) {
  Prices guided = marginal;
  for (size_t p = 0; p < guided.of.size(); ++p) {
    if (guided.of[p] < kClosed) guided.of[p] = std::max(guided.of[p], prices.of[p] / 4 * part);
  }
  for (size_t i = 0; i < guided.in_role.size(); ++i) {
    if (guided.in_role[i] < kClosed) guided.in_role[i] = prices.in_role[i] / 4 * part;
  }
  return guided;
}

class Improver {
 public:
  Improver(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
           const ImproveLimits& limits, State& state, int64_t& work)
      : problem_(problem),
        searches_(searches),
        prices_(prices),
        limits_(limits),
        state_(state),
        work_(work),
        random_(limits.seed),
        best_(state.composition()),
        best_values_(Values()),
        best_worth_(state.worth()) {}

  void Run() {
    const int64_t end = work_ + limits_.work;
    int64_t round = 0;
    while (work_ < end && best_worth_ < limits_.enough) {
      if (++round % 64 == 0 && limits_.should_stop()) break;
      // What may be lost for a while, less and less of it.
      const Value allowed =
          static_cast<Value>(static_cast<double>(limits_.enough - best_worth_) / 50 *
                             static_cast<double>(end - work_) / static_cast<double>(limits_.work));
      Step(allowed);
      if (state_.worth() > best_worth_) Remember();
    }
    Restore();
  }

 private:
  void Step(Value allowed) {
    const std::vector<int> theses = Choose();
    std::vector<std::pair<int, std::optional<FoundJury>>> before;
    const Value worth = state_.worth();
    for (const int t : theses) {
      std::optional<FoundJury> jury;
      if (state_.IsSeated(t)) {
        jury = FoundJury{state_.SeatingOf(t), state_.ValueOf(t), 0};
        state_.Unseat(t);
      }
      before.push_back({t, std::move(jury)});
    }
    const int part = random_.Below(5);
    for (const int t : theses) {
      const bool is_last = t == theses.back();
      JuryAnswer answer = searches_[static_cast<size_t>(t)].Best(
          is_last ? state_.marginal() : Guided(state_.marginal(), prices_, part), work_);
      if (answer.best) state_.Seat(t, *answer.best);
    }
    if (state_.worth() >= worth || state_.worth() > best_worth_ - allowed) return;
    for (const int t : theses) {
      if (state_.IsSeated(t)) state_.Unseat(t);
    }
    for (const auto& [t, jury] : before) {
      if (jury) state_.Seat(t, *jury);
    }
  }

  // A thesis, one without jury if there is one, and some whose juries hold people it would like.
  std::vector<int> Choose() {
    int first = random_.Below(problem_.theses());
    if (state_.unseated() > 0 && random_.Below(4) > 0) {
      while (state_.IsSeated(first)) first = (first + 1) % problem_.theses();
    }
    const int count = 2 + random_.Below(random_.Below(3) == 0 ? 7 : 3);
    std::vector<bool> liked(static_cast<size_t>(problem_.people()), false);
    if (state_.IsSeated(first) && random_.Below(2) == 0) {
      for (const int p : state_.SeatingOf(first)) {
        if (p != kNobody) liked[static_cast<size_t>(p)] = true;
      }
    } else if (const JuryAnswer wish =
                   searches_[static_cast<size_t>(first)].Best(Scaled(random_.Below(5)), work_);
               wish.best) {
      for (const int p : wish.best->seating) {
        if (p != kNobody) liked[static_cast<size_t>(p)] = true;
      }
    }
    std::vector<int> rivals;
    for (int t = 0; t < problem_.theses(); ++t) {
      if (t == first || !state_.IsSeated(t)) continue;
      for (const int p : state_.SeatingOf(t)) {
        if (p == kNobody || !liked[static_cast<size_t>(p)]) continue;
        rivals.push_back(t);
        break;
      }
    }
    std::vector<int> chosen = {first};
    while (static_cast<int>(chosen.size()) < count && !rivals.empty()) {
      const size_t i = static_cast<size_t>(random_.Below(static_cast<int>(rivals.size())));
      chosen.push_back(rivals[i]);
      rivals[i] = rivals.back();
      rivals.pop_back();
    }
    for (size_t i = chosen.size(); i > 1; --i) {
      // One without jury chooses first more often than not.
      std::swap(chosen[i - 1], chosen[static_cast<size_t>(random_.Below(static_cast<int>(i)))]);
    }
    return chosen;
  }

  Prices Scaled(int part) const {
    Prices scaled = prices_;
    for (Value& price : scaled.of) price = price / 4 * part;
    for (Value& price : scaled.in_role) price = price / 4 * part;
    for (int p = 0; p < problem_.people(); ++p) {
      if (problem_.Places(p) <= 0) scaled.of[static_cast<size_t>(p)] = kClosed;
      for (int r = 0; r < problem_.roles(); ++r) {
        if (problem_.PlacesInRole(p, r) > 0) continue;
        scaled.in_role[static_cast<size_t>(p * problem_.roles() + r)] = kClosed;
      }
    }
    return scaled;
  }

  std::vector<Value> Values() const {
    std::vector<Value> values;
    for (int t = 0; t < problem_.theses(); ++t) values.push_back(state_.ValueOf(t));
    return values;
  }

  void Remember() {
    best_ = state_.composition();
    best_values_ = Values();
    best_worth_ = state_.worth();
  }

  void Restore() {
    for (int t = 0; t < problem_.theses(); ++t) {
      if (state_.IsSeated(t)) state_.Unseat(t);
    }
    for (int t = 0; t < problem_.theses(); ++t) {
      const size_t i = static_cast<size_t>(t);
      if (best_.is_seated[i]) state_.Seat(t, {best_.seating[i], best_values_[i], 0});
    }
  }

  const Problem& problem_;
  const std::vector<JurySearch>& searches_;
  const Prices& prices_;
  const ImproveLimits& limits_;
  State& state_;
  int64_t& work_;
  Random random_;
  Composition best_;
  std::vector<Value> best_values_;
  Value best_worth_;
};

}  // namespace

void Round(const Problem& problem, const std::vector<JurySearch>& searches, const Relaxed& relaxed,
           State& state, int64_t& work) {
  std::vector<const Column*> columns;
  for (const Column& column : relaxed.columns) {
    if (column.part > 1e-6) columns.push_back(&column);
  }
  std::stable_sort(columns.begin(), columns.end(),
                   [](const Column* a, const Column* b) { return a->part > b->part; });
  for (const Column* column : columns) {
    if (state.IsSeated(column->thesis) || !state.HasPlacesFor(column->thesis, column->jury.seating)) continue;
    state.Seat(column->thesis, column->jury);
  }
  for (int t = 0; t < problem.theses(); ++t) {
    if (state.IsSeated(t)) continue;
    const JuryAnswer answer =
        searches[static_cast<size_t>(t)].Best(Guided(state.marginal(), relaxed.prices, 4), work);
    if (answer.best) state.Seat(t, *answer.best);
  }
}

void Improve(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
             const ImproveLimits& limits, State& state, int64_t& work) {
  if (problem.theses() == 0) return;
  Improver(problem, searches, prices, limits, state, work).Run();
}

}  // namespace soutenance::assignment::compose
