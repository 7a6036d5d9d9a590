#include "services/assignment/compose/search/compose.h"

#include <algorithm>
#include <utility>

#include "services/assignment/compose/search/exact.h"
#include "services/assignment/compose/search/improve.h"
#include "services/assignment/compose/search/jury_search.h"
#include "services/assignment/compose/search/relaxation.h"
#include "services/assignment/compose/search/state.h"

namespace soutenance::assignment::compose {
namespace {

constexpr int64_t kFirstProof = 20'000;

// A thesis at a time, those with the fewest candidates first.
void Greedy(const Problem& problem, const std::vector<JurySearch>& searches, State& state, int64_t& work) {
  std::vector<std::pair<size_t, int>> order;
  for (int t = 0; t < problem.theses(); ++t) {
    size_t fewest = static_cast<size_t>(problem.people());
    for (const SeatSpec& seat : problem.thesis(t).open) fewest = std::min(fewest, seat.candidates.size());
    order.push_back({fewest, t});
  }
  std::sort(order.begin(), order.end());
  for (const auto& [fewest, t] : order) {
    const JuryAnswer answer = searches[static_cast<size_t>(t)].Best(state.marginal(), work);
    if (answer.best) state.Seat(t, *answer.best);
  }
}

std::vector<Column> ColumnsOf(const Problem& problem, const State& state) {
  std::vector<Column> columns;
  for (int t = 0; t < problem.theses(); ++t) {
    if (state.IsSeated(t)) columns.push_back({t, {state.SeatingOf(t), state.ValueOf(t), 0}, 0});
  }
  return columns;
}

Value DivideUp(Value value, Value by) { return value <= 0 ? -(-value / by) : (value + by - 1) / by; }

// Composes juries that no slot is left for again, with people who can come at another time, the one that
// loses least first.
void Spread(const Problem& problem, const std::vector<JurySearch>& searches, State& state, int64_t& work) {
  for (int round = 0; round < problem.theses(); ++round) {
    const SlotMatching matching = MatchSlots(problem, state.composition());
    if (matching.without == 0) return;
    Slots others = Slots::First(static_cast<int>(problem.spec().slot_days.size()));
    Slots full;
    for (const int slot : matching.crowd.slots) full.Add(slot);
    others.Remove(full);
    int moved = -1;
    FoundJury to;
    Value least_lost = kClosed;
    for (const int t : matching.crowd.theses) {
      const FoundJury held{state.SeatingOf(t), state.ValueOf(t), 0};
      const Value worth = state.worth();
      state.Unseat(t);
      const JuryAnswer answer =
          searches[static_cast<size_t>(t)].In(others).Best(state.marginal(), work, -kClosed);
      if (answer.best) {
        // Its common slots are more than those that were looked at.
        FoundJury found = *answer.best;
        found.value = JuryValue(problem, t, found.seating);
        state.Seat(t, found);
        if (worth - state.worth() < least_lost) {
          least_lost = worth - state.worth();
          moved = t;
          to = std::move(found);
        }
        state.Unseat(t);
      }
      state.Seat(t, held);
    }
    if (moved < 0) return;
    state.Unseat(moved);
    state.Seat(moved, to);
  }
}

void TakeBounds(const Problem& problem, const State& state, Value searched, Composed& composed) {
  const Value cost = CostOfUnseated(problem);
  composed.total = TotalValue(problem, composed.composition);
  composed.unseated = state.unseated();
  const Value bound = std::min(searched, composed.prices_bound);
  composed.is_best = bound <= state.worth();
  if (composed.is_best) {
    composed.unseated_bound = composed.unseated;
    composed.total_bound = composed.total;
    return;
  }
  // The worth is the total less the cost of each thesis without jury; a total is less than half of that.
  composed.unseated_bound =
      static_cast<int>(std::clamp<Value>(DivideUp(-bound - cost / 2, cost), 0, composed.unseated));
  composed.total_bound = bound + cost * composed.unseated;
}

}  // namespace

Composed Compose(const Problem& problem, const ComposeOptions& options) {
  Composed composed;
  std::vector<JurySearch> searches;
  searches.reserve(static_cast<size_t>(problem.theses()));
  for (int t = 0; t < problem.theses(); ++t) searches.emplace_back(problem, t);

  State greedy(problem);
  Greedy(problem, searches, greedy, composed.work);
  options.on_progress(problem.theses() - greedy.unseated());
  const Relaxed relaxed =
      Relax(problem, searches, ColumnsOf(problem, greedy), options.should_stop, composed.work);
  composed.prices = relaxed.prices;
  composed.prices_bound = relaxed.bound;
  State state(problem);
  Round(problem, searches, relaxed, state, composed.work);
  State& best = state.worth() >= greedy.worth() ? state : greedy;
  options.on_progress(problem.theses() - best.unseated());
  const auto search = [&](int64_t nodes) {
    return !options.should_stop() &&
           SearchGap(problem, searches, relaxed.prices, relaxed.bound, nodes, best, composed.work);
  };
  // Of small problems that is all.
  bool is_finished = search(kFirstProof);
  if (!is_finished) {
    const ImproveLimits limits{options.work, options.seed, relaxed.bound, options.should_stop};
    Improve(problem, searches, relaxed.prices, limits, best, composed.work);
    is_finished = search(options.proof_work);
  }
  const Value searched = is_finished ? best.worth() : relaxed.bound;
  const Value before = best.worth();
  if (options.spreads) Spread(problem, searches, best, composed.work);
  composed.given_up = before - best.worth();
  composed.composition = best.composition();
  composed.matching = MatchSlots(problem, composed.composition);
  TakeBounds(problem, best, searched, composed);
  return composed;
}

}  // namespace soutenance::assignment::compose
