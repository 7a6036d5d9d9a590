#include "services/scheduling/solver/exact/blocks.h"

#include <gmock/gmock.h>

#include <atomic>
#include <stop_token>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/exact/block_prover.h"
#include "services/scheduling/solver/exact/topic_plans.h"
#include "services/scheduling/solver/exact/use_search.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::ARoom;
using testing::At;
using testing::Build;
using testing::Chance;
using testing::Hours;
using testing::SetRule;

// A seminar: each defence has a student of its own, some of whom cannot come at some hours; two rooms, one or
// two days of two windows, with a break between them; topics are to be kept together.
ProblemSpec Seminar(Chance& chance, int days, int defences, int slots) {
  ProblemSpec spec = testing::ASmallProblem();
  spec.grid_minutes = 60;
  spec.opening.clear();
  for (int day = 0; day < days; ++day) {
    spec.opening.push_back(Hours(9, 9 + slots, day));
    spec.opening.push_back(Hours(13, 13 + slots, day));
  }
  spec.rooms = {ARoom("a"), ARoom("b")};
  spec.persons.clear();
  for (int i = 0; i < defences; ++i) {
    const std::string person = absl::StrCat("student", i);
    PersonSpec student = APerson({.key = person});
    for (const Interval& window : spec.opening) {
      if (chance.OneIn(3)) student.blocked.push_back({window.from, window.from + 60});
      if (chance.OneIn(3)) student.blocked.push_back({window.to - 60, window.to});
    }
    spec.persons.push_back(student);
    spec.defences.push_back(ADefence(absl::StrCat("d", i), {person}));
    if (!chance.OneIn(5)) spec.defences.back().topic = absl::StrCat("topic", chance.Below(2));
  }
  for (const char* rule : {"gaps", "person_days", "consecutive_room", "if_needed"}) {
    SetRule(spec, rule, RuleLevel::kOff);
  }
  SetRule(spec, "availability", RuleLevel::kSoft, 50);
  SetRule(spec, "room_gaps", RuleLevel::kSoft, 41);
  SetRule(spec, "topic_changes", RuleLevel::kSoft, 62);
  SetRule(spec, "topic_blocks", RuleLevel::kSoft, 3, 0);
  SetRule(spec, "room_days", RuleLevel::kSoft, 5);
  SetRule(spec, "room_day_limit", RuleLevel::kHard, 0, days == 1 ? 2 : 3);
  SetRule(spec, "room_break", RuleLevel::kHard, 0, (13 - 9 - slots) * 60 + 60);
  return spec;
}

std::optional<BlockModel> ModelOf(const Problem& problem) {
  const RuleSet rules(problem);
  return BlockModel::Of(problem, Candidates(problem, rules), rules);
}

std::vector<BlockModel::Column> AllColumns(const BlockModel& model) {
  return model.Cheapest(model.PatternCount() * 10);
}

const std::atomic<bool> kGoOn = false;

Mip::Answer Best(const Mip& mip) {
  return mip.Maximise({.time = absl::Seconds(30),
                       .stop = &kGoOn,
                       .wanted_above = [] { return int64_t{-1'000'000}; },
                       .on_bound = [](int64_t) {}});
}

TEST(BlockModel, CostsWhatTheBestOfAllTimetablesCosts) {
  int compared = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    const Problem problem = Build(Seminar(chance, 1, chance.Between(2, 4), 2));
    testing::BruteForce brute_force(problem);
    const Score best = brute_force.Best();
    if (best.unplaced() > 0) continue;
    const std::optional<BlockModel> model = ModelOf(problem);
    ASSERT_TRUE(model.has_value());
    EXPECT_EQ(Best(model->With(AllColumns(*model))).gain, -best.soft());
    ++compared;
  }
  EXPECT_GT(compared, 40);
}

TEST(BlockModel, MakesTimetablesThatCostWhatItSays) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    const Problem problem = Build(Seminar(chance, 2, 9, 3));
    const std::optional<BlockModel> model = ModelOf(problem);
    ASSERT_TRUE(model.has_value());
    const std::vector<BlockModel::Column> columns = AllColumns(*model);
    const Mip::Answer answer = Best(model->With(columns));
    ASSERT_FALSE(answer.values.empty());
    const Score score =
        RuleSet(problem).Evaluate(Timetable(problem, model->PlacementsOf(columns, answer.values)));
    Score expected;
    expected.Add(RuleLevel::kSoft, -answer.gain);
    EXPECT_EQ(score, expected);
  }
}

TEST(BlockModel, IsOnlyForProblemsOfItsForm) {
  Chance chance(1);
  const ProblemSpec seminar = Seminar(chance, 1, 3, 2);
  ProblemSpec longer = seminar;
  longer.defences[0].duration_minutes = 120;
  ProblemSpec finer = seminar;
  finer.grid_minutes = 30;
  ProblemSpec apart = seminar;
  apart.buffer_minutes = 10;
  ProblemSpec without = seminar;
  for (const char* rule : {"room_gaps", "topic_changes", "topic_blocks", "room_days"}) {
    SetRule(without, rule, RuleLevel::kOff);
  }
  ProblemSpec mixed = seminar;
  SetRule(mixed, "room_days", RuleLevel::kStrong);
  EXPECT_TRUE(ModelOf(Build(seminar)).has_value());
  for (const ProblemSpec& other : {longer, finer, apart, without, mixed}) {
    EXPECT_FALSE(ModelOf(Build(other)).has_value());
  }
}

// The same where each defence has a topic, some students are reluctant at some hours, and some can never come
// when they cannot.
ProblemSpec SeminarOfTopics(Chance& chance, int days, int defences, int slots) {
  ProblemSpec spec = Seminar(chance, days, defences, slots);
  for (DefenceSpec& defence : spec.defences) {
    if (defence.topic.empty()) defence.topic = "topic0";
  }
  for (PersonSpec& person : spec.persons) {
    if (chance.OneIn(2)) person.if_needed.push_back(spec.opening[0]);
  }
  SetRule(spec, "if_needed", RuleLevel::kSoft, 20);
  if (chance.OneIn(4)) SetRule(spec, "availability", RuleLevel::kHard);
  return spec;
}

// Twice what the cheapest use of the slots costs, as UseSearch tells; absent if it did not come to an end.
struct Far {
  std::optional<int64_t> bound;
  std::optional<BlockModel::Made> made;
};

Far SeenFromFar(const BlockModel& model, const SlotUse& use) {
  Far far;
  UseSearch search(use, {.stop = &kGoOn,
                         .end = absl::InfiniteFuture(),
                         .known = [] { return int64_t{1'000'000}; },
                         .on_bound = [&](int64_t bound) { far.bound = bound; }});
  EXPECT_TRUE(search.Run());
  if (!search.best().empty()) far.made = model.TimetableOf(search.SlotsOf(search.best()));
  return far;
}

TEST(UseSearch, FindsWhatTheBestOfAllTimetablesCosts) {
  int compared = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    const Problem problem = Build(SeminarOfTopics(chance, 1, chance.Between(2, 4), 2));
    testing::BruteForce brute_force(problem);
    const Score best = brute_force.Best();
    const std::optional<BlockModel> model = ModelOf(problem);
    if (best.unplaced() > 0 || !model) continue;
    const std::optional<SlotUse> use = model->Use();
    ASSERT_TRUE(use.has_value());
    const Far far = SeenFromFar(*model, *use);
    EXPECT_EQ(far.bound, 2 * best.soft());
    ASSERT_TRUE(far.made.has_value());
    EXPECT_EQ(RuleSet(problem).Evaluate(Timetable(problem, far.made->placements)), best);
    ++compared;
  }
  EXPECT_GT(compared, 30);
}

// What is not seen from far costs little: topics that come back to a room.
TEST(UseSearch, IsNoWorseThanTheModelOfPatterns) {
  int compared = 0;
  int equal = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    const Problem problem = Build(SeminarOfTopics(chance, 2, 12, 3));
    const std::optional<BlockModel> model = ModelOf(problem);
    ASSERT_TRUE(model.has_value());
    const Mip::Answer near = Best(model->With(AllColumns(*model)));
    if (near.values.empty()) continue;
    const Far far = SeenFromFar(*model, *model->Use());
    ASSERT_TRUE(far.bound.has_value());
    EXPECT_LE(*far.bound, -2 * near.gain);
    ASSERT_TRUE(far.made.has_value());
    const Score score = RuleSet(problem).Evaluate(Timetable(problem, far.made->placements));
    EXPECT_EQ(score.unplaced(), 0);
    EXPECT_EQ(score.soft(), far.made->cost);
    EXPECT_GE(far.made->cost, -near.gain);
    ++compared;
    equal += static_cast<int>(*far.bound == -2 * near.gain && far.made->cost == -near.gain);
  }
  EXPECT_GE(compared, 6);
  EXPECT_GE(4 * equal, 3 * compared);
}

TEST(UseSearch, FindsNothingWhereTheBestIsKnown) {
  Chance chance(1);
  const Problem problem = Build(SeminarOfTopics(chance, 2, 9, 3));
  const std::optional<BlockModel> model = ModelOf(problem);
  const std::optional<SlotUse> use = model->Use();
  const Far far = SeenFromFar(*model, *use);
  ASSERT_TRUE(far.bound.has_value() && far.made.has_value());
  UseSearch again(*use, {.stop = &kGoOn,
                         .end = absl::InfiniteFuture(),
                         .known = [&] { return *far.bound; },
                         .on_bound = [&](int64_t bound) { EXPECT_LE(bound, *far.bound); }});
  EXPECT_TRUE(again.Run());
  EXPECT_TRUE(again.best().empty());
}

TEST(SlotUse, IsOnlyForWhatItTellsRight) {
  Chance chance(1);
  const ProblemSpec seminar = SeminarOfTopics(chance, 1, 3, 2);
  ProblemSpec without_topic = seminar;
  without_topic.defences[0].topic.clear();
  ProblemSpec one_is_free = seminar;
  SetRule(one_is_free, "topic_blocks", RuleLevel::kSoft, 3, 1);
  ProblemSpec never_full = seminar;
  SetRule(never_full, "room_block_load", RuleLevel::kHard, 0, 1);
  ProblemSpec rather_a_gap = seminar;
  SetRule(rather_a_gap, "topic_changes", RuleLevel::kSoft, 83);
  EXPECT_TRUE(ModelOf(Build(seminar))->Use().has_value());
  for (const ProblemSpec& other : {without_topic, one_is_free, never_full, rather_a_gap}) {
    EXPECT_FALSE(ModelOf(Build(other))->Use().has_value());
  }
}

TEST(Solve, ProvesTheBestSeminar) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    Chance chance(seed);
    const Problem problem = Build(Seminar(chance, 2, 9, 3));
    const SolveParams params{.time_limit = absl::Seconds(60), .threads = 2};
    const SolveResult result = Solve(problem, params, std::stop_token(), [](const Progress&) {});
    EXPECT_EQ(result.termination, Termination::kOptimal) << "seed " << seed;
    EXPECT_EQ(result.bound, result.score) << "seed " << seed;
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
