#include "services/scheduling/solver/search/construct.h"

#include <gtest/gtest.h>

#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using testing::Hours;

// What the parts of a construction need, for one problem.
struct Site {
  explicit Site(const ProblemSpec& spec)
      : problem(Build(spec)),
        rules(problem),
        candidates(problem, rules),
        fit(problem),
        state(problem, rules) {}

  Construction construction() {
    return {problem, rules, candidates, fit, random, [] { return false; }};
  }
  const std::optional<Placement>& PlaceOf(const char* key) {
    return state.timetable().PlacementOf(DefenceOf(problem, key));
  }

  const Problem problem;
  const RuleSet rules;
  const Candidates candidates;
  const Fit fit;
  State state;
  Random random{1};
};

TEST(TakeOver, KeepsThePinnedOneOfTwoThatClash) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"})};
  spec.defences[1].pin.time = At(9);
  Site site(spec);

  TakeOver(site.construction(),
           Arrange(site.problem, {{"lea", At(9), "b12"}, {"tom", At(9), "b12"}}).placements(), &site.state);

  EXPECT_FALSE(site.PlaceOf("lea"));
  EXPECT_TRUE(site.PlaceOf("tom"));
}

TEST(TakeOver, LeavesOutWhatBreaksAHardRule) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"})};
  Site site(spec);

  TakeOver(site.construction(),
           Arrange(site.problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}}).placements(), &site.state);

  EXPECT_FALSE(site.PlaceOf("lea"));
  EXPECT_TRUE(site.PlaceOf("tom"));
}

TEST(PlaceGreedily, PutsDefencesOfOnePersonSideBySide) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms.push_back(testing::ARoom("b13"));
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  Site site(spec);

  PlaceGreedily(site.construction(), &site.state);

  EXPECT_TRUE(site.state.score().IsZero()) << site.state.score().ToString();
}

TEST(Repair, MakesRoomForADefenceThatHasOnlyOnePlace) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 11)};
  spec.grid_minutes = 60;
  spec.persons = {APerson({.key = "bo", .blocked = {Hours(10, 11)}})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"})};
  Site site(spec);
  TakeOver(site.construction(), Arrange(site.problem, {{"lea", At(9), "b12"}}).placements(), &site.state);

  Repair(site.construction(), &site.state);

  EXPECT_EQ(site.PlaceOf("tom")->start, At(9));
  EXPECT_EQ(site.PlaceOf("lea")->start, At(10));
  site.state.Verify();
}

}  // namespace
}  // namespace soutenance::scheduling::solver
