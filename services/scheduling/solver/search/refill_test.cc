#include "services/scheduling/solver/search/refill.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::AnOpenSeat;
using testing::APerson;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using testing::Hours;
using testing::SetRule;

// One room with one topic a day, a morning of three hours, and two people of whom each defence needs one.
ProblemSpec OneMorning() {
  ProblemSpec spec = testing::ASmallProblem();
  spec.opening = {Hours(9, 12)};
  spec.grid_minutes = 60;
  spec.persons = {APerson("ana"), APerson({.key = "bo", .blocked = {Hours(9, 10)}})};
  for (int i = 0; i < 4; ++i) {
    DefenceSpec defence = ADefence(absl::StrCat("d", i), {absl::StrCat("s", i)});
    defence.seats.push_back(AnOpenSeat("member", {"ana", "bo"}));
    defence.topic = i == 0 ? "history" : "physics";
    spec.defences.push_back(defence);
  }
  SetRule(spec, "room_topics", RuleLevel::kHard, 0, 1);
  return spec;
}

TEST(Refill, EmptiesARoomForATopicThatFillsItBetter) {
  const Problem problem = Build(OneMorning());
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  const Fit fit(problem);
  const Composer composer(problem, fit);
  const Refill refill(problem, candidates, fit, composer);
  const Timetable before = testing::Arrange(problem, {{"d0", At(10), "b12"}});
  const std::vector<DefenceId> unplaced{DefenceOf(problem, "d1"), DefenceOf(problem, "d2"),
                                        DefenceOf(problem, "d3")};
  Random random(1);
  int most = 0;
  for (int i = 0; i < 200; ++i) {
    const Move move = refill.Draw(before, unplaced, unplaced[random.Below(unplaced.size())], random);
    Timetable after = before;
    after.Apply(move);
    EXPECT_EQ(rules.Evaluate(after).hard(), 0);
    if (!move.empty()) {
      EXPECT_TRUE(
          std::any_of(move.begin(), move.end(), [](const Step& step) { return step.to.has_value(); }));
    }
    most = std::max(most, after.PlacedCount());
  }
  EXPECT_EQ(most, 3);
}

TEST(Refill, DrawsNothingForADefenceWithoutCandidates) {
  ProblemSpec spec = OneMorning();
  spec.defences[1].duration_minutes = 240;
  const Problem problem = Build(spec);
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  const Fit fit(problem);
  const Composer composer(problem, fit);
  Random random(1);
  const std::vector<DefenceId> unplaced{DefenceOf(problem, "d1")};
  EXPECT_TRUE(Refill(problem, candidates, fit, composer)
                  .Draw(Timetable(problem), unplaced, unplaced.front(), random)
                  .empty());
}

}  // namespace
}  // namespace soutenance::scheduling::solver
