#include "services/scheduling/solver/exact/models.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <stop_token>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/scheduling/solver/exact/path_model.h"
#include "services/scheduling/solver/exact/paths.h"
#include "services/scheduling/solver/exact/prover.h"
#include "services/scheduling/solver/exact/seated.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::ARoom;
using testing::ASmallProblem;
using testing::Build;
using testing::Hours;
using testing::SetRule;

const std::atomic<bool> kGoOn = false;

Mip::Limits Unlimited() {
  return {.time = absl::Seconds(20),
          .stop = &kGoOn,
          .wanted_above = [] { return int64_t{-1'000}; },
          .on_bound = [](int64_t) {}};
}

ProblemSpec StayFirst(ProblemSpec spec) {
  SetRule(spec, "back_to_back", RuleLevel::kStrong, 1);
  for (const char* rule :
       {"gaps",       "person_days",      "consecutive_room", "if_needed",    "stability",
        "room_gaps",  "topic_changes",    "topic_blocks",     "room_days",    "room_day_limit",
        "room_break", "room_block_load",  "disturbance",      "role_absence", "block_continuity",
        "role_load",  "combined_roles",   "squared_load",     "squared_days", "subject_coverage",
        "nearness",   "quick_room_change"}) {
    SetRule(spec, rule, RuleLevel::kOff);
  }
  return spec;
}

// Small enough to look at every timetable.
ProblemSpec Tiny(uint64_t seed, bool odd) {
  testing::Chance chance(seed);
  ProblemSpec spec =
      RandomSpec(chance, {.days = 1, .persons = 4, .rooms = 2, .defences = odd ? 6 : 4, .odd = odd});
  spec.grid_minutes = 60;
  return StayFirst(std::move(spec));
}

int PlacedOf(const Problem& problem, const Score& score) {
  return problem.DefenceCount() - static_cast<int>(score.unplaced() / problem.rule(RuleId::kUnplaced).weight);
}

int64_t MostOf(const SeatedModel& model) { return model.mip().Maximise(Unlimited()).bound.value_or(0); }

int64_t GainByPaths(const Graph& graph, int placed, const std::vector<std::vector<DefenceId>>& parts) {
  int64_t bound = 0;
  for (const std::vector<DefenceId>& part : parts) {
    const PathGraph paths(graph, part);
    PathModel model(paths, graph.problem(), placed, {absl::Now() + absl::Seconds(20), &kGoOn});
    const int64_t tightened = model.Tighten(0);
    const PathModel::Answer answer = model.Complete();
    EXPECT_LE(answer.bound, tightened);
    int64_t gain = 0;
    for (const Path& path : answer.best) gain += path.gain;
    EXPECT_EQ(gain, answer.bound);  // as few defences as these never take long
    bound += answer.bound;
  }
  return bound;
}

TEST(Models, NeverProveWhatBruteForceRefutes) {
  int compared = 0;
  int tight = 0;
  int tight_by_paths = 0;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = Build(Tiny(seed, seed % 3 != 0));
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 20'000) continue;
    const Score best = brute_force.Best();
    const int placed = PlacedOf(problem, best);
    const RuleSet rules(problem);
    const Candidates candidates(problem, rules);
    Graph graph(problem, candidates);
    if (graph.positions().empty()) continue;
    ++compared;
    EXPECT_GE(MostPlaced(graph).mip().Maximise(Unlimited()).bound.value_or(-1), placed);

    ASSERT_TRUE(graph.ListArcs(100'000));
    const int64_t gain = ComingsAtMost(problem) - best.strong();
    const auto proven = ChainModel(graph, placed).mip().Maximise(Unlimited()).bound;
    ASSERT_TRUE(proven.has_value());
    EXPECT_GE(*proven, gain);
    tight += static_cast<int>(*proven == gain);
    const std::vector<std::vector<DefenceId>> parts = PathGraph::PartsOf(graph);
    const int64_t by_paths = GainByPaths(graph, placed, parts);
    EXPECT_GE(by_paths, gain);
    tight_by_paths += static_cast<int>(by_paths == gain);
    std::vector<DefenceId> all;
    for (const std::vector<DefenceId>& part : parts) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    if (!all.empty()) {
      EXPECT_GE(GainByPaths(graph, placed, {all}), gain);
    }
  }
  EXPECT_GT(compared, 100);
  EXPECT_GT(tight_by_paths, compared * 4 / 5);
  EXPECT_GT(tight, compared * 4 / 5);  // rooms that are not always open are only counted
}

TEST(SeatedModel, NeverProvesWhatBruteForceRefutes) {
  int compared = 0;
  int tight = 0;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    ProblemSpec spec = RandomSpec(
        chance,
        {.days = 1, .persons = 4, .rooms = 2, .defences = 4, .odd = seed % 3 != 0, .open_seats = true});
    spec.grid_minutes = 120;
    const Problem problem = Build(StayFirst(std::move(spec)));
    if (!SeatedModel::IsFor(problem)) continue;
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 20'000) continue;
    const int placed = PlacedOf(problem, brute_force.Best());
    const RuleSet rules(problem);
    const Candidates candidates(problem, rules);
    Graph graph(problem, candidates);
    if (graph.positions().empty()) continue;
    ++compared;
    int64_t counted = 0;
    std::vector<int> all;
    for (const std::vector<int>& cluster : ClustersOf(graph)) {
      counted += MostOf(SeatedModel(graph, cluster, SeatedModel::Detail::kCounts, 10'000));
      all.insert(all.end(), cluster.begin(), cluster.end());
    }
    EXPECT_GE(counted, placed);
    EXPECT_EQ(all.size(), graph.positions().size());
    SeatedModel model(graph, all, SeatedModel::Detail::kDefences, 10'000);
    const int64_t proven = MostOf(model);
    EXPECT_GE(proven, placed);
    EXPECT_LE(proven, counted);
    tight += static_cast<int>(proven == placed);
    if (proven == 0) continue;
    model.AddCap({all, proven - 1});
    EXPECT_EQ(MostOf(model), proven - 1);
  }
  EXPECT_GT(compared, 30);
  EXPECT_GT(tight, compared * 4 / 5) << compared;
}

TEST(ClustersOf, CutWhereNobodyIsOnTheWayAndNoRoomIsCleared) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12), Hours(14, 16)};
  spec.grid_minutes = 60;
  spec.buffer_minutes = 30;
  spec.travel_minutes = 60;
  spec.defences = {ADefence("d", {"ana"})};
  const Problem problem = Build(spec);
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  const Graph graph(problem, candidates);
  const std::vector<std::vector<int>> clusters = ClustersOf(graph);
  ASSERT_EQ(clusters.size(), 2u);
  EXPECT_EQ(graph.position(clusters[0].back()).end, Hours(9, 12).to);
  EXPECT_EQ(graph.position(clusters[1].front()).start, Hours(14, 16).from);
}

TEST(Solve, ProvesByTheLimitsOfWhoMayBeChosen) {
  // Six defences that only Ana and Bo may read, twice each.
  ProblemSpec spec = ASmallProblem();
  spec.persons = {testing::APerson({.key = "ana", .max_total = 2}),
                  testing::APerson({.key = "bo", .max_total = 2})};
  for (int i = 0; i < 6; ++i) {
    spec.defences.push_back(ADefence(absl::StrCat("d", i), {absl::StrCat("s", i)}));
    spec.defences.back().seats.push_back(testing::AnOpenSeat("reader", {"ana", "bo"}));
  }
  const Problem problem = Build(spec);
  const SolveResult result =
      Solve(problem, {.time_limit = absl::Seconds(20), .threads = 2}, {}, [](const Progress&) {});
  EXPECT_EQ(result.best.PlacedCount(), 4);
  EXPECT_EQ(result.placed_bound, 4);
}

TEST(Solve, ProvesWhatBruteForceFinds) {
  int compared = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = Build(Tiny(seed, seed % 3 != 0));
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 5'000) continue;
    const SolveResult result =
        Solve(problem, {.time_limit = absl::Milliseconds(300), .threads = 2}, {}, [](const Progress&) {});
    EXPECT_LE(result.bound, result.score);
    EXPECT_LE(result.bound, brute_force.Best());
    if (result.termination != Termination::kOptimal) continue;
    EXPECT_EQ(result.score, brute_force.Best());
    ++compared;
  }
  EXPECT_GT(compared, 20);
}

// Ten people who judge eight of forty defences each.
ProblemSpec Crowd() {
  ProblemSpec spec = StayFirst(ASmallProblem());
  spec.opening.clear();
  for (int day = 0; day < 3; ++day) spec.opening.push_back(Hours(9, 17, day));
  spec.grid_minutes = 60;
  spec.rooms = {ARoom("b1"), ARoom("b2"), ARoom("b3"), ARoom("b4")};
  for (int i = 0; i < 40; ++i) {
    spec.defences.push_back(
        ADefence(absl::StrCat("d", i), {absl::StrCat("p", i % 10), absl::StrCat("q", i * 7 % 9)}));
  }
  return spec;
}

TEST(Solve, StopsThoughTheExactSolverIsAtWork) {
  const Problem problem = Build(Crowd());
  std::stop_source source;
  absl::Time asked;
  const SolveResult result =
      Solve(problem, {.time_limit = absl::Seconds(60), .threads = 2}, source.get_token(),
            [&](const Progress& progress) {
              if (progress.elapsed < absl::Milliseconds(400) || source.stop_requested()) return;
              asked = absl::Now();
              source.request_stop();
            });
  // The aim is 50 ms; sanitizers and a busy machine are slower.
  if (result.termination == Termination::kCancelled) {
    EXPECT_LT(absl::Now() - asked, absl::Milliseconds(1000));
  }
}

TEST(WithRooms, GivesEachChainOneRoomAndNoRoomTwoDefences) {
  const Problem problem = Build(Crowd());
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  Graph graph(problem, candidates);
  ASSERT_TRUE(graph.ListArcs(100'000));
  const std::vector<int> run{graph.FirstOf(DefenceId{0}), graph.FirstOf(DefenceId{10}) + 1};
  const Placements placements = WithRooms(graph, {run, {graph.FirstOf(DefenceId{1})}});
  ASSERT_TRUE(placements[0] && placements[10] && placements[1]);
  EXPECT_EQ(placements[0]->room, placements[10]->room);
  EXPECT_NE(placements[0]->room, placements[1]->room);
  EXPECT_FALSE(placements[2]);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
