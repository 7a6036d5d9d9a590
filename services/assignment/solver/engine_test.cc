#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <vector>

#include "services/assignment/solver/check/bound.h"
#include "services/assignment/solver/check/check.h"
#include "services/assignment/solver/fair/fairest.h"
#include "services/assignment/solver/flow/best_total.h"
#include "services/assignment/solver/flow/repair.h"
#include "services/assignment/solver/flow/shortage.h"
#include "services/assignment/solver/testing/small_problems.h"
#include "services/base/error.h"

namespace soutenance::assignment::solver {
namespace {

using ::soutenance::assignment::solver::testing::AProblem;
using ::soutenance::assignment::solver::testing::Changed;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Problem, NamesEveryFault) {
  ProblemSpec spec;
  spec.theses = {{"networks", 1}, {"networks", -1}};
  spec.reviewers = {{"ana", 3, 2}};
  spec.scores = {5};
  const absl::StatusOr<Problem> problem = Problem::Create(spec);
  std::vector<std::string> faults;
  for (const FieldViolation& fault : FactsOf(problem.status()).fields) {
    faults.push_back(fault.field + ": " + fault.description);
  }
  EXPECT_THAT(faults,
              ElementsAre("thesis networks: stands there twice; keys are unique",
                          "thesis networks: needs -1 reviewers; expected 0 to 100000",
                          "reviewer ana: takes 3 to 2 theses; expected the first at most the second, both "
                          "0 to 100000",
                          "scores: there are 1; expected 2, one for each thesis and reviewer"));
}

TEST(Problem, RefusesAPinThatIsForbidden) {
  ProblemSpec spec;
  spec.theses = {{"networks", 1}};
  spec.reviewers = {{"ana", 0, 1}};
  spec.scores = {kForbidden};
  spec.pinned = {{0, 0}};
  EXPECT_EQ(FactsOf(Problem::Create(spec).status()).fields[0].description,
            "is forbidden as well; take one of the two back");
}

TEST(Problem, KnowsWhatDividesAllTotals) {
  EXPECT_EQ(AProblem({1}, {1, 1}, {{50, 75}}).step(), 25);
  EXPECT_EQ(AProblem({1}, {1, 1}, {{0, kForbidden}}).step(), 1);
}

TEST(Check, FindsWhatIsBroken) {
  const Problem problem =
      Changed(AProblem({2, 1}, {1, 2, 1}, {{1, 1, kForbidden}, {1, 1, 1}}), [](ProblemSpec& spec) {
        spec.pinned = {{1, 2}};
        spec.reviewers[1].least = 2;
      });
  std::vector<std::string> texts;
  for (const Violation& violation : Check(problem, {{0, 2}, {0}})) texts.push_back(violation.text);
  EXPECT_THAT(
      texts, ElementsAre("reviewer r2 may not have thesis t0", "thesis t1 lacks its reviewer r2",
                         "reviewer r0 has 2 theses, takes 0 to 1", "reviewer r1 has 0 theses, takes 2 to 2"));
  EXPECT_EQ(Check(problem, {{0, 0}, {2}})[0].rule, "twice");
}

// The best for each thesis is the same person, who has one place.
TEST(BestTotal, GivesTheOnePlaceWhereItIsWorthMost) {
  const Problem problem = AProblem({1, 1}, {1, 1}, {{90, 80}, {85, 10}});
  const std::optional<BestAssignment> best = FindBestTotal(problem);
  EXPECT_THAT(best->assignment, ElementsAre(ElementsAre(1), ElementsAre(0)));
  EXPECT_EQ(BoundOf(problem, best->prices), 165);
}

TEST(Bound, HoldsAtAnyPrices) {
  const Problem problem = AProblem({1, 1}, {1, 1}, {{90, 80}, {85, 10}});
  EXPECT_EQ(BoundOf(problem, {{0, 0}, std::nullopt}), 175) << "each its best, for nothing";
  EXPECT_EQ(BoundOf(problem, {{1000 * kPriceUnits, 0}, std::nullopt}), 1090) << "silly, but true";
}

TEST(Bound, LooksOnlyAtChoicesThatReachTheLevel) {
  const Problem problem = AProblem({2}, {1, 1, 1}, {{90, 20, 10}});
  EXPECT_EQ(BoundOf(problem, {{0, 80 * kPriceUnits, 0}, 110}), 110 + 80 - 80);
  EXPECT_EQ(BoundOf(problem, {{0, 0, 0}, 111}), std::nullopt) << "no choice reaches 111";
}

// The best total is 100 + 10; fair is 50 + 55.
TEST(Fairest, PutsTheWorstOffFirst) {
  const Problem problem = AProblem({1, 1}, {1, 1}, {{100, 50}, {55, 10}});
  const std::optional<FairAssignment> fair = FindFairest(problem);
  EXPECT_THAT(fair->assignment, ElementsAre(ElementsAre(1), ElementsAre(0)));
  EXPECT_EQ(fair->level, 50);
  EXPECT_EQ(fair->level_bound, 50);
  EXPECT_EQ(fair->total_bound, 105);
}

// Linear programs share the two good reviewers out; people cannot be halved.
TEST(Fairest, ProvesALevelThatFractionsWouldExceed) {
  const Problem problem =
      AProblem({1, 1, 1}, {1, 1, 1, 3}, {{90, 90, 10, 0}, {90, 90, 10, 0}, {90, 90, 10, 0}});
  const std::optional<FairAssignment> fair = FindFairest(problem);
  EXPECT_EQ(fair->level, 10);
  EXPECT_EQ(fair->level_bound, 10);
  EXPECT_EQ(fair->total_bound, 190);
}

TEST(Fairest, KeepsPinsAndCountsThem) {
  const Problem problem =
      Changed(AProblem({2, 1}, {1, 1, 1}, {{10, 60, 70}, {90, 80, 80}}), [](ProblemSpec& spec) {
        spec.pinned = {{0, 0}};
      });
  const std::optional<FairAssignment> fair = FindFairest(problem);
  EXPECT_THAT(fair->assignment, ElementsAre(ElementsAre(0, 2), ElementsAre(1)));
  EXPECT_EQ(fair->level, 80);
}

// Nine theses, three people with two places each who may have them.
TEST(Shortage, IsAWitnessInWords) {
  std::vector<std::vector<int>> scores(9, {50, 50, 50, kForbidden});
  scores.push_back({50, 50, 50, 50});
  const Problem problem = AProblem(std::vector<int>(10, 1), {2, 2, 2, 9}, scores);
  const std::optional<Shortage> shortage = FindShortage(problem);
  ASSERT_TRUE(shortage.has_value());
  EXPECT_EQ(Sentence(problem, *shortage),
            "9 theses need 9 reviewers: t0, t1, t2, t3, t4, t5, t6, t7 and 1 more. 3 reviewers may have "
            "them, with 6 "
            "places: r0 (2), r1 (2), r2 (2). It would be possible with 1 more place with r0, 1 more place "
            "with r1, 1 "
            "more place with r2.");
  EXPECT_TRUE(IsTrue(problem, *shortage));
}

TEST(Shortage, TellsWhoMustHaveMoreWorkThanThereIs) {
  const Problem problem = Changed(AProblem({1, 1}, {2, 2, 2}, {{5, 5, 5}, {5, 5, 5}}), [](ProblemSpec& spec) {
    for (ReviewerSpec& reviewer : spec.reviewers) reviewer.least = 1;
  });
  const std::optional<Shortage> shortage = FindShortage(problem);
  ASSERT_TRUE(shortage.has_value());
  EXPECT_EQ(Sentence(problem, *shortage),
            "3 reviewers must have 3 theses at least: r0 (1), r1 (1), r2 (1). Those for them, 2 theses, need "
            "only 2 "
            "reviewers. It would be possible with at least 0 for r2.");
}

TEST(Shortage, IsNotTrueIfSomethingElseIsCounted) {
  const Problem problem = AProblem({1}, {0}, {{5}});
  Shortage shortage = *FindShortage(problem);
  EXPECT_TRUE(IsTrue(problem, shortage));
  shortage.needed = 2;
  EXPECT_FALSE(IsTrue(problem, shortage));
}

// r0 withdraws from a problem where r1 could be exchanged for a better total.
TEST(Repair, ChangesNothingButWhatMustBe) {
  const Problem problem =
      AProblem({1, 1, 1}, {0, 1, 1, 1}, {{90, 30, 20, 40}, {90, 50, 90, 10}, {90, 90, 50, 10}});
  const std::optional<Repaired> repaired = Repair(problem, {{0, 0}, {1, 1}, {2, 2}});
  EXPECT_THAT(repaired->gone, ElementsAre(Pair{0, 0}));
  EXPECT_THAT(repaired->added, ElementsAre(Pair{0, 3}));
}

// As many as the first network holds are not enough: most pairs only join it when they are priced.
TEST(BestTotal, IsExactWhereMostPairsAreLeftOutAtFirst) {
  std::mt19937 random(7);
  std::vector<std::vector<int>> scores(150, std::vector<int>(120));
  // Everybody prefers the same thirty, who have one place each.
  for (std::vector<int>& row : scores) {
    for (size_t r = 0; r < row.size(); ++r) row[r] = static_cast<int>(random() % 1000) + (r < 30 ? 5000 : 0);
  }
  std::vector<int> most(120, 5);
  std::fill(most.begin(), most.begin() + 30, 1);
  const Problem problem = AProblem(std::vector<int>(150, 3), most, scores);
  const std::optional<BestAssignment> best = FindBestTotal(problem);
  ASSERT_TRUE(best.has_value());
  EXPECT_THAT(Check(problem, best->assignment), IsEmpty());
  EXPECT_EQ(BoundOf(problem, best->prices), Total(problem, best->assignment));
  const std::optional<FairAssignment> fair = FindFairest(problem);
  EXPECT_EQ(fair->level, fair->level_bound);
  EXPECT_EQ(fair->total_bound, Total(problem, fair->assignment));
}

TEST(TheEngine, AcceptsThatThereIsNothingToDo) {
  const Problem problem = AProblem({}, {2}, {});
  EXPECT_THAT(FindBestTotal(problem)->assignment, IsEmpty());
  EXPECT_THAT(FindFairest(problem)->assignment, IsEmpty());
  EXPECT_FALSE(FindShortage(problem).has_value());
  EXPECT_THAT(FindBestTotal(AProblem({0}, {}, {{}}))->assignment, SizeIs(1));
}

}  // namespace
}  // namespace soutenance::assignment::solver
