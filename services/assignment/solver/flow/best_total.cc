#include "services/assignment/solver/flow/best_total.h"

#include <utility>

#include "services/assignment/solver/flow/network.h"

namespace soutenance::assignment::solver {

std::optional<BestAssignment> FindBestTotal(const Problem& problem) {
  FlowResult flow = MaximiseGain(
      problem, [&problem](int thesis, int reviewer) { return int64_t{problem.score(thesis, reviewer)}; },
      kScoreMax);
  if (!flow.IsComplete()) return std::nullopt;
  BestAssignment best{std::move(flow.assignment), {std::move(flow.reviewer_prices), std::nullopt}};
  for (int64_t& price : best.prices.of) price *= kPriceUnits;
  return best;
}

}  // namespace soutenance::assignment::solver
