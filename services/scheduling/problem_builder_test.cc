#include "services/scheduling/problem_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::AddDefence;
using ::soutenance::scheduling::testing::Answered;
using ::soutenance::scheduling::testing::Day;
using ::soutenance::scheduling::testing::Moment;
using ::soutenance::scheduling::testing::Period;
using ::soutenance::scheduling::testing::SmallFacts;
using ::soutenance::scheduling::testing::Time;
using ::soutenance::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;

using solver::DefenceSpec;
using solver::Interval;
using solver::PersonSpec;
using solver::ProblemSpec;
using solver::RoomSpec;
using solver::SeatSpec;

ProblemSpec Build(const CampaignFacts& facts, const std::vector<BasePlacement>& base = {}) {
  ProblemSpec spec = BuildProblem(facts, base);
  EXPECT_THAT(solver::Problem::Create(spec), IsOk());
  return spec;
}

const PersonSpec& Person(const ProblemSpec& spec, absl::string_view key) {
  for (const PersonSpec& person : spec.persons) {
    if (person.key == key) return person;
  }
  ADD_FAILURE() << "there is no person " << key;
  return spec.persons.front();
}

TEST(BuildProblem, TakesGridBufferTravelAndRulesFromTheCampaign) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.buffer_minutes = 5;
  facts.campaign.travel_minutes = 20;
  facts.campaign.rules = {{.rule = "gaps", .level = solver::RuleLevel::kOff}};

  const ProblemSpec spec = Build(facts);
  EXPECT_EQ(spec.first_date, "2027-06-14");
  EXPECT_EQ(spec.grid_minutes, 30);
  EXPECT_EQ(spec.buffer_minutes, 5);
  EXPECT_EQ(spec.travel_minutes, 20);
  EXPECT_EQ(spec.rules, facts.campaign.rules);
  EXPECT_EQ(spec.opening.size(), 4u);
}

TEST(BuildProblem, StudentAndJurorsAttendEachUnderTheirName) {
  const ProblemSpec spec = Build(SmallFacts());

  ASSERT_THAT(spec.defences, ElementsAre(Field(&DefenceSpec::key, "theses/1")));
  EXPECT_EQ(spec.defences[0].label, "Léa Martin");
  EXPECT_EQ(spec.defences[0].duration_minutes, 60);
  EXPECT_THAT(spec.defences[0].seats, ElementsAre(SeatSpec{.person = "people/lea", .role = "student"},
                                                  SeatSpec{.person = "people/bob", .role = "president"},
                                                  SeatSpec{.person = "people/ana", .role = "supervisor"}));
  EXPECT_EQ(Person(spec, "people/ana").name, "Ana Ruiz");
}

TEST(BuildProblem, TheCompanyTutorAttendsOnlyWithASeat) {
  CampaignFacts facts = SmallFacts();
  facts.theses["theses/1"].company_tutor = "people/eve";
  EXPECT_EQ(Build(facts).persons.size(), 3u);

  facts.juries["theses/1"].seats.push_back({.person = "people/eve", .role = SeatRole::kCompanyTutor});
  EXPECT_EQ(Build(facts).persons.size(), 4u);
  EXPECT_EQ(Person(Build(facts), "people/eve").name, "eve") << "not known to the directory";
}

TEST(BuildProblem, TwoAuthorsShareOneDefence) {
  CampaignFacts facts = SmallFacts();
  facts.people["people/tom"] = {.name = "people/tom", .display_name = "Tom Diaz"};
  facts.theses["theses/1"].authors = {"people/lea", "people/tom"};

  const ProblemSpec spec = Build(facts);
  EXPECT_EQ(spec.defences[0].label, "Léa Martin, Tom Diaz");
  EXPECT_EQ(spec.defences[0].capacity, 4);
}

TEST(BuildProblem, AnIndividualDurationReplacesTheCampaigns) {
  CampaignFacts facts = SmallFacts();
  facts.defences[0].duration_minutes = 80;
  EXPECT_EQ(Build(facts).defences[0].duration_minutes, 80);
}

TEST(BuildProblem, WithdrawnUnknownAndAuthorlessThesesAreNotDefended) {
  CampaignFacts facts = SmallFacts();
  AddDefence(facts, "2", "tom", {"people/ana"});
  AddDefence(facts, "3", "zoe", {"people/ana"});
  AddDefence(facts, "4", "max", {"people/ana"});
  facts.theses["theses/2"].is_withdrawn = true;
  facts.theses.erase("theses/3");
  facts.theses["theses/4"].authors.clear();

  EXPECT_THAT(Build(facts).defences, ElementsAre(Field(&DefenceSpec::key, "theses/1")));
}

TEST(BuildProblem, ADefenceWithoutJuryGathersTheStudentAlone) {
  CampaignFacts facts = SmallFacts();
  facts.juries.clear();
  EXPECT_THAT(Build(facts).defences[0].seats, ElementsAre(Field(&SeatSpec::person, "people/lea")));
}

TEST(BuildProblem, SilenceIsWhatTheCampaignSaysAndAnAnswerIsAnAnswer) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.silent_policy = SilentPolicy::kUnavailable;
  Answered(facts, "people/ana", {});
  Answered(facts, "people/bob", {Period("2027-06-15", "00:00", "24:00", Answer::kIfNeeded)});

  const ProblemSpec spec = Build(facts);
  EXPECT_THAT(Person(spec, "people/lea").blocked, ElementsAre(Interval{0, 2880}));
  EXPECT_THAT(Person(spec, "people/ana").blocked, IsEmpty());
  EXPECT_THAT(Person(spec, "people/bob").blocked, ElementsAre(Interval{0, 1440}));
  EXPECT_THAT(Person(spec, "people/bob").if_needed, ElementsAre(Interval{1440, 2880}));
}

TEST(BuildProblem, LimitsOfAPersonAreKept) {
  CampaignFacts facts = SmallFacts();
  facts.people["people/ana"].per_day_max = 3;
  facts.people["people/ana"].per_campaign_max = 8;

  const ProblemSpec spec = Build(facts);
  EXPECT_EQ(Person(spec, "people/ana").max_per_day, 3);
  EXPECT_EQ(Person(spec, "people/ana").max_total, 8);
  EXPECT_EQ(Person(spec, "people/bob").max_per_day, 0);
}

TEST(BuildProblem, WhatTheCampaignSaysOfPeopleCounts) {
  CampaignFacts facts = SmallFacts();
  facts.people["people/ana"].per_day_max = 3;
  facts.campaign.people = {{.day_max = 5,
                            .role_limits = {{.role = SeatRole::kPresident, .day_max = 2}},
                            .nearness = {3, 2, 1},
                            .room_change = {4}},
                           {.person = "people/ana", .weight = 7, .campaign_max = 9, .topics = {"Robots"}}};

  const ProblemSpec spec = Build(facts);
  const solver::PersonSpec& ana = Person(spec, "people/ana");
  EXPECT_EQ(ana.weight, 7);
  EXPECT_EQ(ana.max_per_day, 3) << "the smaller one counts";
  EXPECT_EQ(ana.max_total, 9);
  EXPECT_THAT(ana.subjects, ElementsAre("Robots"));
  const solver::PersonSpec& bob = Person(spec, "people/bob");
  EXPECT_EQ(bob.weight, 1);
  EXPECT_EQ(bob.max_per_day, 5);
  EXPECT_THAT(bob.nearness, ElementsAre(3, 2, 1));
  EXPECT_THAT(bob.room_change, ElementsAre(4));
  EXPECT_THAT(bob.role_limits, ElementsAre(solver::RoleLimitSpec{.role = "president", .max_per_day = 2}));
  EXPECT_TRUE(solver::Problem::Create(spec).ok());
}

TEST(BuildProblem, EveryRuleAndRankReachesTheSolver) {
  CampaignFacts facts = SmallFacts();
  for (const solver::RuleLine& line : solver::Rulebook()) {
    const bool is_wish = solver::MayBeSetTo(line, solver::RuleLevel::kSoft6);
    if (is_wish) {
      facts.campaign.rules.push_back({.rule = std::string(line.name), .level = solver::RuleLevel::kSoft6});
    }
  }
  std::vector<FieldViolation> problems;
  CheckSettings(facts.campaign, "campaign.", problems);
  EXPECT_TRUE(problems.empty());
  const auto problem = solver::Problem::Create(Build(facts));
  ASSERT_TRUE(problem.ok()) << problem.status();
  for (const RuleSetting& setting : facts.campaign.rules) {
    EXPECT_EQ(problem->rule(solver::FindRule(setting.rule)->id).level, solver::RuleLevel::kSoft6)
        << setting.rule;
  }
}

TEST(BuildProblem, ARemoteJurorNeedsVideoAndNoSeat) {
  CampaignFacts facts = SmallFacts();
  facts.defences[0].equipment = {"projector"};
  EXPECT_EQ(Build(facts).defences[0].capacity, 3);

  facts.juries["theses/1"].seats[0].is_remote = true;
  const DefenceSpec defence = Build(facts).defences[0];
  EXPECT_THAT(defence.equipment, ElementsAre("projector", "video"));
  EXPECT_EQ(defence.capacity, 2);
  EXPECT_TRUE(defence.seats[1].remote);
}

TEST(BuildProblem, ARoomWhoseCapacityIsNotKnownNeverRefuses) {
  CampaignFacts facts = SmallFacts();
  facts.rooms["rooms/a"].capacity_seats = 0;
  EXPECT_GE(Build(facts).rooms[0].capacity, 1'000'000);
  facts.rooms["rooms/a"].capacity_seats = 2;
  EXPECT_EQ(Build(facts).rooms[0].capacity, 2);
}

TEST(BuildProblem, RoomsHaveSiteEquipmentAndOpenings) {
  CampaignFacts facts = SmallFacts();
  facts.rooms["rooms/a"] = {.name = "rooms/a",
                            .title = "A 101",
                            .site = "Nord",
                            .capacity_seats = 12,
                            .equipment = {"video"},
                            .openings = {{.date = Day("2027-06-14")}}};
  EXPECT_THAT(Build(facts).rooms, ElementsAre(RoomSpec{.key = "rooms/a",
                                                       .name = "A 101",
                                                       .site = "Nord",
                                                       .capacity = 12,
                                                       .equipment = {"video"},
                                                       .open = {{0, 1440}}}));
}

TEST(BuildProblem, ARoomThatNobodyKnowsIsNoRoom) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.rooms = {"rooms/a", "rooms/gone"};
  EXPECT_THAT(Build(facts).rooms, ElementsAre(Field(&RoomSpec::key, "rooms/a")));
}

TEST(BuildProblem, DefencesLieInTheSchoolWeeksOfTheCohort) {
  CampaignFacts facts = SmallFacts();
  EXPECT_THAT(Build(facts).defences[0].allowed, IsEmpty());
  facts.cohort = CohortFacts{.name = "programmes/msi/cohorts/2027"};
  EXPECT_THAT(Build(facts).defences[0].allowed, IsEmpty()) << "no rhythm: every day is possible";

  facts.cohort->calendar = {{.first = Day("2027-06-15"), .last = Day("2027-06-18")}};
  EXPECT_THAT(Build(facts).defences[0].allowed, ElementsAre(Interval{1440, 2880}));
}

TEST(BuildProblem, ACohortThatIsAwayForTheWholeCampaignNeverDefends) {
  CampaignFacts facts = SmallFacts();
  facts.cohort = CohortFacts{.calendar = {{.first = Day("2027-09-01"), .last = Day("2027-09-30")}}};

  const ProblemSpec spec = Build(facts);
  ASSERT_EQ(spec.defences[0].allowed.size(), 1u);
  for (const Interval& open : spec.opening) EXPECT_FALSE(spec.defences[0].allowed[0].Overlaps(open));
}

TEST(BuildProblem, TheBaseTimetableIsReferenceAndPins) {
  const ProblemSpec spec = Build(SmallFacts(), {{.thesis = "theses/1",
                                                 .start = Moment("2027-06-15T14:30"),
                                                 .room = "rooms/a",
                                                 .pin_day = true,
                                                 .pin_time = true,
                                                 .pin_room = true}});

  EXPECT_THAT(spec.defences[0].reference,
              Optional(solver::ReferenceSpec{.start = 1440 + Time("14:30"), .room = "rooms/a"}));
  EXPECT_EQ(spec.defences[0].pin, (solver::PinSpec{.day = 1, .time = Time("14:30"), .room = "rooms/a"}));
}

TEST(BuildProblem, WhatTheBaseHasAndTheCampaignHasNoMoreHoldsNothing) {
  CampaignFacts facts = SmallFacts();
  const ProblemSpec spec = Build(facts, {{.thesis = "theses/1",
                                          .start = Moment("2027-06-10T14:30"),
                                          .room = "rooms/gone",
                                          .pin_day = true,
                                          .pin_room = true},
                                         {.thesis = "theses/gone", .start = Moment("2027-06-14T09:00")}});
  EXPECT_THAT(spec.defences[0].reference, Eq(std::nullopt));
  EXPECT_EQ(spec.defences[0].pin, solver::PinSpec{});

  const ProblemSpec moved =
      Build(facts, {{.thesis = "theses/1", .start = Moment("2027-06-14T09:00"), .room = "rooms/gone"}});
  EXPECT_THAT(moved.defences[0].reference, Optional(solver::ReferenceSpec{.start = 540, .room = ""}));
}

TEST(BuildProblem, AnUnplacedDefenceOfTheBaseIsFree) {
  const ProblemSpec spec = Build(SmallFacts(), {{.thesis = "theses/1", .pin_day = true}});
  EXPECT_THAT(spec.defences[0].reference, Eq(std::nullopt));
  EXPECT_EQ(spec.defences[0].pin, solver::PinSpec{});
}

TEST(BuildProblem, EachDayHasThePauseAndTheTimesThatCost) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.day = {.pause = DayPause{.from = Time("11:30"),
                                          .to = Time("13:00"),
                                          .least_minutes = 45,
                                          .wanted_minutes = 60,
                                          .until = Time("14:30")},
                        .early = {{.time = Time("09:00"), .cost = 5}},
                        .late = {{.time = Time("17:00"), .cost = 3}}};
  facts.campaign.roles = {{.role = SeatRole::kPresident, .mix_cost = 3, .day_change_cost = 2}};
  facts.theses.at("theses/1").cohort = "programmes/msi/cohorts/2027";
  ProblemSpec spec = Build(facts);
  ASSERT_EQ(spec.pauses.size(), facts.campaign.days.size());
  EXPECT_EQ(spec.pauses[1], (solver::PauseSpec{.begins = {1440 + Time("11:30"), 1440 + Time("13:00")},
                                               .least_minutes = 45,
                                               .wanted_minutes = 60,
                                               .until = 1440 + Time("14:30")}));
  EXPECT_THAT(spec.early, ElementsAre(solver::HourCostSpec{.time = Time("09:00"), .cost = 5}));
  EXPECT_THAT(spec.late, ElementsAre(solver::HourCostSpec{.time = Time("17:00"), .cost = 3}));
  EXPECT_EQ(spec.roles[0].mix_cost, 3);
  EXPECT_EQ(spec.roles[0].day_change_cost, 2);
  EXPECT_EQ(spec.defences[0].cohort, "") << "no rule looks at it";
  facts.campaign.rules = {{.rule = "mixed_cohorts", .level = solver::RuleLevel::kSoft}};
  EXPECT_EQ(Build(facts).defences[0].cohort, "programmes/msi/cohorts/2027");
}

TEST(BuildProblem, ALongNameIsCutBetweenCharacters) {
  CampaignFacts facts = SmallFacts();
  std::string name;
  while (name.size() < 1001) name += "é";
  facts.people["people/lea"].display_name = name;
  EXPECT_EQ(Build(facts).defences[0].label.size(), 1000u);
}

}  // namespace
}  // namespace soutenance::scheduling
