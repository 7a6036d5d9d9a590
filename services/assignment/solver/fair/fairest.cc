#include "services/assignment/solver/fair/fairest.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "services/assignment/solver/fair/choices.h"
#include "services/assignment/solver/flow/network.h"

namespace soutenance::assignment::solver {
namespace {

int64_t FloorTo(int64_t value, int64_t step) {
  int64_t quotient = value / step;
  if (value % step < 0) --quotient;
  return quotient * step;
}

void TakeTotal(AtLevel at, FairAssignment& fair) {
  fair.assignment = std::move(at.assignment);
  fair.total_bound = at.bound;
  fair.is_total_proven_by_prices = at.is_proven_by_prices;
  fair.prices = std::move(at.prices);
  fair.tree = std::move(at.tree);
}

}  // namespace

std::optional<FairAssignment> FindFairest(const Problem& problem, const FairLimits& limits) {
  const FlowResult flow = MaximiseGain(
      problem, [&problem](int thesis, int reviewer) { return int64_t{problem.score(thesis, reviewer)}; },
      kScoreMax);
  if (!flow.IsComplete()) return std::nullopt;
  FairAssignment fair;
  if (problem.theses() == 0) return fair;
  const Choices any(problem, std::numeric_limits<int64_t>::min() / 4);
  fair.level_bound = std::numeric_limits<int64_t>::max();
  for (int t = 0; t < problem.theses(); ++t) {
    const int64_t highest = *any.Highest(t);  // the flow has a choice for every thesis
    if (highest >= fair.level_bound) continue;
    fair.level_bound = highest;
    fair.level_thesis = t;
  }
  fair.level = WorstOff(problem, flow.assignment);
  // The flow itself is best if nobody can be better off than its worst-off.
  std::optional<AtLevel> best;
  int64_t wanted = fair.level_bound;
  while (fair.level < fair.level_bound || !best) {
    // On the way to the level any assignment will do.
    const bool is_last = wanted == fair.level_bound;
    AtLevel at = BestAtLevel(problem, flow, wanted, is_last ? Wanted::kBest : Wanted::kAny, limits);
    const bool has_one = at.outcome == AtLevel::Outcome::kBest || at.outcome == AtLevel::Outcome::kFound;
    if (has_one) {
      // Reached levels above what was asked still need the best total at that level.
      const int64_t reached = WorstOff(problem, at.assignment);
      fair.level = std::max(fair.level, reached);
      if (is_last) best = std::move(at);
    } else if (at.outcome == AtLevel::Outcome::kImpossible) {
      fair.level_bound = FloorTo(wanted - 1, problem.step());
      fair.level_proof =
          at.is_proven_by_prices ? FairAssignment::LevelProof::kPrices : FairAssignment::LevelProof::kSearch;
      fair.level_thesis.reset();
      fair.level_prices = std::move(at.prices);
      best.reset();
    } else {
      break;
    }
    if (fair.level >= fair.level_bound) {
      wanted = fair.level;
    } else {
      wanted = fair.level + FloorTo((fair.level_bound - fair.level + problem.step()) / 2, problem.step());
      wanted = std::clamp(wanted, fair.level + problem.step(), fair.level_bound);
      best.reset();
    }
  }
  if (!best) best = BestAtLevel(problem, flow, fair.level, Wanted::kBest, limits);
  if (best->assignment.empty()) best->assignment = flow.assignment;
  TakeTotal(*std::move(best), fair);
  return fair;
}

}  // namespace soutenance::assignment::solver
