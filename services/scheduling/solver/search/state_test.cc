#include "services/scheduling/solver/search/state.h"

#include <gtest/gtest.h>

#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::AMove;
using testing::APerson;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using testing::Hours;

// Ana waits if her two defences lie apart.
Problem TwoDefencesOfAna() {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  return Build(spec);
}

TEST(State, BeginsWithEverythingUnplaced) {
  const Problem problem = TwoDefencesOfAna();
  const RuleSet rules(problem);
  const State state(problem, rules);
  EXPECT_EQ(state.score().unplaced(), 2);
  EXPECT_EQ(state.unplaced().size(), 2u);
}

TEST(State, KeepsTheScoreMoveByMove) {
  const Problem problem = TwoDefencesOfAna();
  const RuleSet rules(problem);
  State state(problem, rules);

  EXPECT_EQ(state.Try(AMove(problem, {{"lea", At(10), "b12"}})).unplaced(), -1);
  EXPECT_EQ(state.score().unplaced(), 2) << "a move that is only tried changes nothing";
  state.Accept();
  state.Try(AMove(problem, {{"tom", At(14), "b12"}}));
  state.Accept();

  EXPECT_EQ(state.score(), rules.Evaluate(state.timetable()));
  EXPECT_EQ(state.score().soft(), 90) << "three hours of waiting less the lunch break and half an hour";
  EXPECT_TRUE(state.unplaced().empty());
  state.Verify();
}

TEST(State, ListsWhatIsTakenOutAsUnplaced) {
  const Problem problem = TwoDefencesOfAna();
  const RuleSet rules(problem);
  State state(problem, rules);
  state.Reset(Arrange(problem, {{"lea", At(10), "b12"}, {"tom", At(11), "b12"}}).placements());

  state.Try({{DefenceOf(problem, "lea"), std::nullopt}});
  state.Accept();

  ASSERT_EQ(state.unplaced().size(), 1u);
  EXPECT_EQ(state.unplaced()[0], DefenceOf(problem, "lea"));
}

TEST(StateDeathTest, NamesTheRuleThatDoesNotAddUp) {
  const Problem problem = TwoDefencesOfAna();
  const RuleSet rules(problem);
  State state(problem, rules);
  // The state trusts that what it is given keeps the hard rules; Ana is blocked at nine.
  state.Reset(Arrange(problem, {{"lea", At(9), "b12"}}).placements());
  EXPECT_DEATH(state.Verify(), "rule \"availability\"");
}

}  // namespace
}  // namespace soutenance::scheduling::solver
