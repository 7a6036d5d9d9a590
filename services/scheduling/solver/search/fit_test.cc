#include "services/scheduling/solver/search/fit.h"

#include <gtest/gtest.h>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/construct.h"
#include "services/scheduling/solver/search/state.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

// The penalty of the hard rules.
int64_t HardPenalty(const RuleSet& rules, const Timetable& timetable) {
  int64_t penalty = 0;
  for (const RuleSet::Entry& entry : rules.entries()) {
    if (entry.rule.IsHard()) penalty += entry.constraint->Penalty(timetable);
  }
  return penalty;
}

// A legal timetable of a random problem, and what is needed to ask about it.
struct Scene {
  explicit Scene(uint64_t seed)
      : Scene(seed,
              testing::RandomProblem(
                  seed, {.days = 2, .persons = 5, .rooms = 2, .defences = 8, .open_seats = seed % 2 == 1})) {}
  Scene(uint64_t seed, Problem made)
      : problem(std::move(made)),
        rules(problem),
        candidates(problem, rules),
        fit(problem),
        state(problem, rules),
        random(seed) {
    PlaceGreedily({problem, rules, candidates, fit, random, [] { return false; }}, &state);
  }

  std::optional<Placement> AnyPlace(DefenceId id) {
    if (candidates.StartCount(id) == 0) return std::nullopt;
    const auto count = static_cast<std::size_t>(candidates.StartCount(id));
    const Candidates::Start start = candidates.StartAt(id, static_cast<int>(random.Below(count)));
    Placement place{start.start, start.rooms[random.Below(start.rooms.size())]};
    const std::vector<OpenSeat>& seats = problem.defence(id).open_seats;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      place.holders[i] = static_cast<uint8_t>(random.Below(seats[i].candidates.size()));
    }
    return place;
  }
  DefenceId AnyDefence() {
    return static_cast<DefenceId>(random.Below(static_cast<std::size_t>(problem.DefenceCount())));
  }

  const Problem problem;
  const RuleSet rules;
  const Candidates candidates;
  const Fit fit;
  State state;
  Random random;
};

TEST(Fit, AgreesWithTheRulesWhetherADefenceFits) {
  int fitting = 0;
  for (uint64_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE(seed);
    Scene scene(seed);
    for (int i = 0; i < 40; ++i) {
      const DefenceId id = scene.AnyDefence();
      const std::optional<Placement> to = scene.AnyPlace(id);
      if (!to) continue;
      Timetable moved = scene.state.timetable();
      moved.Apply({{id, to}});
      const bool fits = scene.fit.Fits(scene.state.timetable(), {}, id, *to);
      EXPECT_EQ(fits, HardPenalty(scene.rules, moved) == 0);
      fitting += static_cast<int>(fits);
    }
  }
  EXPECT_GT(fitting, 100);
}

// Whether `defence` fits, and what has to go if it does not, is what the rules say of the day of the room.
TEST(Fit, AgreesWithTheRulesAboutAllThatARoomHas) {
  int fitting = 0;
  int made_to_fit = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    ProblemSpec spec = testing::RandomSpec(
        chance, {.days = 2, .persons = 9, .rooms = 2, .defences = 9, .open_seats = seed % 2 == 1});
    for (const char* rule : {"room_topics", "room_pause", "block_continuity"}) {
      testing::SetRule(spec, rule, RuleLevel::kHard, 0, std::nullopt);
    }
    Scene scene(seed, testing::Build(spec));
    EXPECT_EQ(HardPenalty(scene.rules, scene.state.timetable()), 0);
    for (int i = 0; i < 40; ++i) {
      const DefenceId id = scene.AnyDefence();
      const std::optional<Placement> to = scene.AnyPlace(id);
      if (!to) continue;
      Timetable moved = scene.state.timetable();
      moved.Apply({{id, to}});
      const bool fits = scene.fit.Fits(scene.state.timetable(), {}, id, *to);
      EXPECT_EQ(fits, HardPenalty(scene.rules, moved) == 0);
      fitting += static_cast<int>(fits);
      EXPECT_TRUE(!fits || scene.fit.HasRoom(scene.state.timetable(), {}, id, *to));
      Defences blockers;
      if (!scene.fit.FindBlockers(scene.state.timetable(), {}, id, *to, 3, scene.random, &blockers)) continue;
      for (const DefenceId blocker : blockers) moved.Apply({{blocker, std::nullopt}});
      EXPECT_EQ(HardPenalty(scene.rules, moved), 0);
      made_to_fit += static_cast<int>(!fits);
    }
  }
  EXPECT_GT(fitting, 100);
  EXPECT_GT(made_to_fit, 100);
}

TEST(Fit, AgreesWithTheRulesAfterAMoveInTheMaking) {
  for (uint64_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE(seed);
    Scene scene(seed);
    for (int i = 0; i < 40; ++i) {
      const DefenceId first = scene.AnyDefence();
      const DefenceId second = scene.AnyDefence();
      const std::optional<Placement> to_first = scene.AnyPlace(first);
      const std::optional<Placement> to_second = scene.AnyPlace(second);
      if (first == second || !to_first || !to_second) continue;
      if (!scene.fit.Fits(scene.state.timetable(), {{second, std::nullopt}}, first, *to_first)) continue;
      Timetable moved = scene.state.timetable();
      moved.Apply({{first, to_first}, {second, to_second}});
      const Move moving{{first, to_first}, {second, std::nullopt}};
      EXPECT_EQ(scene.fit.Fits(scene.state.timetable(), moving, second, *to_second),
                HardPenalty(scene.rules, moved) == 0);
    }
  }
}

TEST(Fit, FindsBlockersWhoseRemovalLetsTheDefenceIn) {
  int found = 0;
  for (uint64_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE(seed);
    Scene scene(seed);
    for (int i = 0; i < 40; ++i) {
      const DefenceId id = scene.AnyDefence();
      const std::optional<Placement> to = scene.AnyPlace(id);
      Defences blockers;
      if (!to || !scene.fit.FindBlockers(scene.state.timetable(), {}, id, *to, 3, scene.random, &blockers)) {
        continue;
      }
      EXPECT_LE(blockers.size(), 3u);
      Move move{{id, to}};
      for (const DefenceId blocker : blockers) {
        EXPECT_TRUE(scene.state.timetable().PlacementOf(blocker));
        move.push_back({blocker, std::nullopt});
      }
      Timetable moved = scene.state.timetable();
      moved.Apply(move);
      EXPECT_EQ(HardPenalty(scene.rules, moved), 0);
      found += static_cast<int>(!blockers.empty());
    }
  }
  EXPECT_GT(found, 50);
}

TEST(Fit, CountsARoomThatSeveralOpenTogether) {
  ProblemSpec spec = testing::ASmallProblem();
  spec.rooms = {testing::ARoom("b12"), testing::ARoom("c3")};
  spec.defences = {testing::ADefence("lea", {"ana"}), testing::ADefence("tom", {"bo"}),
                   testing::ADefence("zoe", {"cy"})};
  testing::SetRule(spec, "room_day_limit", RuleLevel::kHard, 0, 1);
  const Problem problem = testing::Build(spec);
  const Timetable timetable = testing::Arrange(
      problem,
      {{"lea", testing::At(9), "b12"}, {"tom", testing::At(10), "b12"}, {"zoe", testing::At(11), "b12"}});
  const DefenceId lea = testing::DefenceOf(problem, "lea");
  const DefenceId tom = testing::DefenceOf(problem, "tom");
  const DefenceId zoe = testing::DefenceOf(problem, "zoe");
  const RoomId other = testing::RoomOf(problem, "c3");
  const Fit fit(problem);

  const Move two = {{lea, Placement{testing::At(9), other}}, {tom, Placement{testing::At(10), other}}};
  EXPECT_FALSE(fit.Fits(timetable, two, lea, *two[0].to));
  EXPECT_FALSE(fit.Fits(timetable, two, tom, *two[1].to));
  Move all = two;
  all.push_back({zoe, Placement{testing::At(11), other}});
  EXPECT_TRUE(fit.Fits(timetable, all, lea, *all[0].to));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
