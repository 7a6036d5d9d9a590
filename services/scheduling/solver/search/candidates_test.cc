#include "services/scheduling/solver/search/candidates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::ARoom;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using ::testing::ElementsAre;
using testing::Hours;
using ::testing::IsEmpty;

std::vector<Placement> AllOf(const Problem& problem, DefenceId id) {
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  std::vector<Placement> places;
  for (int i = 0; i < candidates.StartCount(id); ++i) {
    for (const RoomId room : candidates.StartAt(id, i).rooms) {
      places.push_back({candidates.StartAt(id, i).start, room});
    }
  }
  return places;
}

TEST(Candidates, AreWhereEverybodyCanComeAndARoomIsOpen) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12), Hours(9, 12, 1)};
  spec.grid_minutes = 60;
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10), Hours(0, 24, 1)}}),
                  APerson({.key = "bo", .blocked = {Hours(11, 12)}})};
  spec.defences = {ADefence("lea", {"ana", "bo"})};
  const Problem problem = Build(spec);

  EXPECT_THAT(AllOf(problem, DefenceOf(problem, "lea")), ElementsAre(Placement{At(10), RoomId{0}}));
}

TEST(Candidates, AreNoneOfAPinOffTheGrid) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].pin.time = At(9, 10);
  const Problem problem = Build(spec);

  EXPECT_THAT(AllOf(problem, DefenceOf(problem, "lea")), IsEmpty());
}

TEST(Candidates, AreExactlyThePlacesThatBreakNoHardRuleAlone) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = testing::RandomProblem(seed, {.days = 2, .rooms = 3, .defences = 5});
    const RuleSet rules(problem);
    const Candidates candidates(problem, rules);
    int64_t total = 0;
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      std::vector<Placement> expected;
      ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
        const Minute midnight = problem.day(day).offset * kMinutesPerDay;
        for (Minute start = midnight; start < midnight + kMinutesPerDay; ++start) {
          ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) {
            if (!rules.ForbidsAlone(problem, id, {start, room})) expected.push_back({start, room});
          });
        }
      });
      EXPECT_EQ(AllOf(problem, id), expected);
      EXPECT_EQ(candidates.Count(id), static_cast<int64_t>(expected.size()));
      total += candidates.Count(id);
      for (const Placement& place : expected) EXPECT_TRUE(candidates.Allows(id, place));
      const Candidates only(problem, rules, id);
      EXPECT_EQ(only.TotalCount(), candidates.Count(id));
    });
    EXPECT_EQ(candidates.TotalCount(), total);
  }
}

TEST(Candidates, FindStartsAroundAMinute) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12)};
  spec.grid_minutes = 60;
  spec.defences = {ADefence("lea", {"ana"})};
  const Problem problem = Build(spec);
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  const DefenceId lea = DefenceOf(problem, "lea");

  ASSERT_EQ(candidates.StartCount(lea), 3);
  EXPECT_EQ(candidates.FindStart(lea, At(10)), 1);
  EXPECT_EQ(candidates.FindStart(lea, At(10, 30)), std::nullopt);
  EXPECT_EQ(candidates.FirstFrom(lea, At(9, 1)), 1);
  EXPECT_EQ(candidates.FirstFrom(lea, At(11, 1)), std::nullopt);
  EXPECT_EQ(candidates.LastUntil(lea, At(10, 59)), 1);
  EXPECT_EQ(candidates.LastUntil(lea, At(8, 59)), std::nullopt);
}

TEST(Candidates, StopWhenToldAndSaySo) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"})};
  const Problem problem = Build(spec);
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules, [] { return true; });

  EXPECT_FALSE(candidates.IsComplete());
  EXPECT_EQ(candidates.StartCount(DefenceOf(problem, "tom")), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
