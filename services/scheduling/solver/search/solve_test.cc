#include "services/scheduling/solver/search/solve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/search/bound.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

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
using ::testing::IsEmpty;

SolveResult SolveQuietly(const Problem& problem, const SolveParams& params) {
  return Solve(problem, params, std::stop_token(), [](const Progress&) {});
}

// Far more defences than the rooms can have, so that every step has much to look at in vain: what is drawn
// up, what is repaired, what is proven.
Problem AnOverfullProblem() {
  ProblemSpec spec = ASmallProblem();
  for (int day = 2; day < 12; ++day) spec.opening.push_back(Hours(8, 18, day));
  spec.grid_minutes = 15;
  for (int i = 0; i < 8; ++i) {
    const std::string room = absl::StrCat("room", i);
    spec.rooms.push_back(testing::ARoom(room.c_str()));
  }
  for (int i = 0; i < 3'000; ++i) {
    spec.defences.push_back(
        ADefence(absl::StrCat("d", i), {absl::StrCat("p", i % 701), absl::StrCat("p", 701 + i % 1'009)}));
  }
  return Build(spec);
}

// Large enough that the search goes on for a while, and never optimal: everybody waits somewhere.
Problem ABusyProblem() {
  return testing::RandomProblem(11, {.days = 3, .persons = 12, .rooms = 4, .defences = 30, .odd = false});
}

TEST(Solve, PlacesNothingInAnEmptyProblem) {
  const Problem problem = Build(ASmallProblem());
  const SolveResult result = SolveQuietly(problem, {});
  EXPECT_EQ(result.termination, Termination::kOptimal);
  EXPECT_TRUE(result.score.IsZero());
}

TEST(Solve, EndsByItselfWhenTheTimetableIsPerfect) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);

  const SolveResult result = SolveQuietly(problem, {});

  EXPECT_EQ(result.termination, Termination::kOptimal);
  EXPECT_EQ(result.best.PlacedCount(), 2);
  EXPECT_TRUE(result.score.IsZero());
}

TEST(Solve, ProvesThatADefenceWithoutPlaceMustStayOut) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(0, 24), Hours(0, 24, 1)}})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"})};
  const Problem problem = Build(spec);

  const SolveResult result = SolveQuietly(problem, {});

  EXPECT_EQ(result.termination, Termination::kOptimal);
  EXPECT_EQ(result.score.unplaced(), 1);
  EXPECT_EQ(result.placed_bound, 1);
  EXPECT_FALSE(result.best.PlacementOf(DefenceOf(problem, "lea")));
}

TEST(Solve, EndsWithoutDaysRoomsOrCandidates) {
  for (const bool without_days : {false, true}) {
    ProblemSpec spec = ASmallProblem();
    spec.defences = {ADefence("lea", {"ana"})};
    if (without_days) {
      spec.opening.clear();
    } else {
      spec.rooms.clear();
    }
    const Problem problem = Build(spec);
    const SolveResult result = SolveQuietly(problem, {.threads = 2});
    EXPECT_EQ(result.termination, Termination::kOptimal);
    EXPECT_EQ(result.placed_bound, 0);
    EXPECT_EQ(result.stats.candidate_count, 0);
  }
}

TEST(Solve, GivesTheSameTimetableAtAnyNumberOfThreads) {
  const Problem problem = ABusyProblem();
  for (const int64_t moves : {1, 100, 80'001}) {
    SCOPED_TRACE(moves);
    const SolveResult one = SolveQuietly(problem, {.seed = 5, .move_limit = moves, .threads = 1});
    for (const int threads : {2, 4}) {
      const SolveResult more = SolveQuietly(problem, {.seed = 5, .move_limit = moves, .threads = threads});
      EXPECT_EQ(one.best, more.best) << threads << " threads";
      EXPECT_EQ(one.score, more.score);
    }
    EXPECT_EQ(one.stats.moves, moves);
  }
}

TEST(Solve, GivesTheSameTimetableWithATimeLimitThatIsNotReached) {
  const Problem problem = ABusyProblem();
  const SolveResult bare = SolveQuietly(problem, {.move_limit = 20'000});
  const SolveResult timed = SolveQuietly(problem, {.move_limit = 20'000, .time_limit = absl::Minutes(10)});
  EXPECT_EQ(bare.best, timed.best);
}

TEST(Solve, GoesOtherWaysWithAnotherSeed) {
  const Problem problem = ABusyProblem();
  const SolveResult one = SolveQuietly(problem, {.seed = 1, .move_limit = 2'000});
  const SolveResult two = SolveQuietly(problem, {.seed = 2, .move_limit = 2'000});
  EXPECT_FALSE(one.best == two.best);
}

TEST(Solve, StopsSoonWhenAsked) {
  const Problem problem = ABusyProblem();
  std::stop_source source;
  const std::jthread stopper([&source] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  const absl::Time begin = absl::Now();
  const SolveResult result = Solve(problem, {.threads = 2}, source.get_token(), [](const Progress&) {});
  EXPECT_EQ(result.termination, Termination::kCancelled);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(2)) << "without any limit it would not end";
  EXPECT_GT(result.best.PlacedCount(), 0);
}

TEST(Solve, ReturnsALegalTimetableEvenIfStoppedBeforeItBegins) {
  const Problem problem = ABusyProblem();
  std::stop_source source;
  source.request_stop();
  const SolveResult result = Solve(problem, {}, source.get_token(), [](const Progress&) {});
  EXPECT_EQ(result.termination, Termination::kCancelled);
  EXPECT_THAT(Check(problem, result.best.placements()), IsEmpty());
  EXPECT_GE(result.placed_bound, problem.DefenceCount()) << "nothing was proven";
}

TEST(Solve, EndsAtItsTimeLimit) {
  const Problem problem = ABusyProblem();
  const absl::Time begin = absl::Now();
  const SolveResult result = SolveQuietly(problem, {.time_limit = absl::Milliseconds(100)});
  EXPECT_EQ(result.termination, Termination::kFeasible);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(2));
  EXPECT_GE(result.stats.elapsed, absl::Milliseconds(100));
}

TEST(Solve, EndsAtItsTimeLimitHoweverMuchThereIsToDo) {
  const Problem problem = AnOverfullProblem();
  for (const int milliseconds : {20, 300, 1'000}) {
    SCOPED_TRACE(milliseconds);
    const absl::Time begin = absl::Now();
    const SolveResult result =
        SolveQuietly(problem, {.time_limit = absl::Milliseconds(milliseconds), .threads = 2});
    // Generous: a slow machine, a build that checks everything.
    EXPECT_LT(absl::Now() - begin, absl::Milliseconds(milliseconds) + absl::Milliseconds(1'500));
    EXPECT_EQ(result.termination, Termination::kFeasible);
    EXPECT_THAT(Check(problem, result.best.placements()), IsEmpty());
    EXPECT_LE(result.best.PlacedCount(), result.placed_bound);
  }
}

TEST(Solve, StopsSoonHoweverMuchThereIsToDo) {
  const Problem problem = AnOverfullProblem();
  for (const int milliseconds : {5, 150, 600}) {
    SCOPED_TRACE(milliseconds);
    std::stop_source source;
    absl::Time asked;
    const std::jthread stopper([&source, &asked, milliseconds] {
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      asked = absl::Now();
      source.request_stop();
    });
    const SolveResult result = Solve(problem, {.threads = 2}, source.get_token(), [](const Progress&) {});
    EXPECT_LT(absl::Now() - asked, absl::Milliseconds(1'500));
    EXPECT_EQ(result.termination, Termination::kCancelled);
  }
}

TEST(Solve, ReportsProgressThatOnlyImprovesAndIsTrue) {
  const Problem problem = ABusyProblem();
  std::vector<Progress> reports;
  const SolveResult result =
      Solve(problem, {.time_limit = absl::Milliseconds(450), .threads = 2}, std::stop_token(),
            [&reports](const Progress& progress) { reports.push_back(progress); });
  ASSERT_GE(reports.size(), 2u);
  EXPECT_LE(reports.size(), 8u) << "at most ten times a second, and at the beginning and the end";
  for (std::size_t i = 1; i < reports.size(); ++i) {
    EXPECT_LE(reports[i].best, reports[i - 1].best);
    EXPECT_GE(reports[i].moves, reports[i - 1].moves);
    EXPECT_GE(reports[i].elapsed, reports[i - 1].elapsed);
    EXPECT_GE(reports[i].placed_bound, reports[i].placed);
    EXPECT_EQ(reports[i].defence_count, 30);
  }
  EXPECT_EQ(reports.back().best, result.score);
  EXPECT_EQ(reports.back().placed, result.best.PlacedCount());
  EXPECT_EQ(reports.back().moves, result.stats.moves);
}

TEST(Solve, KeepsPinsWhateverItCosts) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms.push_back(testing::ARoom("b13"));
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  spec.defences[0].pin = {.day = 0, .time = At(9), .room = "b13"};
  spec.defences[1].pin = {.day = 1};
  const Problem problem = Build(spec);

  const SolveResult result = SolveQuietly(problem, {.move_limit = 5'000});

  EXPECT_EQ(result.best.PlacementOf(DefenceOf(problem, "lea")),
            (Placement{At(9), testing::RoomOf(problem, "b13")}));
  EXPECT_EQ(result.best.PlacementOf(DefenceOf(problem, "tom"))->start / kMinutesPerDay, 1);
}

TEST(Solve, IsNeverWorseThanALegalStart) {
  const Problem problem = ABusyProblem();
  const SolveResult good = SolveQuietly(problem, {.move_limit = 60'000});
  const SolveResult again =
      SolveQuietly(problem, {.seed = 9, .move_limit = 1, .start = good.best.placements()});
  EXPECT_LE(again.score, good.score);
}

TEST(Solve, UnplacesWhatBreaksAHardRuleInTheStart) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);
  const Timetable clash = Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(9), "b12"}});

  const SolveResult result = SolveQuietly(problem, {.start = clash.placements()});

  EXPECT_THAT(Check(problem, result.best.placements()), IsEmpty());
  EXPECT_EQ(result.best.PlacedCount(), 2);
}

TEST(Solve, KeepsThePublishedTimetableWhereItCan) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"}), ADefence("zoe", {"cy"})};
  spec.defences[0].reference = ReferenceSpec{At(9), "b12"};
  spec.defences[1].reference = ReferenceSpec{At(10), "b12"};
  spec.defences[2].reference = ReferenceSpec{At(11), "b12"};
  const Problem problem = Build(spec);

  const SolveResult result = SolveQuietly(problem, {.move_limit = 5'000});

  EXPECT_EQ(result.best.PlacementOf(DefenceOf(problem, "tom"))->start, At(10));
  EXPECT_EQ(result.best.PlacementOf(DefenceOf(problem, "zoe"))->start, At(11));
  EXPECT_EQ(result.score.strong(), 1) << "only Ana is to be told";
}

TEST(Solve, MakesOnlyTimetablesThatTheCheckerAccepts) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = testing::RandomProblem(
        seed, {.days = 2, .rooms = 3, .defences = 12, .odd = seed % 2 == 0, .open_seats = seed % 3 == 0});
    const SolveResult result =
        SolveQuietly(problem, {.seed = seed, .move_limit = 1'500, .check = CheckEvery::kMove});
    EXPECT_THAT(Check(problem, result.best.placements()), IsEmpty());
    EXPECT_EQ(result.score.hard(), 0);
    EXPECT_LE(result.best.PlacedCount(), result.placed_bound);
  }
}

TEST(Solve, ChecksItselfAtEachImprovement) {
  const Problem problem = ABusyProblem();
  const SolveResult result = SolveQuietly(problem, {.move_limit = 20'000, .check = CheckEvery::kImprovement});
  EXPECT_THAT(Check(problem, result.best.placements()), IsEmpty());
}

TEST(Solve, FindsTheBestOfAllTimetablesOfSmallProblems) {
  int compared = 0;
  int proven = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    const bool odd = seed % 3 != 0;
    ProblemSpec spec = RandomSpec(chance, {.days = 2,
                                           .persons = 4,
                                           .rooms = 2,
                                           .defences = odd ? 5 : 3,
                                           .odd = odd,
                                           .open_seats = seed % 5 == 0});
    spec.grid_minutes = 60;
    const Problem problem = Build(spec);
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 20'000) continue;
    const SolveResult result = SolveQuietly(problem, {.seed = seed, .move_limit = 30'000});
    const Score best = brute_force.Best();
    EXPECT_LE(result.bound, best);
    EXPECT_EQ(result.score, best) << result.score.ToString() << " instead of " << best.ToString();
    ++compared;
    proven += static_cast<int>(result.termination == Termination::kOptimal);
  }
  EXPECT_GT(compared, 60);
  EXPECT_GT(proven, 20);
}

TEST(SolverVersion, IsStoredAndSoMustNotBeEmpty) { EXPECT_FALSE(SolverVersion().empty()); }

}  // namespace
}  // namespace soutenance::scheduling::solver
