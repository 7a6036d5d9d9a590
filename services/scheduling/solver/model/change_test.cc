#include "services/scheduling/solver/model/change.h"

#include <gmock/gmock.h>

#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

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
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Change, HasNothingForAMoveThatMovesNothing) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}});

  Move move = AMove(problem, {{"lea", At(9), "b12"}});
  move.push_back(Unplace(problem, "tom"));
  const Change change(timetable, move);
  EXPECT_THAT(change.defences(), IsEmpty());
  EXPECT_THAT(change.person_days(), IsEmpty());
  EXPECT_THAT(change.room_days(), IsEmpty());
  EXPECT_THAT(change.totals(), IsEmpty());
  EXPECT_EQ(change.placed_difference(), 0);
}

TEST(Change, LeavesOutTotalsThatCancelOut) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana", "bob"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}});

  Move move = AMove(problem, {{"tom", At(9), "b12"}});
  move.push_back(Unplace(problem, "lea"));
  const Change change(timetable, move);
  EXPECT_THAT(change.defences(), SizeIs(2));
  EXPECT_THAT(change.person_days(), SizeIs(2));  // Ana has Tom instead of Lea, Bob has nothing any more
  ASSERT_THAT(change.totals(), SizeIs(1));
  EXPECT_EQ(change.totals()[0].person, PersonOf(problem, "bob"));
  EXPECT_EQ(change.totals()[0].after, 0);
  EXPECT_EQ(change.totals()[0].days_after, 0);
}

// What `change` says is exactly what differs between the two timetables.
void ExpectTells(const Change& change, const Timetable& before, const Timetable& after) {
  const Problem& problem = before.problem();
  std::size_t person_days = 0;
  std::size_t room_days = 0;
  ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
    ForEachId<PersonId>(problem.PersonCount(), [&](PersonId id) {
      if (before.PersonDay(id, day) != after.PersonDay(id, day)) ++person_days;
    });
    ForEachId<RoomId>(problem.RoomCount(), [&](RoomId id) {
      if (before.RoomDay(id, day) != after.RoomDay(id, day)) ++room_days;
    });
  });
  EXPECT_THAT(change.person_days(), SizeIs(person_days));
  for (const auto& day : change.person_days()) {
    EXPECT_EQ(day.before, before.PersonDay(day.id, day.day));
    EXPECT_EQ(day.after, after.PersonDay(day.id, day.day));
  }
  EXPECT_THAT(change.room_days(), SizeIs(room_days));
  for (const auto& day : change.room_days()) {
    EXPECT_EQ(day.before, before.RoomDay(day.id, day.day));
    EXPECT_EQ(day.after, after.RoomDay(day.id, day.day));
  }
  std::size_t totals = 0;
  ForEachId<PersonId>(problem.PersonCount(), [&](PersonId id) {
    if (before.PersonTotal(id) != after.PersonTotal(id) ||
        before.PersonDayCount(id) != after.PersonDayCount(id)) {
      ++totals;
    }
  });
  EXPECT_THAT(change.totals(), SizeIs(totals));
  for (const Change::OfTotal& total : change.totals()) {
    EXPECT_EQ(total.before, before.PersonTotal(total.person));
    EXPECT_EQ(total.after, after.PersonTotal(total.person));
    EXPECT_EQ(total.days_before, before.PersonDayCount(total.person));
    EXPECT_EQ(total.days_after, after.PersonDayCount(total.person));
  }
  EXPECT_EQ(change.placed_difference(), after.PlacedCount() - before.PlacedCount());
}

TEST(Change, TellsExactlyWhatAMoveWouldDo) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = RandomProblem(seed, {.open_seats = seed % 2 == 1});
    Chance chance(seed);
    Timetable timetable = RandomTimetable(chance, problem);
    Change change(problem);  // one for all moves, as in a search
    for (int i = 0; i < 10; ++i) {
      const Move move = RandomMove(chance, timetable, chance.Between(1, 5));
      Timetable after = timetable;
      after.Apply(move);
      change.Reset(timetable, move);
      ExpectTells(change, timetable, after);
      timetable = after;
    }
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
