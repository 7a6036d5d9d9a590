#include "services/scheduling/solver/search/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/construct.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/search/state.h"
#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::ARoom;
using testing::ASmallProblem;
using testing::Build;
using testing::Hours;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Schools of 100 defences, each with people and rooms of its own.
ProblemSpec Schools(int count) {
  ProblemSpec spec = ASmallProblem();
  for (int day = 2; day < 8; ++day) spec.opening.push_back(Hours(9, 17, day));
  spec.rooms.clear();
  for (int school = 0; school < count; ++school) {
    for (int room = 0; room < 3; ++room) {
      spec.rooms.push_back(ARoom({.key = absl::StrCat("r", school, ".", room),
                                  .capacity = 20,
                                  .equipment = {absl::StrCat("school ", school)}}));
    }
    for (int i = 0; i < 100; ++i) {
      spec.defences.push_back(
          ADefence(absl::StrCat("d", school, ".", i),
                   {absl::StrCat("p", school, ".", i % 9), absl::StrCat("p", school, ".", 9 + i % 13)}));
      spec.defences.back().equipment = {absl::StrCat("school ", school)};
    }
  }
  return spec;
}

std::vector<std::unique_ptr<Part>> PartsOf(const Problem& problem) {
  const RuleSet rules(problem);
  return SplitIntoParts(problem, Candidates(problem, rules), [] { return false; });
}

TEST(Parts, AreThoseThatShareNeitherPeopleNorRooms) {
  const Problem problem = Build(Schools(3));
  const std::vector<std::unique_ptr<Part>> parts = PartsOf(problem);
  ASSERT_THAT(parts, SizeIs(3));
  for (const std::unique_ptr<Part>& part : parts) {
    EXPECT_EQ(part->problem.DefenceCount(), 100);
    EXPECT_EQ(part->problem.RoomCount(), 3);
    EXPECT_EQ(part->problem.PersonCount(), 22);
  }
}

TEST(Parts, AreNoneWhereOnePersonOrOneRoomHoldsAllTogether) {
  ProblemSpec with_guest = Schools(2);
  for (DefenceSpec& defence : with_guest.defences) {
    if (defence.key == "d0.1" || defence.key == "d1.1") defence.seats.push_back({.person = "guest"});
  }
  EXPECT_THAT(PartsOf(Build(with_guest)), IsEmpty());

  ProblemSpec with_hall = Schools(2);
  with_hall.rooms.push_back(ARoom({.key = "hall", .capacity = 20, .equipment = {"school 0", "school 1"}}));
  EXPECT_THAT(PartsOf(Build(with_hall)), IsEmpty());
}

TEST(Parts, AreNoneOfASmallProblem) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"})};
  EXPECT_THAT(PartsOf(Build(spec)), IsEmpty());
}

TEST(Parts, CostTogetherWhatTheWholeCosts) {
  const Problem problem = Build(Schools(2));
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  const Fit fit(problem);
  State state(problem, rules);
  Random random(1);
  PlaceGreedily({problem, rules, candidates, fit, random, [] { return false; }}, &state);

  Score sum;
  Placements again(problem.defences().size());
  for (const std::unique_ptr<Part>& part : PartsOf(problem)) {
    const Placements own = part->From(state.timetable().placements());
    sum += RuleSet(part->problem).Evaluate(Timetable(part->problem, own));
    part->Into(own, &again);
  }
  EXPECT_EQ(sum, state.score());
  EXPECT_EQ(again, state.timetable().placements());
}

TEST(Solve, OfIndependentPartsIsTheSameAtAnyNumberOfThreads) {
  const Problem problem = Build(Schools(3));
  const auto solve = [&](int threads) {
    return Solve(problem, {.seed = 3, .move_limit = 60'000, .threads = threads}, std::stop_token(),
                 [](const Progress&) {});
  };
  const SolveResult one = solve(1);
  EXPECT_THAT(Check(problem, one.best.placements()), IsEmpty());
  EXPECT_EQ(one.best.PlacedCount(), 300);
  EXPECT_EQ(one.stats.moves, 60'000);
  for (const int threads : {2, 4}) {
    const SolveResult more = solve(threads);
    EXPECT_EQ(one.best, more.best) << threads << " threads";
    EXPECT_EQ(one.score, more.score);
  }
}

TEST(Solve, LeavesOutAPartInWhichNothingHasAPlace) {
  ProblemSpec spec = Schools(3);
  std::erase_if(spec.rooms, [](const RoomSpec& room) { return room.equipment.front() == "school 1"; });
  const Problem problem = Build(spec);
  const SolveResult result = Solve(problem, {.seed = 3, .move_limit = 20'000, .threads = 2},
                                   std::stop_token(), [](const Progress&) {});
  EXPECT_THAT(Check(problem, result.best.placements()), IsEmpty());
  EXPECT_EQ(result.best.PlacedCount(), 200);
  EXPECT_EQ(result.placed_bound, 200);
}

TEST(Solve, ProvesWhatPartsCostTogether) {
  // In each school three people meet in pairs: one of them comes twice, whatever order they have.
  ProblemSpec spec = Schools(2);
  for (const RuleLine& rule : Rulebook()) {
    if (IsWish(rule.level)) testing::SetRule(spec, rule.name, RuleLevel::kOff);
  }
  testing::SetRule(spec, "back_to_back", RuleLevel::kStrong, 1);
  for (std::size_t i = 0; i < spec.defences.size(); ++i) {
    const std::string school = absl::StrCat("p", i / 100, ".");
    std::vector<SeatSpec>& seats = spec.defences[i].seats;
    seats.resize(2);
    seats[0].person = absl::StrCat(school, i % 100);
    seats[1].person = absl::StrCat(school, i % 100 < 3 ? (i + 1) % 100 % 3 : 100 + i % 100);
  }
  const Problem problem = Build(spec);
  ASSERT_THAT(PartsOf(problem), SizeIs(2));
  const SolveResult result =
      Solve(problem, {.time_limit = absl::Seconds(30), .threads = 2}, {}, [](const Progress&) {});
  EXPECT_EQ(result.termination, Termination::kOptimal);
  EXPECT_EQ(result.score.strong(), 2);
}

TEST(Solve, ReportsTrueProgressOfAllPartsTogether) {
  const Problem problem = Build(Schools(3));
  std::vector<Progress> reports;
  const SolveResult result =
      Solve(problem, {.time_limit = absl::Milliseconds(400), .threads = 2}, std::stop_token(),
            [&reports](const Progress& progress) { reports.push_back(progress); });
  ASSERT_GE(reports.size(), 2u);
  for (std::size_t i = 1; i < reports.size(); ++i) {
    EXPECT_LE(reports[i].best, reports[i - 1].best);
    EXPECT_LE(reports[i].bound, reports[i].best);
  }
  EXPECT_EQ(reports.back().best, result.score);
  EXPECT_EQ(reports.back().placed, result.best.PlacedCount());
}

}  // namespace
}  // namespace soutenance::scheduling::solver
