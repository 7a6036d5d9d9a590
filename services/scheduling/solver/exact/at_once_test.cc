#include "services/scheduling/solver/exact/at_once.h"

#include <gmock/gmock.h>

#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::AnOpenSeat;
using testing::APerson;
using testing::ARoom;
using testing::At;
using testing::Build;
using testing::Chance;
using testing::Hours;
using testing::SetRule;

const std::atomic<bool> kGoOn = false;

int64_t BoundOf(const AtOnceModel& model) {
  const Mip::Limits limits{.time = absl::Seconds(20),
                           .stop = &kGoOn,
                           .wanted_above = [] { return int64_t{-1}; },
                           .on_bound = [](int64_t) {}};
  return model.mip().Maximise(limits).bound.value_or(-1);
}

// A few examinations in two rooms on one day of two halves, with a pause; each by as many of four people as a
// role asks for and by somebody for its course.
ProblemSpec Examinations(Chance& chance) {
  ProblemSpec spec = testing::ASmallProblem();
  spec.grid_minutes = 60;
  spec.opening = {Hours(9, 9 + chance.Between(3, 4))};
  spec.rooms = {ARoom("a"), ARoom("b")};
  const std::vector<std::string> people{"ana", "bo", "cy", "dee"};
  for (const std::string& person : people) {
    spec.persons.push_back(APerson({.key = person}));
    const int hour = 9 + chance.Below(4);
    if (chance.OneIn(2)) spec.persons.back().blocked.push_back(Hours(hour, hour + 1));
  }
  const auto some = [&](std::size_t least) {
    std::vector<std::string> chosen;
    for (const std::string& person : people) {
      if (chance.OneIn(2)) chosen.push_back(person);
    }
    return chosen.size() < least ? people : chosen;
  };
  const std::vector<std::string> board = some(2);
  const std::vector<std::string> teachers = some(1);
  const int seats = chance.Between(1, 2);
  for (int i = 0; i < 3; ++i) {
    DefenceSpec defence = ADefence(absl::StrCat("d", i), {absl::StrCat("s", i)}, 60 * chance.Between(1, 2));
    for (int n = 0; n < seats; ++n) defence.seats.push_back(AnOpenSeat("member", board));
    if (chance.OneIn(2)) {
      defence.seats.push_back(AnOpenSeat("examiner", teachers));
      defence.seats.back().shared = chance.OneIn(2);
    }
    defence.topic = absl::StrCat("topic", chance.Below(2));
    spec.defences.push_back(defence);
  }
  if (chance.OneIn(2)) {
    spec.pauses = {{.begins = Hours(10, 12), .least_minutes = 60, .wanted_minutes = 60}};
    SetRule(spec, "room_pause", RuleLevel::kHard);
  }
  if (chance.OneIn(2)) SetRule(spec, "room_topics", RuleLevel::kHard, 0, 1);
  if (chance.OneIn(4)) SetRule(spec, "one_seat", RuleLevel::kSoft, 1);
  return spec;
}

TEST(AtOnce, NeverProvesWhatBruteForceRefutes) {
  int compared = 0;
  int tight = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    const Problem problem = Build(Examinations(chance));
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 3'000) continue;
    const Candidates candidates(problem, RuleSet(problem));
    const auto model = AtOnceModel::Of(problem, candidates);
    if (!model) continue;
    ++compared;
    const int64_t placed =
        problem.DefenceCount() - brute_force.Best().unplaced() / problem.rule(RuleId::kUnplaced).weight;
    const int64_t bound = BoundOf(*model);
    EXPECT_GE(bound, placed);
    tight += static_cast<int>(bound == placed);
  }
  EXPECT_GT(compared, 15);
  EXPECT_GT(tight, compared * 4 / 5);
}

TEST(AtOnce, NeverProvesWhatBruteForceRefutesOfAnyProblem) {
  int compared = 0;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    ProblemSpec spec = RandomSpec(
        chance,
        {.days = 1, .persons = 4, .rooms = 2, .defences = 4, .odd = seed % 3 != 0, .open_seats = true});
    spec.grid_minutes = 120;
    const Problem problem = Build(std::move(spec));
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 5'000) continue;
    const Candidates candidates(problem, RuleSet(problem));
    const auto model = AtOnceModel::Of(problem, candidates);
    if (!model) continue;
    ++compared;
    EXPECT_GE(BoundOf(*model), problem.DefenceCount() -
                                   brute_force.Best().unplaced() / problem.rule(RuleId::kUnplaced).weight);
  }
  EXPECT_GT(compared, 15);
}

TEST(Solve, ProvesByHowManyCanTakePlaceAtOnce) {
  // Two of three people each: one examination at a time, though there are two rooms; and none goes on past
  // half past eleven, as one of the three comes then and another one leaves.
  ProblemSpec spec = testing::ASmallProblem();
  spec.opening = {Hours(9, 14)};
  spec.rooms = {ARoom("a"), ARoom("b")};
  spec.persons = {APerson("ana"), APerson({.key = "bo", .blocked = {{At(11), At(11, 30)}}}),
                  APerson({.key = "cy", .blocked = {{At(11, 30), At(12)}}})};
  for (int i = 0; i < 8; ++i) {
    spec.defences.push_back(ADefence(absl::StrCat("d", i), {absl::StrCat("s", i)}));
    for (int n = 0; n < 2; ++n)
      spec.defences.back().seats.push_back(AnOpenSeat("member", {"ana", "bo", "cy"}));
  }
  const SolveResult result =
      Solve(Build(spec), {.time_limit = absl::Seconds(20), .threads = 2}, {}, [](const Progress&) {});
  EXPECT_EQ(result.best.PlacedCount(), 4);
  EXPECT_EQ(result.placed_bound, 4);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
