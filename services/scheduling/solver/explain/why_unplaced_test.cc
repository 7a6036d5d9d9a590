#include "services/scheduling/solver/explain/why_unplaced.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::ARoom;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Hours;
using ::testing::IsEmpty;
using testing::PersonOf;
using Kind = UnplacedReason::Kind;

// One day from nine to twelve.
ProblemSpec OneMorning() {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 12)};
  spec.grid_minutes = 60;
  return spec;
}

UnplacedReason ReasonOf(const Problem& problem, const char* key) {
  return WhyUnplaced(Timetable(problem), DefenceOf(problem, key));
}

TEST(WhyUnplaced, NamesThePeopleWithoutACommonTime) {
  ProblemSpec spec = OneMorning();
  spec.persons = {APerson({.key = "ana", .name = "Ana Ruiz", .blocked = {Hours(10, 12)}}),
                  APerson({.key = "bo", .name = "Bo Chen", .blocked = {Hours(9, 10)}}),
                  APerson({.key = "cy", .blocked = {Hours(11, 12)}})};
  spec.defences = {ADefence("lea", {"ana", "bo", "cy"})};
  spec.defences[0].label = "Léa Martin";
  const Problem problem = Build(spec);

  const UnplacedReason reason = ReasonOf(problem, "lea");

  EXPECT_EQ(reason.kind, Kind::kNoCommonSlot);
  EXPECT_EQ(reason.candidate_count, 0);
  ASSERT_EQ(reason.facts.size(), 2u) << "Cy is not to blame";
  EXPECT_THAT(reason.facts[0].persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_THAT(reason.facts[1].persons, ElementsAre(PersonOf(problem, "bo")));
  EXPECT_EQ(
      reason.sentence.en,
      "The defence of Léa Martin has no possible place, even in an empty timetable. Ana Ruiz is available "
      "only "
      "on Monday 14\u00a0June 2027 from 9:00 to 10:00. Bo Chen is available only on Monday 14\u00a0June 2027 "
      "from 10:00 to 12:00.");
  EXPECT_EQ(
      reason.sentence.fr,
      "La soutenance de Léa Martin n’a aucune place possible, même dans un planning vide. Ana Ruiz n’est "
      "disponible que le lundi 14\u00a0juin 2027 de 9\u00a0h à 10\u00a0h. Bo Chen n’est disponible que le "
      "lundi "
      "14\u00a0juin 2027 de 10\u00a0h à 12\u00a0h.");
}

// Ana presides; the secretary is Bo or Cy.
ProblemSpec OneOpenSeat() {
  ProblemSpec spec = OneMorning();
  spec.persons = {APerson("ana"), APerson({.key = "bo", .blocked = {Hours(9, 12)}}), APerson("cy")};
  spec.rooms = {ARoom("b12"), ARoom("c3")};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"cy"}, 180)};
  spec.defences[0].seats.push_back(testing::AnOpenSeat("secretary", {"bo", "cy"}));
  return spec;
}

TEST(WhyUnplaced, NamesOpenSeatsThatNobodyCanHold) {
  ProblemSpec spec = OneOpenSeat();
  spec.persons[2].blocked = {Hours(9, 12)};
  const UnplacedReason reason = ReasonOf(Build(spec), "lea");
  EXPECT_EQ(reason.kind, Kind::kNoCommonSlot);
  ASSERT_EQ(reason.facts.size(), 1u);
  EXPECT_THAT(reason.facts[0].sentence.en, HasSubstr("open seats"));
}

TEST(WhyUnplaced, LooksForSomebodyWhoCanHoldAnOpenSeat) {
  const Problem problem = Build(OneOpenSeat());
  EXPECT_EQ(ReasonOf(problem, "lea").kind, Kind::kFree) << "Cy can";
  const Timetable cy_is_busy = Arrange(problem, {{"tom", At(9), "c3"}});
  EXPECT_EQ(WhyUnplaced(cy_is_busy, DefenceOf(problem, "lea")).kind, Kind::kAllTaken);
}

TEST(WhyUnplaced, NamesWhatNoRoomHas) {
  ProblemSpec spec = OneMorning();
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bo"})};
  spec.defences[0].capacity = 100;
  spec.defences[1].equipment = {"piano"};
  const Problem problem = Build(spec);

  const UnplacedReason seats = ReasonOf(problem, "lea");
  ASSERT_EQ(seats.facts.size(), 1u);
  EXPECT_EQ(seats.facts[0].rule, RuleId::kRoomCapacity);
  EXPECT_THAT(seats.facts[0].rooms, ElementsAre(RoomId{0}));
  const UnplacedReason piano = ReasonOf(problem, "tom");
  ASSERT_EQ(piano.facts.size(), 1u);
  EXPECT_EQ(piano.facts[0].rule, RuleId::kRoomEquipment);
  EXPECT_THAT(piano.facts[0].sentence.fr, HasSubstr("piano"));
}

TEST(WhyUnplaced, NamesThePinThatPersonsCannotKeep) {
  ProblemSpec spec = OneMorning();
  spec.persons = {APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].pin = {.day = 0, .time = At(9)};
  const Problem problem = Build(spec);

  const UnplacedReason reason = ReasonOf(problem, "lea");

  ASSERT_EQ(reason.facts.size(), 2u) << "there is one day only, so that day is not to blame";
  EXPECT_EQ(reason.facts[0].rule, RuleId::kAvailability);
  EXPECT_EQ(reason.facts[1].rule, RuleId::kPinned);
  EXPECT_THAT(reason.facts[1].sentence.en, HasSubstr("pinned to 9:00"));
}

TEST(WhyUnplaced, NamesACampaignThatHasNoRoomOrNoTimeLongEnough) {
  ProblemSpec spec = OneMorning();
  spec.defences = {ADefence("lea", {"ana"}, 240), ADefence("tom", {"bo"})};
  EXPECT_THAT(ReasonOf(Build(spec), "lea").sentence.en,
              HasSubstr("No time window of the campaign lasts 4\u00a0h."));
  spec.rooms.clear();
  EXPECT_THAT(ReasonOf(Build(spec), "tom").sentence.en, HasSubstr("The campaign has no room."));
}

TEST(WhyUnplaced, TellsWhoAndWhatIsInTheWay) {
  ProblemSpec spec = OneMorning();
  spec.persons = {APerson({.key = "bo", .name = "Bo Chen", .blocked = {Hours(11, 12)}})};
  spec.rooms = {ARoom({.key = "b12", .name = "B12"})};
  spec.defences = {ADefence("lea", {"ana", "bo"}), ADefence("tom", {"bo"}), ADefence("zoe", {"cy"})};
  const Problem problem = Build(spec);
  const Timetable timetable = Arrange(problem, {{"tom", At(9), "b12"}, {"zoe", At(10), "b12"}});

  const UnplacedReason reason = WhyUnplaced(timetable, DefenceOf(problem, "lea"));

  EXPECT_EQ(reason.kind, Kind::kAllTaken);
  EXPECT_EQ(reason.candidate_count, 2);
  ASSERT_EQ(reason.facts.size(), 2u);
  EXPECT_EQ(reason.facts[0].rule, RuleId::kRoomClash) << "in the way twice";
  EXPECT_THAT(reason.facts[0].defences, ElementsAre(DefenceOf(problem, "tom"), DefenceOf(problem, "zoe")));
  EXPECT_EQ(reason.facts[1].rule, RuleId::kPersonClash);
  EXPECT_EQ(reason.sentence.en,
            "All 2 places that would suit the defence of lea are taken. Room B12 is taken for 2 places: the "
            "defences "
            "of tom and zoe. Bo Chen is busy for 1 place: the defence of tom.");
}

TEST(WhyUnplaced, TellsLimits) {
  ProblemSpec spec = OneMorning();
  spec.persons = {APerson({.key = "ana", .max_total = 1})};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
  const Problem problem = Build(spec);

  const UnplacedReason reason =
      WhyUnplaced(Arrange(problem, {{"tom", At(9), "b12"}}), DefenceOf(problem, "lea"));

  EXPECT_EQ(reason.kind, Kind::kAllTaken);
  EXPECT_EQ(reason.facts[0].rule, RuleId::kPersonCampaignLoad);
  EXPECT_EQ(reason.facts[0].sentence.en, "ana has already reached the limit of 1 for the campaign.");
}

TEST(WhyUnplaced, FindsAFreePlace) {
  ProblemSpec spec = OneMorning();
  spec.defences = {ADefence("lea", {"ana"})};
  const Problem problem = Build(spec);

  const UnplacedReason reason = ReasonOf(problem, "lea");

  EXPECT_EQ(reason.kind, Kind::kFree);
  EXPECT_THAT(reason.facts, IsEmpty());
  EXPECT_EQ(reason.sentence.en,
            "The defence of lea can be placed, for example on Monday 14\u00a0June 2027 at 9:00 in room b12.");
}

TEST(WhyUnplaced, TellsOfAPlacedDefenceWhyItWouldBe) {
  ProblemSpec spec = OneMorning();
  spec.defences = {ADefence("lea", {"ana"})};
  const Problem problem = Build(spec);
  EXPECT_EQ(WhyUnplaced(Arrange(problem, {{"lea", At(9), "b12"}}), DefenceOf(problem, "lea")).kind,
            Kind::kFree);
}

TEST(WhyUnplaced, SaysThatItDoesNotKnowIfItIsAskedToStop) {
  ProblemSpec spec = OneMorning();
  spec.defences = {ADefence("lea", {"ana"})};
  const Problem problem = Build(spec);

  const UnplacedReason reason =
      WhyUnplaced(Timetable(problem), DefenceOf(problem, "lea"), [] { return true; });

  EXPECT_EQ(reason.kind, Kind::kUnknown);
  EXPECT_EQ(reason.sentence.en, "It was not established in time why the defence of lea has no place.");
}

TEST(UnplacedKindName, IsStable) {
  EXPECT_EQ(UnplacedKindName(Kind::kNoCommonSlot), "no_common_slot");
  EXPECT_EQ(UnplacedKindName(Kind::kAllTaken), "all_taken");
  EXPECT_EQ(UnplacedKindName(Kind::kFree), "free");
  EXPECT_EQ(UnplacedKindName(Kind::kUnknown), "unknown");
}

bool IsAboutJurors(const BlockingFact& fact) { return absl::StrContains(fact.sentence.en, "pinned with"); }
bool IsAboutMode(const BlockingFact& fact) {
  return absl::StrContains(fact.sentence.en, "on site") || absl::StrContains(fact.sentence.en, "to video");
}

// Changes `spec` so that `fact` about its only defence no longer holds.
void Drop(const Problem& problem, const BlockingFact& fact, ProblemSpec& spec) {
  DefenceSpec& defence = spec.defences[0];
  switch (fact.rule) {
    case RuleId::kAvailability:
    case RuleId::kIfNeeded:
      for (PersonSpec& person : spec.persons) {
        if (person.key != problem.person(fact.persons[0]).key) continue;
        (fact.rule == RuleId::kAvailability ? person.blocked : person.if_needed).clear();
      }
      break;
    case RuleId::kSchoolWeeks:
      defence.allowed.clear();
      break;
    case RuleId::kPinned:
      if (!fact.rooms.empty()) {
        defence.pin.room.reset();
      } else if (IsAboutJurors(fact)) {
        defence.pin.jurors.clear();
      } else if (IsAboutMode(fact)) {
        defence.pin.mode.reset();
      } else if (absl::StrContains(fact.sentence.en, ":")) {
        defence.pin.time.reset();
      } else {
        defence.pin.day.reset();
      }
      break;
    default:
      testing::SetRule(spec, std::string(LineOf(fact.rule).name), RuleLevel::kOff);
      break;
  }
}

// `spec` with nothing but `facts` against its only defence.
ProblemSpec WithOnly(const Problem& problem, ProblemSpec spec, const std::vector<BlockingFact>& facts) {
  const auto holds = [&](RuleId rule, const PersonSpec* person) {
    return std::any_of(facts.begin(), facts.end(), [&](const BlockingFact& fact) {
      return fact.rule == rule && (person == nullptr || problem.person(fact.persons[0]).key == person->key);
    });
  };
  for (PersonSpec& person : spec.persons) {
    if (!holds(RuleId::kAvailability, &person)) person.blocked.clear();
    if (!holds(RuleId::kIfNeeded, &person)) person.if_needed.clear();
  }
  for (const RuleId rule : {RuleId::kSchoolWeeks, RuleId::kRoomCapacity, RuleId::kRoomEquipment,
                            RuleId::kRoomOpening, RuleId::kStability, RuleId::kNotice}) {
    if (!holds(rule, nullptr)) testing::SetRule(spec, std::string(LineOf(rule).name), RuleLevel::kOff);
  }
  PinSpec& pin = spec.defences[0].pin;
  PinSpec kept;
  for (const BlockingFact& fact : facts) {
    if (fact.rule != RuleId::kPinned) continue;
    if (!fact.rooms.empty()) {
      kept.room = pin.room;
    } else if (IsAboutJurors(fact)) {
      kept.jurors = pin.jurors;
    } else if (IsAboutMode(fact)) {
      kept.mode = pin.mode;
    } else if (absl::StrContains(fact.sentence.en, ":")) {
      kept.time = pin.time;
    } else {
      kept.day = pin.day;
    }
  }
  pin = kept;
  return spec;
}

TEST(Unplaceable, GivesReasonsOfWhichNoneCanBeLeftOut) {
  int seen = 0;
  std::set<RuleId> rules_seen;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    testing::Chance chance(seed);
    ProblemSpec spec = RandomSpec(chance, {.days = 2, .persons = 4, .rooms = 2, .defences = 1});
    const Problem problem = Build(spec);
    for (const UnplacedReason& reason : Unplaceable(problem)) {
      SCOPED_TRACE(absl::StrCat("seed ", seed, ": ", reason.sentence.en));
      ASSERT_FALSE(reason.facts.empty());
      EXPECT_THAT(testing::PlacesAlone(problem, reason.defence), IsEmpty());
      ++seen;
      for (const BlockingFact& fact : reason.facts) rules_seen.insert(fact.rule);
      if (reason.facts[0].rule == RuleId::kOpeningHours) continue;
      // Nothing but these facts: still no place. Without any one of them: a place.
      const ProblemSpec alone = WithOnly(problem, spec, reason.facts);
      EXPECT_THAT(testing::PlacesAlone(Build(alone), DefenceId{0}), IsEmpty());
      for (const BlockingFact& fact : reason.facts) {
        ProblemSpec without = alone;
        Drop(problem, fact, without);
        EXPECT_FALSE(testing::PlacesAlone(Build(without), DefenceId{0}).empty())
            << "without: " << fact.sentence.en;
      }
    }
  }
  EXPECT_GT(seen, 60);
  EXPECT_GE(rules_seen.size(), 5u);
}

TEST(WhyUnplaced, IsFreeExactlyIfAnAlternativeExists) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    const Problem problem = testing::RandomProblem(seed, {.days = 1, .rooms = 2, .defences = 6});
    const RuleSet rules(problem);
    // A legal timetable of some of them.
    Timetable timetable(problem);
    for (int i = 0; i < 60; ++i) {
      const auto id = static_cast<DefenceId>(chance.Below(problem.DefenceCount()));
      const Placement to = testing::RandomPlacement(chance, problem, id);
      const Move undo = timetable.Apply({{id, to}});
      if (rules.Evaluate(timetable).hard() > 0) timetable.Apply(undo);
    }
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      if (timetable.PlacementOf(id)) return;
      bool free = false;
      for (const Placement& to : testing::PlacesAlone(problem, id)) {
        const Move undo = timetable.Apply({{id, to}});
        free = free || rules.Evaluate(timetable).hard() == 0;
        timetable.Apply(undo);
      }
      EXPECT_EQ(WhyUnplaced(timetable, id).kind == Kind::kFree, free);
    });
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
