#include "services/scheduling/solver/model/problem.h"

#include <gmock/gmock.h>

#include <string>

#include "services/base/error.h"
#include "services/scheduling/solver/model/limits.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Chance;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::soutenance::scheduling::solver::testing::RandomSpec;
using ::soutenance::scheduling::solver::testing::RoomOf;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The fields that Problem::Create complains about.
std::vector<std::string> Refused(const ProblemSpec& spec) {
  std::vector<std::string> fields;
  const auto problem = Problem::Create(spec);
  if (problem.ok()) return fields;
  EXPECT_THAT(problem, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  for (const FieldViolation& violation : FactsOf(problem.status()).fields) {
    EXPECT_FALSE(violation.description.empty()) << violation.field;
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(Problem, NumbersThingsInTheOrderOfTheirKeys) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson("zoe"), APerson("ana")};
  spec.rooms = {ARoom({.key = "z9", .site = "Sud"}), ARoom({.key = "a1", .site = "Nord"})};
  spec.defences = {ADefence("tom", {"zoe"}), ADefence("lea", {"zoe", "ana"})};
  const Problem problem = Build(spec);

  EXPECT_EQ(problem.FindPerson("ana"), PersonId{0});
  EXPECT_EQ(problem.FindPerson("zoe"), PersonId{1});
  EXPECT_EQ(problem.FindPerson("eve"), std::nullopt);
  EXPECT_EQ(problem.FindDefence("tom"), DefenceId{1});
  EXPECT_EQ(problem.site(problem.room(RoomOf(problem, "a1")).site), "Nord");
  EXPECT_THAT(problem.person(PersonId{1}).defences, ElementsAre(DefenceId{0}, DefenceId{1}));
}

TEST(Problem, CountsAPersonWithTwoSeatsOnceAndAsRemoteOnlyIfBothAre) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"ana", "bob", "ana"})};
  spec.defences[0].seats[0].remote = true;
  const Problem problem = Build(spec);
  ASSERT_EQ(problem.defence(DefenceId{0}).attendees.size(), 2u);
  EXPECT_FALSE(problem.defence(DefenceId{0}).attendees[0].remote);

  spec.defences[0].seats[2].remote = true;
  EXPECT_TRUE(Build(spec).defence(DefenceId{0}).attendees[0].remote);
}

TEST(Problem, KnowsItsDaysEvenIfDatesBetweenThemAreClosed) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12, 3), Hours(13, 17, 1), Hours(9, 12, 1)};
  const Problem problem = Build(spec);

  ASSERT_EQ(problem.DayCount(), 2);
  EXPECT_EQ(problem.DayOf(At(10, 0, 1)), DayId{0});
  EXPECT_EQ(problem.DayOf(At(10, 0, 2)), std::nullopt);
  EXPECT_EQ(problem.DayOf(At(23, 59, 3)), DayId{1});
  EXPECT_EQ(problem.DayOf(At(0, 0, 4)), std::nullopt);
  EXPECT_EQ(problem.DayOf(-1), std::nullopt);
  EXPECT_THAT(problem.day(DayId{0}).opening, ElementsAre(Hours(9, 12, 1), Hours(13, 17, 1)));
  EXPECT_EQ(problem.DateOf(At(10, 0, 3)), absl::CivilDay(2027, 6, 17));
}

TEST(Problem, KeepsWindowsThatTouchAtMidnightApart) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {{At(20), At(24)}, {At(0, 0, 1), At(4, 0, 1)}};
  EXPECT_EQ(Build(spec).DayCount(), 2);
}

TEST(Problem, MayBeEmpty) { EXPECT_THAT(Refused({.first_date = "2027-06-14"}), IsEmpty()); }

TEST(Problem, TakesRulesFromTheRulebookUnlessTheyAreSet) {
  ProblemSpec spec = ASmallProblem();
  SetRule(spec, "gaps", RuleLevel::kStrong, 4, 0);
  SetRule(spec, "availability", RuleLevel::kOff);
  const Problem problem = Build(spec);

  EXPECT_EQ(problem.rule(RuleId::kGaps), (RuleInForce{RuleId::kGaps, RuleLevel::kStrong, 4, 0}));
  EXPECT_FALSE(problem.rule(RuleId::kAvailability).IsOn());
  EXPECT_EQ(problem.rule(RuleId::kRoomClash), DefaultOf(LineOf(RuleId::kRoomClash)));
}

TEST(Problem, IsTheSameWhateverTheOrderOfItsFacts) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10), Hours(10, 12)}}), APerson("bob")};
  spec.rooms = {ARoom({.key = "a", .equipment = {"video", "piano", "video"}}), ARoom("b")};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bob"})};
  SetRule(spec, "gaps", RuleLevel::kOff);
  SetRule(spec, "person_days", RuleLevel::kSoft);  // as it is anyway

  ProblemSpec other = spec;
  std::swap(other.persons[0], other.persons[1]);
  std::swap(other.rooms[0], other.rooms[1]);
  std::swap(other.defences[0], other.defences[1]);
  other.persons[1].name = "";
  other.persons[1].blocked = {Hours(9, 12)};
  other.rooms[1].equipment = {"piano", "video"};
  other.rules = {{.rule = "gaps", .level = RuleLevel::kOff, .weight = 12}};

  EXPECT_EQ(Build(spec).spec(), Build(other).spec());
}

TEST(Problem, IsMadeAgainFromItsCanonicalSpec) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Chance chance(seed);
    const Problem problem = Build(RandomSpec(chance, {.open_seats = seed % 2 == 1}));
    EXPECT_EQ(Build(problem.spec()).spec(), problem.spec()) << "seed " << seed;
  }
}

TEST(Problem, NamesEveryFaultAtOnce) {
  ProblemSpec spec = ASmallProblem();
  spec.first_date = "14/06/2027";
  spec.opening = {{At(9), At(12)}, {At(20), At(4, 0, 1)}, {At(12), At(9)}, {-60, 0}};
  spec.grid_minutes = 0;
  spec.persons = {APerson("ana"), APerson("ana"), APerson({.key = "", .name = "X"})};
  spec.persons[0].max_per_day = -1;
  spec.persons[1].blocked = {{5, 4}};
  spec.persons[1].name = "Ren\xE9";  // Windows-1252
  spec.rooms = {ARoom({.key = "b12", .capacity = -1, .equipment = {""}})};
  spec.defences = {ADefence("lea", {}), ADefence("tom", {"ana", "eve"}, 1441)};
  spec.defences[1].pin = {.day = -1, .time = 1440, .room = "b13"};
  spec.defences[1].reference = ReferenceSpec{.start = -5, .room = "b13"};
  spec.rules = {{.rule = "naps"},
                {.rule = "gaps", .level = RuleLevel::kHard},
                {.rule = "gaps", .level = RuleLevel::kSoft, .weight = 2'000'000},
                {.rule = "if_needed", .level = RuleLevel::kSoft, .parameter = 1}};
  spec.roles = {RoleSpec{.name = "", .load = {}, .combined = {}},
                RoleSpec{.name = "president", .absence_cost = -1, .load = {{2, 1, 0}}, .combined = {}},
                RoleSpec{.name = "president",
                         .load = {},
                         .combined = {{.role = "president"}, {.role = "reader"}, {.role = "president"}}}};

  EXPECT_THAT(
      Refused(spec),
      ElementsAre("first_date", "opening[1]", "opening[2]", "opening[3]", "grid_minutes",
                  "persons[0].max_per_day", "persons[1].key", "persons[1].name", "persons[1].blocked[0]",
                  "persons[2].key", "rooms[0].capacity", "rooms[0].equipment[0]", "defences[0].seats",
                  "defences[1].duration_minutes", "defences[1].seats[1].person",
                  "defences[1].reference.start", "defences[1].reference.room", "defences[1].pin.day",
                  "defences[1].pin.time", "defences[1].pin.room", "rules[0].rule", "rules[1].level",
                  "rules[2].rule", "rules[2].weight", "rules[3].parameter", "roles[0].name", "roles[2].name",
                  "roles[1].absence_cost", "roles[1].load[0].high", "roles[2].combined[0].role",
                  "roles[2].combined[1].role", "roles[2].combined[2].role", "roles[2].combined[2].role"));
}

TEST(Problem, TakesOnlyDatesWrittenAsTheyArePrinted) {
  for (const char* date :
       {"", "2027-6-14", "2027-06-31", "+2027-06-14", "2027-06-14 ", "2027", "99999-01-01"}) {
    EXPECT_THAT(Refused({.first_date = date}), ElementsAre("first_date")) << date;
  }
}

TEST(Problem, RefusesWhatWouldTakeAllMemory) {
  ProblemSpec spec = ASmallProblem();
  spec.opening.clear();
  for (int day = 0; day < 3000; ++day) spec.opening.push_back(Hours(9, 10, day));
  for (int i = 0; i < 2000; ++i) spec.persons.push_back(APerson({.key = std::to_string(i)}));
  EXPECT_THAT(Refused(spec), ElementsAre("opening"));

  spec = ASmallProblem();
  spec.opening.push_back({kMinuteMax - 10, kMinuteMax + 10});
  spec.persons = {APerson({.key = std::string(5000, 'a')})};
  spec.persons[0].name = "";
  EXPECT_THAT(Refused(spec), ElementsAre("opening[4]", "persons[0].key"));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
