#include "services/scheduling/solver/search/bound.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::Hours;

// Six defences of an hour; the only room is open for seven hours.
ProblemSpec SixDefencesInADay() {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12), Hours(13, 17)};
  for (int i = 0; i < 6; ++i) spec.defences.push_back(ADefence(absl::StrCat("d", i), {absl::StrCat("s", i)}));
  return spec;
}

TEST(PlacedBound, IsEveryDefenceIfNothingForbidsIt) { EXPECT_EQ(PlacedBound(Build(SixDefencesInADay())), 6); }

TEST(PlacedBound, CountsWhatFitsIntoTheRooms) {
  ProblemSpec spec = SixDefencesInADay();
  spec.rooms[0].open = {Hours(9, 12)};
  EXPECT_EQ(PlacedBound(Build(spec)), 3);
}

TEST(PlacedBound, CountsTheBufferBetweenDefencesInARoom) {
  ProblemSpec spec = SixDefencesInADay();
  spec.opening = {Hours(9, 12)};
  spec.buffer_minutes = 30;
  EXPECT_EQ(PlacedBound(Build(spec)), 2);
}

TEST(PlacedBound, LeavesOutDefencesWithoutACandidate) {
  ProblemSpec spec = SixDefencesInADay();
  spec.persons = {APerson({.key = "s0", .blocked = {Hours(0, 24)}})};
  EXPECT_EQ(PlacedBound(Build(spec)), 5);
}

TEST(PlacedBound, CountsTheHoursOfAPerson) {
  ProblemSpec spec = SixDefencesInADay();
  spec.rooms.push_back(testing::ARoom("b13"));
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(11, 24)}})};
  for (int i = 0; i < 4; ++i) spec.defences[static_cast<std::size_t>(i)].seats.push_back({.person = "ana"});
  EXPECT_EQ(PlacedBound(Build(spec)), 4) << "two of Ana's four, and the other two";
}

TEST(PlacedBound, CountsTheLimitsOfAPerson) {
  ProblemSpec spec = SixDefencesInADay();
  spec.persons = {APerson({.key = "ana", .max_per_day = 2})};
  for (DefenceSpec& defence : spec.defences) defence.seats.push_back({.person = "ana"});
  EXPECT_EQ(PlacedBound(Build(spec)), 2);

  spec.opening.push_back(Hours(9, 17, 1));
  EXPECT_EQ(PlacedBound(Build(spec)), 4);

  spec.persons[0].max_total = 3;
  EXPECT_EQ(PlacedBound(Build(spec)), 3);
}

TEST(PlacedBound, CountsThePauseOfARoom) {
  ProblemSpec spec = testing::ASmallProblem();
  spec.opening = {Hours(9, 15)};
  for (int i = 0; i < 6; ++i) {
    spec.defences.push_back(testing::ADefence(absl::StrCat("d", i), {absl::StrCat("s", i)}));
  }
  EXPECT_EQ(PlacedBound(Build(spec)), 6);
  spec.pauses = {{.begins = Hours(12, 13), .least_minutes = 30, .wanted_minutes = 30}};
  EXPECT_EQ(PlacedBound(Build(spec)), 6) << "nothing asks for the pause";
  testing::SetRule(spec, "room_pause", RuleLevel::kHard);
  EXPECT_EQ(PlacedBound(Build(spec)), 5);
}

TEST(PlacedBound, CountsHowManyBoardsThereAreAtOnce) {
  ProblemSpec spec = testing::ASmallProblem();
  spec.opening = {Hours(9, 11)};
  spec.rooms.push_back(testing::ARoom("b13"));
  spec.persons = {APerson({.key = "di", .blocked = {Hours(10, 11)}})};
  for (int i = 0; i < 4; ++i) {
    DefenceSpec& defence =
        spec.defences.emplace_back(testing::ADefence(absl::StrCat("d", i), {absl::StrCat("s", i)}));
    for (int seat = 0; seat < 2; ++seat) {
      defence.seats.push_back(testing::AnOpenSeat("member", {"al", "bo", "cy", "di"}));
    }
  }
  EXPECT_EQ(PlacedBound(Build(spec)), 3) << "two boards from 9 to 10, one from 10 to 11";
}

TEST(PlacedBound, IsZeroWithoutDaysOrRooms) {
  ProblemSpec spec = SixDefencesInADay();
  spec.rooms.clear();
  EXPECT_EQ(PlacedBound(Build(spec)), 0);
  spec = SixDefencesInADay();
  spec.opening.clear();
  EXPECT_EQ(PlacedBound(Build(spec)), 0);
}

TEST(PlacedBound, IsNeverBelowWhatCanBePlaced) {
  int tight = 0;
  int compared = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    const bool odd = seed % 3 != 0;
    ProblemSpec spec =
        RandomSpec(chance, {.days = 1, .persons = 3, .rooms = 2, .defences = odd ? 6 : 4, .odd = odd});
    spec.grid_minutes = 60;
    const Problem problem = Build(spec);
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 20'000) continue;
    const auto weight = problem.rule(RuleId::kUnplaced).weight;
    const auto placed = problem.DefenceCount() - static_cast<int>(brute_force.Best().unplaced() / weight);
    const int bound = PlacedBound(problem);
    EXPECT_GE(bound, placed);
    ++compared;
    tight += static_cast<int>(bound == placed);
  }
  EXPECT_GT(compared, 100);
  EXPECT_GT(tight, compared * 9 / 10);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
