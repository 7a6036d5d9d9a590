// On a thousand small problems, against looking at every assignment: the largest total, the fairest
// assignment, the proofs of both, the fewest changes, and why nothing is possible.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "services/assignment/solver/check/bound.h"
#include "services/assignment/solver/check/check.h"
#include "services/assignment/solver/check/tree.h"
#include "services/assignment/solver/fair/fairest.h"
#include "services/assignment/solver/flow/best_total.h"
#include "services/assignment/solver/flow/repair.h"
#include "services/assignment/solver/flow/shortage.h"
#include "services/assignment/solver/testing/small_problems.h"

namespace soutenance::assignment::solver {
namespace {

using ::soutenance::assignment::solver::testing::Changed;
using ::soutenance::assignment::solver::testing::Everything;
using ::soutenance::assignment::solver::testing::LookAtEverything;
using ::soutenance::assignment::solver::testing::RandomProblem;
using ::testing::IsEmpty;

constexpr uint32_t kFeasibleProblems = 1'000;

// Some pairs, among them such as are not allowed.
std::vector<Pair> SomePairs(const Problem& problem, uint32_t seed) {
  std::vector<Pair> pairs;
  for (int t = 0; t < problem.theses(); ++t) {
    for (int r = 0; r < problem.reviewers(); ++r) {
      if ((static_cast<uint32_t>(t * 7 + r * 13) + seed) % 3 == 0) pairs.push_back({t, r});
    }
  }
  return pairs;
}

void ExpectTheBestTotal(const Problem& problem, const Everything& everything) {
  const std::optional<BestAssignment> best = FindBestTotal(problem);
  ASSERT_TRUE(best.has_value());
  EXPECT_THAT(Check(problem, best->assignment), IsEmpty());
  EXPECT_EQ(Total(problem, best->assignment), everything.total);
  EXPECT_EQ(BoundOf(problem, best->prices), everything.total) << "the prices prove it";
}

void ExpectTheFairest(const Problem& problem, const Everything& everything, int& trees) {
  const std::optional<FairAssignment> fair = FindFairest(problem);
  ASSERT_TRUE(fair.has_value());
  EXPECT_THAT(Check(problem, fair->assignment), IsEmpty());
  EXPECT_EQ(WorstOff(problem, fair->assignment), everything.level);
  EXPECT_EQ(fair->level, everything.level);
  EXPECT_EQ(fair->level_bound, everything.level);
  EXPECT_EQ(Total(problem, fair->assignment), everything.total_at_level);
  EXPECT_EQ(fair->total_bound, everything.total_at_level);
  const std::optional<int64_t> by_prices = BoundOf(problem, fair->prices);
  ASSERT_TRUE(by_prices.has_value());
  EXPECT_GE(*by_prices, everything.total_at_level);
  EXPECT_EQ(fair->is_total_proven_by_prices, *by_prices == everything.total_at_level);
  if (!fair->tree.nodes.empty()) {
    ++trees;
    EXPECT_FALSE(fair->is_total_proven_by_prices);
    EXPECT_TRUE(ProvesByTree(problem, fair->prices, fair->tree, everything.total_at_level));
    EXPECT_FALSE(ProvesByTree(problem, fair->prices, fair->tree, everything.total_at_level - problem.step()));
  }
  if (fair->level_proof == FairAssignment::LevelProof::kThesis) {
    EXPECT_EQ(LevelBound(problem), everything.level);
  } else if (fair->level_proof == FairAssignment::LevelProof::kPrices) {
    EXPECT_TRUE(ProvesNone(problem, fair->level_prices));
  }
}

void ExpectTheFewestChanges(const Problem& problem, const std::vector<Pair>& held,
                            const Everything& everything) {
  const std::optional<Repaired> repaired = Repair(problem, held);
  ASSERT_TRUE(repaired.has_value());
  EXPECT_THAT(Check(problem, repaired->assignment), IsEmpty());
  EXPECT_EQ(static_cast<int>(held.size() - repaired->gone.size()), everything.kept);
  EXPECT_EQ(Total(problem, repaired->assignment), everything.total_kept);
}

void ExpectATrueReason(const Problem& problem) {
  EXPECT_FALSE(FindBestTotal(problem).has_value());
  EXPECT_FALSE(FindFairest(problem).has_value());
  EXPECT_FALSE(Repair(problem, {}).has_value());
  const std::optional<Shortage> shortage = FindShortage(problem);
  ASSERT_TRUE(shortage.has_value());
  EXPECT_TRUE(IsTrue(problem, *shortage)) << Sentence(problem, *shortage);
  if (shortage->kind == Shortage::Kind::kPinned) return;
  const Problem relieved = Changed(problem, [&shortage](ProblemSpec& spec) {
    for (const Shortage::Step& step : shortage->way_out) {
      const size_t i = static_cast<size_t>(step.number);
      if (step.kind == Shortage::Step::Kind::kMorePlaces) spec.reviewers[i].most += step.by;
      if (step.kind == Shortage::Step::Kind::kFewerReviewers) spec.theses[i].needed -= step.by;
      if (step.kind == Shortage::Step::Kind::kLessWork) spec.reviewers[i].least -= step.by;
    }
  });
  EXPECT_TRUE(FindBestTotal(relieved).has_value()) << "the way out leads out";
}

TEST(TheEngine, AgreesWithLookingAtEverything) {
  uint32_t feasible = 0;
  int trees = 0;
  for (uint32_t seed = 0; feasible < kFeasibleProblems; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = RandomProblem(seed);
    const std::vector<Pair> held = SomePairs(problem, seed);
    const std::optional<Everything> everything = LookAtEverything(problem, held);
    EXPECT_EQ(FindShortage(problem).has_value(), !everything.has_value());
    if (!everything) {
      ExpectATrueReason(problem);
      continue;
    }
    ++feasible;
    ExpectTheBestTotal(problem, *everything);
    ExpectTheFairest(problem, *everything, trees);
    ExpectTheFewestChanges(problem, held, *everything);
    if (HasFailure()) return;
  }
  EXPECT_GT(trees, 0) << "some totals are proven by a tree";
}

}  // namespace
}  // namespace soutenance::assignment::solver
