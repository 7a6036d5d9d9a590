#include "services/scheduling/solver/search/blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/construct.h"
#include "services/scheduling/solver/search/state.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::ARoom;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using ::testing::IsEmpty;
using testing::RoomOf;

struct Scene {
  explicit Scene(Problem of)
      : problem(std::move(of)),
        rules(problem),
        candidates(problem, rules),
        fit(problem),
        places(problem, candidates, fit),
        companions(problem, fit, AllOf(problem)),
        blocks(problem, candidates, fit, places, companions) {}

  static std::vector<DefenceId> AllOf(const Problem& problem) {
    std::vector<DefenceId> all;
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) { all.push_back(id); });
    return all;
  }

  const Problem problem;
  const RuleSet rules;
  const Candidates candidates;
  const Fit fit;
  const Places places;
  const Companions companions;
  const Blocks blocks;
};

Timetable After(const Timetable& timetable, const Move& move) {
  Timetable moved = timetable;
  moved.Apply(move);
  return moved;
}

// Ana's defences follow each other in one room; Bo has one in the other room at the same time as the first.
Scene TwoRooms() {
  ProblemSpec spec = ASmallProblem();
  spec.rooms.push_back(ARoom("b13"));
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"bo"})};
  return Scene(Build(spec));
}

TEST(Blocks, ExchangeRoomsWithoutMovingAnybodyInTime) {
  const Scene scene = TwoRooms();
  const Timetable timetable =
      Arrange(scene.problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(9), "b13"}});
  Random random(1);
  int together = 0;
  for (int i = 0; i < 100; ++i) {
    const Move move = scene.blocks.Exchange(timetable, DefenceOf(scene.problem, "lea"), random);
    if (move.empty()) continue;
    const Timetable moved = After(timetable, move);
    for (const char* key : {"lea", "tom", "zoe"}) {
      const DefenceId id = DefenceOf(scene.problem, key);
      EXPECT_EQ(moved.PlacementOf(id)->start, timetable.PlacementOf(id)->start);
    }
    EXPECT_EQ(moved.PlacementOf(DefenceOf(scene.problem, "zoe"))->room, RoomOf(scene.problem, "b12"));
    together += static_cast<int>(moved.PlacementOf(DefenceOf(scene.problem, "lea"))->room ==
                                 moved.PlacementOf(DefenceOf(scene.problem, "tom"))->room);
  }
  EXPECT_GT(together, 10);
}

TEST(Blocks, ShiftDefencesThatFollowEachOtherTogether) {
  const Scene scene = TwoRooms();
  const Timetable timetable = Arrange(scene.problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}});
  Random random(1);
  int shifted = 0;
  int turned = 0;
  for (int i = 0; i < 200; ++i) {
    const Move move =
        scene.blocks.Shift(timetable, DefenceOf(scene.problem, "lea"), /*may_lose=*/true, random);
    if (move.empty()) continue;
    const Timetable moved = After(timetable, move);
    const Placement lea = *moved.PlacementOf(DefenceOf(scene.problem, "lea"));
    const Placement tom = *moved.PlacementOf(DefenceOf(scene.problem, "tom"));
    EXPECT_EQ(lea.room, tom.room);
    EXPECT_EQ(std::abs(lea.start - tom.start), 60);
    ++shifted;
    turned += static_cast<int>(tom.start < lea.start);
  }
  EXPECT_GT(shifted, 20);
  EXPECT_GT(turned, 0);
}

TEST(Blocks, HaveNothingToMoveWhereADefenceIsUnplacedOrAlone) {
  const Scene scene = TwoRooms();
  const Timetable timetable = Arrange(scene.problem, {{"tom", At(9), "b12"}});
  Random random(1);
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(scene.blocks.Exchange(timetable, DefenceOf(scene.problem, "lea"), random), IsEmpty());
    EXPECT_THAT(scene.blocks.Shift(timetable, DefenceOf(scene.problem, "lea"), /*may_lose=*/true, random),
                IsEmpty());
    EXPECT_THAT(scene.blocks.Shift(timetable, DefenceOf(scene.problem, "tom"), /*may_lose=*/true, random),
                IsEmpty());
  }
}

TEST(Blocks, MakeOnlyTimetablesThatTheCheckerAccepts) {
  int exchanged = 0;
  int shifted = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    const Scene scene(testing::RandomProblem(seed, {.days = 2,
                                                    .persons = 6,
                                                    .rooms = 3,
                                                    .defences = 10,
                                                    .odd = seed % 2 == 0,
                                                    .open_seats = seed % 3 == 0}));
    State state(scene.problem, scene.rules);
    Random random(seed);
    PlaceGreedily({scene.problem, scene.rules, scene.candidates, scene.fit, random, [] { return false; }},
                  &state);
    for (int i = 0; i < 60; ++i) {
      const auto id = static_cast<DefenceId>(random.Below(scene.problem.defences().size()));
      const bool exchanges = i % 2 == 0;
      const bool may_lose = i % 4 == 1;
      const Move move = exchanges ? scene.blocks.Exchange(state.timetable(), id, random)
                                  : scene.blocks.Shift(state.timetable(), id, may_lose, random);
      if (move.empty()) continue;
      const Timetable moved = After(state.timetable(), move);
      EXPECT_THAT(Check(scene.problem, moved.placements()), IsEmpty());
      if (!may_lose) {
        EXPECT_EQ(moved.PlacedCount(), state.timetable().PlacedCount());
      }
      ++(exchanges ? exchanged : shifted);
    }
  }
  EXPECT_GT(exchanged, 100);
  EXPECT_GT(shifted, 100);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
