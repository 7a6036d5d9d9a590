#include "services/scheduling/solver/explain/crowded_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using namespace testing;  // NOLINT: builders
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two mornings of three hours; Ana comes on the first one only.
ProblemSpec AnaOnMondays() {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12), Hours(9, 12, 1)};
  spec.persons = {APerson({.key = "ana", .name = "Ana", .blocked = {Hours(0, 24, 1)}}),
                  APerson({.key = "bo", .name = "Bo", .blocked = {Hours(0, 24, 1)}})};
  return spec;
}

TEST(CrowdedDays, NamesTheDefencesThatTheRoomsOfTheirOnlyDayCannotHold) {
  ProblemSpec spec = AnaOnMondays();
  spec.defences = {ADefence("d1", {"ana"}), ADefence("d2", {"ana"}), ADefence("d3", {"bo"}),
                   ADefence("d4", {"bo"}), ADefence("free", {"eve"})};
  const Problem problem = Build(spec);
  const std::vector<CrowdedDay> crowded = CrowdedDays(problem);
  ASSERT_EQ(crowded.size(), 1u);
  EXPECT_EQ(crowded[0].day, DayId{0});
  EXPECT_FALSE(crowded[0].person.has_value());
  EXPECT_THAT(crowded[0].defences, ElementsAre(DefenceOf(problem, "d1"), DefenceOf(problem, "d2"),
                                               DefenceOf(problem, "d3"), DefenceOf(problem, "d4")));
  EXPECT_EQ(crowded[0].fits, 3);
  EXPECT_EQ(
      crowded[0].sentence.en,
      "Monday 14\u00a0June 2027 is the only possible day for 4 defences (the defences of d1, d2, d3 and d4), "
      "and the rooms have time for 3 on it.");
  EXPECT_EQ(
      crowded[0].sentence.fr,
      "Le lundi 14\u00a0juin 2027 est le seul jour possible pour 4\u00a0soutenances (les soutenances de d1, "
      "de d2, "
      "de d3 et de d4), et les salles n’en accueillent que 3 ce jour-là.");
}

TEST(CrowdedDays, NamesWhoCannotAttendAllOnTheirOnlyDay) {
  ProblemSpec spec = AnaOnMondays();
  spec.persons[0].blocked.push_back(Hours(9, 10));
  spec.rooms = {ARoom("b12"), ARoom("b14")};
  spec.defences = {ADefence("d1", {"ana"}), ADefence("d2", {"ana"}), ADefence("d3", {"ana"})};
  const Problem problem = Build(spec);
  const std::vector<CrowdedDay> crowded = CrowdedDays(problem);
  ASSERT_EQ(crowded.size(), 1u);
  EXPECT_EQ(crowded[0].person, PersonOf(problem, "ana"));
  EXPECT_EQ(crowded[0].fits, 2);
}

TEST(CrowdedDays, CountsTheLimitOfADayAndTheBufferOfRooms) {
  ProblemSpec spec = AnaOnMondays();
  spec.persons[0].max_per_day = 1;
  spec.buffer_minutes = 30;
  spec.defences = {ADefence("d1", {"ana"}), ADefence("d2", {"ana"}), ADefence("d3", {"bo"})};
  const std::vector<CrowdedDay> crowded = CrowdedDays(Build(spec));
  ASSERT_EQ(crowded.size(), 2u);
  EXPECT_EQ(crowded[0].fits, 2);
  EXPECT_EQ(crowded[1].fits, 1);
}

TEST(CrowdedDays, SayNothingOfThoseThatHaveTwoDaysOrNone) {
  ProblemSpec spec = AnaOnMondays();
  spec.persons.push_back(APerson({.key = "never", .blocked = {Hours(0, 24), Hours(0, 24, 1)}}));
  spec.defences = {ADefence("d1", {"eve"}),   ADefence("d2", {"eve"}),   ADefence("d3", {"eve"}),
                   ADefence("d4", {"eve"}),   ADefence("d5", {"never"}), ADefence("d6", {"never"}),
                   ADefence("d7", {"never"}), ADefence("d8", {"never"}), ADefence("d9", {"ana"})};
  EXPECT_THAT(CrowdedDays(Build(spec)), IsEmpty());
}

}  // namespace
}  // namespace soutenance::scheduling::solver
