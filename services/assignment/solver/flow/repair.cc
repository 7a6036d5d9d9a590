#include "services/assignment/solver/flow/repair.h"

#include <algorithm>
#include <utility>

#include "services/assignment/solver/flow/network.h"

namespace soutenance::assignment::solver {

std::optional<Repaired> Repair(const Problem& problem, const std::vector<Pair>& held) {
  std::vector<std::vector<int>> before(static_cast<size_t>(problem.theses()));
  for (const Pair& pair : held) before[static_cast<size_t>(pair.thesis)].push_back(pair.reviewer);
  for (std::vector<int>& reviewers : before) {
    std::sort(reviewers.begin(), reviewers.end());
    reviewers.erase(std::unique(reviewers.begin(), reviewers.end()), reviewers.end());
  }
  const auto was_held = [&before](int t, int r) {
    const std::vector<int>& reviewers = before[static_cast<size_t>(t)];
    return std::binary_search(reviewers.begin(), reviewers.end(), r);
  };
  int64_t least = 0;
  int64_t most = 0;
  for (const Score score : problem.spec().scores) {
    if (score == kForbidden) continue;
    least = std::min<int64_t>(least, score);
    most = std::max<int64_t>(most, score);
  }
  // No scores together outweigh one pair that stays.
  const int64_t kept = (most - least) * problem.needed() + 1;
  FlowResult flow = MaximiseGain(
      problem, [&](int t, int r) { return int64_t{problem.score(t, r)} + (was_held(t, r) ? kept : 0); },
      kept + std::max(most, -least));
  if (!flow.IsComplete()) return std::nullopt;
  Repaired repaired{std::move(flow.assignment), {}, {}};
  for (int t = 0; t < problem.theses(); ++t) {
    const std::vector<int>& now = repaired.assignment[static_cast<size_t>(t)];
    for (const int r : before[static_cast<size_t>(t)]) {
      if (!std::binary_search(now.begin(), now.end(), r)) repaired.gone.push_back({t, r});
    }
    for (const int r : now) {
      if (!was_held(t, r)) repaired.added.push_back({t, r});
    }
  }
  return repaired;
}

}  // namespace soutenance::assignment::solver
