#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <utility>

#include "services/assignment/compose/check/check.h"
#include "services/assignment/compose/search/compose.h"
#include "services/assignment/compose/search/state.h"
#include "services/assignment/compose/testing/small_problems.h"

namespace soutenance::assignment::compose {
namespace {

constexpr uint32_t kProblems = 1'000;

// Little work, because every one of a thousand problems is to be done.
ComposeOptions Quick() {
  ComposeOptions options;
  options.work = 3'000;
  return options;
}

TEST(Compose, FindsTheBestOfEverythingThereIs) {
  int complete = 0;
  for (uint32_t seed = 0; seed < kProblems; ++seed) {
    const Problem problem = testing::RandomProblem(seed);
    const testing::BruteForce best = testing::TryEverything(problem);
    const Composed composed = Compose(problem, Quick());
    ASSERT_EQ(FaultsOf(problem, composed.composition.is_seated, composed.composition.seating),
              std::vector<std::string>{})
        << "seed " << seed;
    EXPECT_EQ(composed.unseated, best.unseated) << "seed " << seed;
    EXPECT_EQ(composed.total + composed.given_up, best.total) << "seed " << seed;
    EXPECT_EQ(composed.is_best, composed.given_up == 0) << "seed " << seed;
    complete += best.unseated == 0 ? 1 : 0;
  }
  // Neither kind of problem is rare, or the test would say little.
  EXPECT_GT(complete, kProblems / 4);
  EXPECT_LT(complete, kProblems * 3 / 4);
}

TEST(Compose, ProvesItsBoundByPricesThatTheCheckerAgreesWith) {
  for (uint32_t seed = 0; seed < kProblems; ++seed) {
    const Problem problem = testing::RandomProblem(seed);
    const Composed composed = Compose(problem, Quick());
    const Value cost = CostOfUnseated(problem);
    const std::optional<Value> bound =
        BoundByPrices(problem, composed.prices.of, composed.prices.in_role, cost);
    ASSERT_TRUE(bound) << "seed " << seed;
    EXPECT_EQ(*bound, composed.prices_bound) << "seed " << seed;
    EXPECT_GE(*bound, composed.total - composed.unseated * cost) << "seed " << seed;
  }
}

TEST(Compose, HasNothingToDoWithoutTheses) {
  ProblemSpec spec = testing::RandomProblem(0).spec();
  spec.theses.clear();
  const Composed composed = Compose(*Problem::Create(std::move(spec)), Quick());
  EXPECT_TRUE(composed.is_best);
  EXPECT_EQ(composed.unseated, 0);
}

TEST(Compose, GivesTheSameForTheSameSeed) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Problem problem = testing::RandomProblem(seed);
    EXPECT_EQ(Compose(problem, Quick()).composition, Compose(problem, Quick()).composition)
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace soutenance::assignment::compose
