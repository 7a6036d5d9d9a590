#include "services/scheduling/solver/explain/conflict_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace testing;  // NOLINT: builders

// The facts of a conflict in a few letters: "person_clash people/1".
std::vector<std::string> Named(const Problem& problem, const ConflictSet& conflict) {
  std::vector<std::string> names;
  for (const ConflictSet::Told& told : conflict.facts) {
    std::string name(LineOf(told.fact.rule).name);
    if (told.fact.person) absl::StrAppend(&name, " ", problem.person(*told.fact.person).key);
    if (told.fact.room) absl::StrAppend(&name, " ", problem.room(*told.fact.room).key);
    if (told.fact.defence) absl::StrAppend(&name, " ", problem.defence(*told.fact.defence).key);
    if (told.fact.day) absl::StrAppend(&name, " ", problem.day(*told.fact.day).offset);
    names.push_back(name);
  }
  return names;
}

// One day, 9 to 12, in whole hours.
ProblemSpec AMorning() {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12)};
  spec.grid_minutes = 60;
  return spec;
}

// Ana sits in three defences and comes for two hours.
ProblemSpec AnaComesForTwoHours() {
  ProblemSpec spec = AMorning();
  spec.persons = {APerson({.key = "ana", .name = "Ana", .blocked = {Hours(9, 10)}})};
  spec.rooms = {ARoom("b12"), ARoom("b14")};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("max", {"ana"}), ADefence("tom", {"ana"})};
  return spec;
}

TEST(ConflictSet, NamesSomebodyWithMoreDefencesThanTimes) {
  const Problem problem = Build(AnaComesForTwoHours());
  const Timetable timetable = Arrange(problem, {{"lea", At(10), "b12"}, {"max", At(11), "b12"}});
  Explainer explainer(timetable, {});
  const ConflictSet conflict = explainer.Conflict(DefenceOf(problem, "tom"));
  EXPECT_EQ(conflict.kind, ConflictSet::Kind::kConflict);
  EXPECT_TRUE(conflict.is_minimal);
  EXPECT_THAT(Named(problem, conflict), ElementsAre("person_clash ana", "availability ana 0"));
  EXPECT_THAT(
      conflict.sentence.en,
      HasSubstr("Ana must attend 3 defences, one at a time: the defences of lea, max and tom. Ana is not "
                "available on Monday 14\u00a0June 2027 from 9:00 to 10:00."));
  EXPECT_THAT(conflict.sentence.fr, HasSubstr("une à la fois"));
}

TEST(ConflictSet, NamesTheRoomsWhenThereAreTooFew) {
  ProblemSpec spec = AMorning();
  spec.defences = {ADefence("a", {"p"}), ADefence("b", {"q"}), ADefence("c", {"r"}), ADefence("d", {"s"})};
  const Problem problem = Build(spec);
  const Timetable timetable =
      Arrange(problem, {{"a", At(9), "b12"}, {"b", At(10), "b12"}, {"c", At(11), "b12"}});
  Explainer explainer(timetable, {});
  EXPECT_THAT(Named(problem, explainer.Conflict(DefenceOf(problem, "d"))), ElementsAre("room_clash 0"));
}

TEST(ConflictSet, SaysWhenOthersNeedOnlyMove) {
  ProblemSpec spec = AMorning();
  spec.persons = {APerson({.key = "bo", .blocked = {Hours(10, 12)}})};
  spec.defences = {ADefence("a", {"ana"}), ADefence("b", {"bo"})};
  const Problem problem = Build(spec);
  const Timetable timetable = Arrange(problem, {{"a", At(9), "b12"}});
  Explainer explainer(timetable, {});
  const ConflictSet conflict = explainer.Conflict(DefenceOf(problem, "b"));
  EXPECT_EQ(conflict.kind, ConflictSet::Kind::kPlaceable);
  EXPECT_THAT(conflict.facts, IsEmpty());
  const std::vector<Repair> repairs = explainer.Repairs(DefenceOf(problem, "b"));
  ASSERT_EQ(repairs.size(), 1u);
  EXPECT_THAT(repairs[0].steps, IsEmpty());
  EXPECT_EQ(repairs[0].people, 0);
  EXPECT_EQ(repairs[0].sentence.en, "If others move, 1 more defence fits: the defence of b.");
}

TEST(ConflictSet, AdmitsThatItGaveUp) {
  const Problem problem = RandomProblem(5, {.defences = 7, .odd = false});
  const Timetable timetable(problem);
  ExplainBudget budget;
  budget.should_stop = [] { return true; };
  Explainer explainer(timetable, budget);
  const ConflictSet conflict = explainer.Conflict(DefenceId{0});
  EXPECT_EQ(conflict.kind, ConflictSet::Kind::kUnknown);
  EXPECT_FALSE(conflict.is_minimal);
  EXPECT_THAT(explainer.Repairs(DefenceId{0}), IsEmpty());
}

TEST(Repairs, AskOnePersonForOneHour) {
  const Problem problem = Build(AnaComesForTwoHours());
  const Timetable timetable = Arrange(problem, {{"lea", At(10), "b12"}, {"max", At(11), "b12"}});
  Explainer explainer(timetable, {});
  const std::vector<Repair> repairs = explainer.Repairs(DefenceOf(problem, "tom"));
  ASSERT_THAT(repairs, Not(IsEmpty()));
  EXPECT_THAT(repairs[0].steps, ElementsAre(RepairStep{RepairStep::Kind::kPersonFrees,
                                                       PersonOf(problem, "ana"), Hours(9, 10)}));
  EXPECT_EQ(repairs[0].people, 1);
  EXPECT_EQ(repairs[0].minutes, 60);
  EXPECT_EQ(repairs[0].sentence.en,
            "If Ana is free on Monday 14\u00a0June 2027 from 9:00 to 10:00, 1 more defence fits: the defence "
            "of tom.");
}

TEST(Repairs, CountWhoElseFits) {
  ProblemSpec spec = AMorning();
  spec.defences = {ADefence("a", {"p"}), ADefence("b", {"q"}), ADefence("c", {"r"}), ADefence("d", {"s"}),
                   ADefence("e", {"t"})};
  const Problem problem = Build(spec);
  const Timetable timetable =
      Arrange(problem, {{"a", At(9), "b12"}, {"b", At(10), "b12"}, {"c", At(11), "b12"}});
  Explainer explainer(timetable, {});
  const std::vector<Repair> repairs = explainer.Repairs(DefenceOf(problem, "d"));
  ASSERT_THAT(repairs, Not(IsEmpty()));
  EXPECT_EQ(repairs[0].steps[0].kind, RepairStep::Kind::kExtraRoom);
  EXPECT_EQ(repairs[0].people, 0);
  EXPECT_THAT(repairs[0].more, ElementsAre(DefenceOf(problem, "d"), DefenceOf(problem, "e")));
}

// The facts `held`, and no others, as a problem of its own: a person who may be at two places is a person for
// each defence; rooms without end are a room for each defence.
ProblemSpec Holding(const Problem& problem, const std::vector<NamedFact>& held,
                    const std::vector<bool>& wanted) {
  const auto holds = [&](RuleId rule, auto matches) {
    return std::any_of(held.begin(), held.end(),
                       [&](const NamedFact& fact) { return fact.rule == rule && matches(fact); });
  };
  const ProblemSpec& given = problem.spec();
  ProblemSpec spec = given;
  spec.persons.clear();
  spec.defences.clear();
  for (std::size_t d = 0; d < given.defences.size(); ++d) {
    if (!wanted[d]) continue;
    DefenceSpec defence = given.defences[d];
    for (SeatSpec& seat : defence.seats) {
      const PersonId id = PersonOf(problem, seat.person);
      const bool is_one =
          holds(RuleId::kPersonClash, [&](const NamedFact& fact) { return fact.person == id; });
      PersonSpec person = given.persons[Index(id)];
      if (!is_one) person.key = seat.person = absl::StrCat(seat.person, "/", d);
      std::vector<Interval> blocked;
      for (const Interval& time : Normalised(person.blocked)) {
        ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
          const bool counts = holds(RuleId::kAvailability, [&](const NamedFact& fact) {
            return fact.person == id && fact.day == day;
          });
          const Minute midnight = problem.day(day).offset * kMinutesPerDay;
          const Interval part{std::max(time.from, midnight), std::min(time.to, midnight + kMinutesPerDay)};
          if (counts && part.from < part.to) blocked.push_back(part);
        });
      }
      person.blocked = blocked;
      const bool is_new = std::none_of(spec.persons.begin(), spec.persons.end(),
                                       [&](const PersonSpec& other) { return other.key == person.key; });
      if (is_new) spec.persons.push_back(person);
    }
    spec.defences.push_back(defence);
  }
  for (std::size_t r = 0; r < given.rooms.size(); ++r) {
    ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
      const bool counts = holds(RuleId::kRoomOpening, [&](const NamedFact& fact) {
        return fact.room == static_cast<RoomId>(r) && fact.day == day;
      });
      const Minute midnight = problem.day(day).offset * kMinutesPerDay;
      if (!counts) spec.rooms[r].open.push_back({midnight, midnight + kMinutesPerDay});
    });
  }
  ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
    if (holds(RuleId::kRoomClash, [&](const NamedFact& fact) { return fact.day == day; })) return;
    for (std::size_t i = 0; i < spec.defences.size(); ++i) {
      const Minute midnight = problem.day(day).offset * kMinutesPerDay;
      RoomSpec room =
          ARoom({.key = absl::StrCat("rooms/free-", i, "-", problem.day(day).offset), .capacity = 99});
      room.equipment = {"piano", "video"};
      room.site = given.rooms[0].site;
      room.open = {{midnight, midnight + kMinutesPerDay}};
      spec.rooms.push_back(room);
    }
  });
  return spec;
}

// Whether every defence of `spec` can be placed, by trying everything.
class TryAll {
 public:
  explicit TryAll(const Problem& problem) : problem_(problem), rules_(problem), timetable_(problem) {
    ForEachId<DefenceId>(problem.DefenceCount(),
                         [&](DefenceId id) { places_.push_back(PlacesAlone(problem, id)); });
  }
  bool Fits(int next = 0) {
    if (next == problem_.DefenceCount()) return true;
    const auto id = static_cast<DefenceId>(next);
    for (const Placement& to : places_[Index(id)]) {
      const Move undo = timetable_.Apply({{id, to}});
      const bool fits = rules_.Evaluate(timetable_).hard() == 0 && Fits(next + 1);
      timetable_.Apply(undo);
      if (fits) return true;
    }
    return false;
  }

 private:
  const Problem& problem_;
  const RuleSet rules_;
  Timetable timetable_;
  std::vector<std::vector<Placement>> places_;
};

bool Fits(const ProblemSpec& spec) {
  const Problem problem = Build(spec);
  return TryAll(problem).Fits();
}

// Small, crowded, in whole hours: one day and a half, few rooms, sometimes closed.
ProblemSpec ACrowdedProblem(uint64_t seed) {
  Chance chance(seed);
  ProblemSpec spec = ASmallProblem();
  spec.grid_minutes = 60;
  spec.opening = {Hours(9, chance.Between(11, 12)), Hours(9, 10, 1)};
  spec.rooms = {ARoom("r1")};
  if (chance.OneIn(2)) spec.rooms.push_back(ARoom({.key = "r2", .open = {Hours(10, 18), Hours(0, 24, 1)}}));
  for (int p = 0; p < 3; ++p) {
    PersonSpec person = APerson({.key = absl::StrCat("p", p)});
    for (int n = chance.Below(3); n > 0; --n) {
      const int hour = chance.Between(9, 11);
      person.blocked.push_back(Hours(hour, hour + 1, chance.Below(2)));
    }
    spec.persons.push_back(person);
  }
  const int count = chance.Between(3, 5);
  for (int d = 0; d < count; ++d) {
    DefenceSpec defence =
        ADefence(absl::StrCat("d", d), {absl::StrCat("p", chance.Below(3))}, chance.OneIn(6) ? 120 : 60);
    if (chance.OneIn(2)) defence.seats.push_back({absl::StrCat("p", chance.Below(3)), "juror", false});
    if (chance.OneIn(6)) defence.pin.day = 0;
    spec.defences.push_back(defence);
  }
  return spec;
}

// Places the defences in order where nothing is in the way.
Timetable Greedy(const Problem& problem) {
  const RuleSet rules(problem);
  Timetable timetable(problem);
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    for (const Placement& to : PlacesAlone(problem, id)) {
      const Move undo = timetable.Apply({{id, to}});
      if (rules.Evaluate(timetable).hard() == 0) return;
      timetable.Apply(undo);
    }
  });
  return timetable;
}

std::vector<bool> Wanted(const Timetable& timetable, const std::vector<DefenceId>& more) {
  std::vector<bool> wanted;
  for (const auto& placement : timetable.placements()) wanted.push_back(placement.has_value());
  for (const DefenceId id : more) wanted[Index(id)] = true;
  return wanted;
}

// Pins are kept by Holding whatever is held; those are compared with a set that names them.
std::vector<NamedFact> FactsOf(const ConflictSet& conflict) {
  std::vector<NamedFact> facts;
  for (const ConflictSet::Told& told : conflict.facts) facts.push_back(told.fact);
  return facts;
}

TEST(ConflictSet, IsMinimalByBruteForceAndRepairsRepair) {
  int conflicts = 0;
  int placeable = 0;
  int repairs = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    ProblemSpec given = ACrowdedProblem(seed);
    const Problem problem = Build(given);
    const Timetable timetable = Greedy(problem);
    Explainer explainer(timetable, {});
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      if (timetable.PlacementOf(id)) return;
      const ConflictSet conflict = explainer.Conflict(id);
      const std::vector<bool> wanted = Wanted(timetable, {id});
      std::vector<NamedFact> every;
      const RuleSet rules(problem);
      const NamedFacts all(problem, rules);
      if (conflict.kind == ConflictSet::Kind::kPlaceable) {
        ++placeable;
        EXPECT_TRUE(Fits(Holding(problem, all.list(), wanted)));
        return;
      }
      ASSERT_EQ(conflict.kind, ConflictSet::Kind::kConflict);
      EXPECT_TRUE(conflict.is_minimal);
      ++conflicts;
      const auto held_fits = [&](const std::vector<NamedFact>& held) {
        ProblemSpec spec = Holding(problem, held, wanted);
        for (DefenceSpec& defence : spec.defences) {
          const bool is_pinned = std::any_of(held.begin(), held.end(), [&](const NamedFact& fact) {
            return fact.rule == RuleId::kPinned && problem.defence(*fact.defence).key == defence.key;
          });
          if (!is_pinned) defence.pin = {};
        }
        return Fits(spec);
      };
      const std::vector<NamedFact> facts = FactsOf(conflict);
      EXPECT_FALSE(held_fits(facts));
      for (std::size_t i = 0; i < facts.size(); ++i) {
        std::vector<NamedFact> without = facts;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_TRUE(held_fits(without)) << Named(problem, conflict)[i];
      }
      for (const Repair& repair : explainer.Repairs(id)) {
        ++repairs;
        const auto repaired_fits = [&](const std::vector<RepairStep>& steps,
                                       const std::vector<DefenceId>& more) {
          ProblemSpec spec = Repaired(problem, steps);
          const std::vector<bool> these = Wanted(timetable, more);
          std::vector<DefenceSpec> defences;
          for (std::size_t d = 0; d < these.size(); ++d) {
            if (these[d]) defences.push_back(spec.defences[d]);
          }
          spec.defences = defences;
          return Fits(spec);
        };
        EXPECT_TRUE(repaired_fits(repair.steps, repair.more)) << repair.sentence.en;
        for (std::size_t i = 0; i < repair.steps.size(); ++i) {
          std::vector<RepairStep> without = repair.steps;
          without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
          EXPECT_FALSE(repaired_fits(without, {id})) << repair.sentence.en;
        }
      }
    });
  }
  EXPECT_GT(conflicts, 10);
  EXPECT_GE(placeable, 1);
  EXPECT_GT(repairs, 20);
}

TEST(ConflictSet, IsTheSameEveryTime) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const Problem problem = Build(ACrowdedProblem(seed));
    const Timetable timetable = Greedy(problem);
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      if (timetable.PlacementOf(id)) return;
      Explainer first(timetable, {});
      Explainer second(timetable, {});
      EXPECT_EQ(first.Conflict(id).sentence, second.Conflict(id).sentence);
      const std::vector<Repair> a = first.Repairs(id);
      const std::vector<Repair> b = second.Repairs(id);
      ASSERT_EQ(a.size(), b.size());
      for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].sentence, b[i].sentence);
    });
  }
}

// Rooms that differ, sites, limits, pins, video and every rule at any level: what is told as placeable is,
// and repairs stand the checker's proof as they stood that of the rules.
TEST(ConflictSet, AgreesWithBruteForceWhetherOddProblemsFit) {
  int known = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = RandomProblem(seed, {.days = 2, .persons = 4, .rooms = 2, .defences = 4});
    const Timetable timetable = Greedy(problem);
    Explainer explainer(timetable, {});
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      if (timetable.PlacementOf(id)) return;
      const ConflictSet conflict = explainer.Conflict(id);
      if (conflict.kind == ConflictSet::Kind::kUnknown) return;
      ++known;
      ProblemSpec spec = problem.spec();
      const std::vector<bool> wanted = Wanted(timetable, {id});
      std::vector<DefenceSpec> defences;
      for (std::size_t d = 0; d < wanted.size(); ++d) {
        if (wanted[d]) defences.push_back(spec.defences[d]);
      }
      spec.defences = defences;
      EXPECT_EQ(Fits(spec), conflict.kind == ConflictSet::Kind::kPlaceable) << conflict.sentence.en;
    });
  }
  EXPECT_GT(known, 40);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
