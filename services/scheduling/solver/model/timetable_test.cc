#include "services/scheduling/solver/model/timetable.h"

#include <gmock/gmock.h>

#include <map>

#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::AMove;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Chance;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::RandomMove;
using ::soutenance::scheduling::solver::testing::RandomProblem;
using ::soutenance::scheduling::solver::testing::RandomTimetable;
using ::soutenance::scheduling::solver::testing::Unplace;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;

auto Holds(DefenceId defence) { return Field(&Placed::defence, defence); }

// Lea (0) and Tom (1) defend before Ana; Tom also before Bob.
Problem TwoDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana", "bob"})};
  return Build(spec);
}

TEST(Timetable, StartsWithEverythingUnplaced) {
  const Problem problem = TwoDefences();
  const Timetable timetable(problem);
  EXPECT_EQ(timetable.UnplacedCount(), 2);
  EXPECT_EQ(timetable.PlacementOf(DefenceId{0}), std::nullopt);
}

TEST(Timetable, KeepsEachDayInOrder) {
  const Problem problem = TwoDefences();
  const Timetable timetable = Arrange(problem, {{"lea", At(11), "b12"}, {"tom", At(9), "b12"}});

  EXPECT_THAT(timetable.PersonDay(PersonOf(problem, "ana"), DayId{0}),
              ElementsAre(Holds(DefenceId{1}), Holds(DefenceId{0})));
  EXPECT_THAT(timetable.RoomDay(RoomId{0}, DayId{0}), ElementsAre(Holds(DefenceId{1}), Holds(DefenceId{0})));
  EXPECT_THAT(timetable.PersonDay(PersonOf(problem, "bob"), DayId{0}), ElementsAre(Holds(DefenceId{1})));
  EXPECT_THAT(timetable.PersonDay(PersonOf(problem, "bob"), DayId{1}), ElementsAre());
}

TEST(Timetable, OrdersWhatStartsTogetherByDefence) {
  const Problem problem = TwoDefences();
  const Timetable timetable = Arrange(problem, {{"tom", At(9), "b12"}, {"lea", At(9), "b12"}});
  EXPECT_THAT(timetable.RoomDay(RoomId{0}, DayId{0}), ElementsAre(Holds(DefenceId{0}), Holds(DefenceId{1})));
}

TEST(Timetable, CountsDefencesAndDaysOfAPerson) {
  const Problem problem = TwoDefences();
  const PersonId ana = PersonOf(problem, "ana");
  Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}});
  EXPECT_EQ(timetable.PersonTotal(ana), 2);
  EXPECT_EQ(timetable.PersonDayCount(ana), 1);

  timetable.Apply(AMove(problem, {{"tom", At(10, 0, 1), "b12"}}));
  EXPECT_EQ(timetable.PersonTotal(ana), 2);
  EXPECT_EQ(timetable.PersonDayCount(ana), 2);

  timetable.Apply({Unplace(problem, "lea")});
  EXPECT_EQ(timetable.PersonTotal(ana), 1);
  EXPECT_EQ(timetable.PersonDayCount(ana), 1);
  EXPECT_EQ(timetable.PlacedCount(), 1);
}

TEST(Timetable, UndoesWhatItApplied) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Problem problem = RandomProblem(seed, {.open_seats = seed % 2 == 1});
    Chance chance(seed);
    Timetable timetable = RandomTimetable(chance, problem);
    const Timetable before = timetable;
    const Move undo = timetable.Apply(RandomMove(chance, timetable, 4));
    timetable.Apply(undo);
    EXPECT_EQ(timetable, before) << "seed " << seed;
  }
}

// Everything a timetable counts, for comparison.
auto CountsOf(const Timetable& timetable) {
  std::map<std::pair<int, int>, std::vector<Placed>> days;
  const Problem& problem = timetable.problem();
  ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
    ForEachId<PersonId>(problem.PersonCount(), [&](PersonId id) {
      const auto placed = timetable.PersonDay(id, day);
      days[{static_cast<int>(id), static_cast<int>(day)}].assign(placed.begin(), placed.end());
    });
    ForEachId<RoomId>(problem.RoomCount(), [&](RoomId id) {
      const auto placed = timetable.RoomDay(id, day);
      days[{-1 - static_cast<int>(id), static_cast<int>(day)}].assign(placed.begin(), placed.end());
    });
  });
  return days;
}

TEST(Timetable, IsTheSameWhateverTheMovesThatLedToIt) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Problem problem = RandomProblem(seed, {.open_seats = seed % 2 == 1});
    Chance chance(seed);
    Timetable moved = RandomTimetable(chance, problem);
    for (int i = 0; i < 10; ++i) moved.Apply(RandomMove(chance, moved, 3));
    const Timetable fresh(problem, moved.placements());

    EXPECT_EQ(CountsOf(moved), CountsOf(fresh)) << "seed " << seed;
    EXPECT_EQ(moved.PlacedCount(), fresh.PlacedCount());
    ForEachId<PersonId>(problem.PersonCount(), [&](PersonId id) {
      EXPECT_EQ(moved.PersonTotal(id), fresh.PersonTotal(id));
      EXPECT_EQ(moved.PersonDayCount(id), fresh.PersonDayCount(id));
    });
  }
}

TEST(CheckPlacement, AcceptsAnythingThatFitsOnADayOfTheCampaign) {
  const Problem problem = TwoDefences();
  EXPECT_THAT(CheckPlacement(problem, DefenceId{0}, {At(3, 17), RoomId{0}}), IsOk());
  EXPECT_THAT(CheckPlacement(problem, DefenceId{0}, {At(23), RoomId{0}}), IsOk());
}

TEST(CheckPlacement, RefusesOtherDatesAndLastingPastMidnight) {
  const Problem problem = TwoDefences();
  for (const Minute start : {At(9, 0, 2), At(9, 0, -1), At(23, 1), At(23, 30, 1)}) {
    EXPECT_THAT(CheckPlacement(problem, DefenceId{0}, {start, RoomId{0}}),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << start;
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
