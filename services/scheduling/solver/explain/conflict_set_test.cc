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

// Eve, or anybody else who may hold the open seat, may have no time: only those who must come are spoken of.
TEST(ConflictSet, ClaimsNothingOfOpenSeats) {
  ProblemSpec spec = AnaComesForTwoHours();
  spec.persons.push_back(APerson({.key = "eve", .blocked = {Hours(0, 24)}}));
  spec.defences[2].seats.push_back({.person = "", .role = "president", .candidates = {{.person = "eve"}}});
  const Problem problem = Build(spec);
  const Timetable timetable = Arrange(problem, {{"lea", At(10), "b12"}, {"max", At(11), "b12"}});
  Explainer explainer(timetable, {});
  const ConflictSet conflict = explainer.Conflict(DefenceOf(problem, "tom"));
  EXPECT_EQ(conflict.kind, ConflictSet::Kind::kConflict);
  EXPECT_FALSE(conflict.is_minimal);
  EXPECT_THAT(Named(problem, conflict), ElementsAre("person_clash ana", "availability ana 0"));
  for (const Repair& repair : explainer.Repairs(DefenceOf(problem, "tom"))) {
    EXPECT_EQ(repair.steps[0].kind, RepairStep::Kind::kExtraDay) << repair.sentence.en;
  }

  const Timetable two = Arrange(problem, {{"lea", At(10), "b12"}});
  Explainer of_two(two, {});
  EXPECT_EQ(of_two.Conflict(DefenceOf(problem, "tom")).kind, ConflictSet::Kind::kUnknown);
  EXPECT_THAT(of_two.Repairs(DefenceOf(problem, "tom")), IsEmpty());
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

TEST(Repairs, AreAppliedToATimetableThatStandsTheCheck) {
  int repairs = 0;
  for (uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = Build(ACrowdedProblem(seed));
    const Timetable timetable = Greedy(problem);
    Explainer explainer(timetable, {});
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      if (timetable.PlacementOf(id)) return;
      for (const Repair& repair : explainer.Repairs(id)) {
        ++repairs;
        const Problem repaired = Build(Repaired(problem, repair.steps));
        const std::optional<Placements> applied = explainer.Applied(repair.steps, repair.more);
        ASSERT_TRUE(applied.has_value()) << repair.sentence.en;
        EXPECT_THAT(Check(repaired, *applied), IsEmpty()) << repair.sentence.en;
        const std::vector<bool> those = Wanted(timetable, repair.more);
        for (std::size_t d = 0; d < those.size(); ++d) EXPECT_EQ((*applied)[d].has_value(), those[d]);
      }
    });
  }
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
