#include "services/scheduling/campaign_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/scheduling/testing/samples.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::AddDefence;
using ::soutenance::scheduling::testing::Answered;
using ::soutenance::scheduling::testing::Day;
using ::soutenance::scheduling::testing::Period;
using ::soutenance::scheduling::testing::SmallFacts;
using ::soutenance::scheduling::testing::Time;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Severity = Finding::Severity;

auto Kind(const std::string& kind) { return Field("kind", &Finding::kind, kind); }

// The findings of one kind.
std::vector<Finding> Of(const CampaignCheck& check, const std::string& kind) {
  std::vector<Finding> found;
  for (const Finding& finding : check.findings) {
    if (finding.kind == kind) found.push_back(finding);
  }
  return found;
}

// SmallFacts in which everybody is free on the first day.
CampaignFacts AnsweredFacts() {
  CampaignFacts facts = SmallFacts();
  for (const char* person : {"people/lea", "people/ana", "people/bob"}) {
    Answered(facts, person, {Period("2027-06-14", "00:00", "24:00", Answer::kYes)});
  }
  return facts;
}

TEST(CheckFacts, TellsWhichDaysAreOver) {
  const CampaignFacts facts = AnsweredFacts();
  EXPECT_THAT(Of(CheckFacts(facts, absl::CivilDay(2027, 6, 14)), "past_days"), IsEmpty());
  const auto found = Of(CheckFacts(facts, absl::CivilDay(2027, 6, 15)), "past_days");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].message, ::testing::HasSubstr("2027-06-14."));
}

TEST(CheckFacts, FindsNothingWhereNothingIs) {
  const CampaignCheck check = CheckFacts(AnsweredFacts());
  EXPECT_THAT(check.findings, IsEmpty());
  EXPECT_EQ(check.defence_count, 1);
  EXPECT_EQ(check.person_count, 3);
  EXPECT_EQ(check.room_count, 1);
  EXPECT_EQ(check.silent_count, 0);
  EXPECT_EQ(check.placeable_count_bound, 1);
}

TEST(CheckFacts, WithoutDefenceOrRoomNothingCanBeComputed) {
  CampaignFacts facts = SmallFacts();
  facts.defences.clear();
  facts.rooms.clear();
  facts.campaign.rooms.clear();
  EXPECT_THAT(CheckFacts(facts).findings,
              ElementsAre(AllOf(Kind("no_defence"), Field(&Finding::severity, Severity::kError)),
                          AllOf(Kind("no_room"), Field(&Finding::severity, Severity::kError))));
}

TEST(CheckFacts, NamesADefenceWithoutCommonSlotAndWhoIsInTheWay) {
  CampaignFacts facts = AnsweredFacts();
  Answered(facts, "people/bob", {Period("2027-06-15", "00:00", "24:00", Answer::kYes)});

  const CampaignCheck check = CheckFacts(facts);
  const std::vector<Finding> found = Of(check, "no_common_slot");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kConflict);
  EXPECT_EQ(found[0].subjects[0], "theses/1");
  EXPECT_THAT(found[0].subjects, Contains("people/bob"));
  EXPECT_THAT(found[0].message, HasSubstr("Bob Stone"));
  EXPECT_EQ(check.placeable_count_bound, 0);
}

TEST(CheckFacts, SpeaksTheLanguageOfTheCampaign) {
  CampaignFacts facts = SmallFacts();
  EXPECT_THAT(Of(CheckFacts(facts), "no_answer")[0].message,
              HasSubstr("3 personnes n’ont pas répondu (comptées comme toujours disponibles)"));
  facts.campaign.language = "en";
  EXPECT_THAT(Of(CheckFacts(facts), "no_answer")[0].message,
              HasSubstr("3 people have not answered (counted as always available)"));
}

TEST(CheckFacts, CountsThoseWhoMustAttendAndDidNotAnswer) {
  CampaignFacts facts = SmallFacts();
  Answered(facts, "people/ana", {});
  facts.people["people/max"] = {.name = "people/max", .display_name = "Max"};  // attends nothing

  const CampaignCheck check = CheckFacts(facts);
  EXPECT_EQ(check.silent_count, 2);
  EXPECT_THAT(Of(check, "no_answer"),
              ElementsAre(AllOf(Field(&Finding::severity, Severity::kWarning),
                                Field(&Finding::subjects, ElementsAre("people/bob", "people/lea")))));
}

TEST(CheckFacts, NamesADefenceWithoutJury) {
  CampaignFacts facts = AnsweredFacts();
  facts.juries.clear();
  EXPECT_THAT(CheckFacts(facts).findings,
              ElementsAre(AllOf(Kind("no_jury"), Field(&Finding::subjects, ElementsAre("theses/1")),
                                Field(&Finding::message, HasSubstr("Léa Martin")))));
}

TEST(CheckFacts, SaysWhenTheRoomsHaveTooFewHours) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.hours = {{.from = Time("09:00"), .to = Time("10:00")}};
  AddDefence(facts, "2", "tom", {"people/eva"});
  AddDefence(facts, "3", "zoe", {"people/ida"});

  const CampaignCheck check = CheckFacts(facts);
  EXPECT_EQ(check.placeable_count_bound, 2);
  EXPECT_THAT(Of(check, "too_few_hours"),
              ElementsAre(Field(&Finding::message, HasSubstr("Au plus 2 des 3 soutenances"))));
  EXPECT_THAT(check.findings, Each(Not(Kind("no_common_slot"))));
}

TEST(CheckFacts, NamesTheDefencesThatCrowdOnTheirOnlyDay) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.hours = {{.from = Time("09:00"), .to = Time("11:00")}};
  AddDefence(facts, "2", "tom", {"people/eva"});
  AddDefence(facts, "3", "zoe", {"people/ida"});
  AddDefence(facts, "4", "max", {"people/ada"});
  for (const char* juror : {"people/eva", "people/ida", "people/ada"}) {
    Answered(facts, juror, {Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
  }

  const CampaignCheck check = CheckFacts(facts);
  EXPECT_THAT(Of(check, "too_few_hours"),
              Contains(AllOf(
                  Field(&Finding::subjects, ElementsAre("theses/2", "theses/3", "theses/4")),
                  Field(&Finding::severity, Severity::kConflict),
                  Field(&Finding::message, HasSubstr("est le seul jour possible pour 3\u00a0soutenances")))));
}

TEST(CheckFacts, NamesWhoHasMoreDefencesThanTime) {
  CampaignFacts facts = SmallFacts();
  AddDefence(facts, "2", "tom", {"people/ana"});
  Answered(facts, "people/ana", {Period("2027-06-14", "09:00", "10:30", Answer::kYes)});

  EXPECT_THAT(Of(CheckFacts(facts), "person_overloaded"),
              ElementsAre(AllOf(Field(&Finding::subjects, ElementsAre("people/ana")),
                                Field(&Finding::message, HasSubstr("120 minutes")),
                                Field(&Finding::message, HasSubstr("90 minutes")))));
}

TEST(CheckFacts, NamesWhoHasMoreDefencesThanTheirLimit) {
  CampaignFacts facts = SmallFacts();
  AddDefence(facts, "2", "tom", {"people/ana"});
  facts.people["people/ana"].per_campaign_max = 1;
  EXPECT_THAT(Of(CheckFacts(facts), "person_overloaded"), SizeIs(1));

  facts.campaign.rules = {{.rule = "person_campaign_load", .level = solver::RuleLevel::kSoft}};
  EXPECT_THAT(Of(CheckFacts(facts), "person_overloaded"), IsEmpty()) << "the limit may be broken";
}

TEST(CheckFacts, NamesWhoHoldsARoleMoreOftenThanAllowed) {
  CampaignFacts facts = SmallFacts();  // two days; Bob presides
  AddDefence(facts, "2", "tom", {"people/eva"});
  AddDefence(facts, "3", "zoe", {"people/ida"});
  for (const char* thesis : {"theses/2", "theses/3"}) {
    facts.juries[thesis].seats.push_back({.person = "people/bob", .role = SeatRole::kPresident});
  }
  facts.campaign.people = {{.role_limits = {{.role = SeatRole::kPresident, .day_max = 1}}}};
  EXPECT_THAT(Of(CheckFacts(facts), "role_overloaded"),
              ElementsAre(AllOf(Field(&Finding::subjects, ElementsAre("people/bob")),
                                Field(&Finding::severity, Severity::kConflict),
                                Field(&Finding::message, HasSubstr("est président dans 3")))));

  facts.campaign.people.push_back(
      {.person = "people/bob", .role_limits = {{.role = SeatRole::kPresident, .campaign_max = 3}}});
  EXPECT_THAT(Of(CheckFacts(facts), "role_overloaded"), IsEmpty()) << "he may three times";
  facts.campaign.people.pop_back();
  facts.campaign.rules = {{.rule = "role_limit", .level = solver::RuleLevel::kSoft2}};
  EXPECT_THAT(Of(CheckFacts(facts), "role_overloaded"), IsEmpty()) << "the limit may be broken";
}

TEST(CheckFacts, NamesARoleThatAllCandidatesTogetherCannotFill) {
  CampaignFacts facts = SmallFacts();
  AddDefence(facts, "2", "tom", {"people/eva"});
  AddDefence(facts, "3", "zoe", {"people/ida"});
  facts.campaign.seats = {
      {.role = SeatRole::kReviewer, .candidates = {{.person = "people/max"}, {.person = "people/ivo"}}}};
  facts.campaign.people = {{.role_limits = {{.role = SeatRole::kReviewer, .campaign_max = 1}}}};
  EXPECT_THAT(Of(CheckFacts(facts), "role_overloaded"),
              ElementsAre(AllOf(Field(&Finding::subjects, ElementsAre(facts.campaign.name)),
                                Field(&Finding::message, HasSubstr("à pourvoir 3 fois")))));
}

TEST(CheckFacts, NamesWhoOfferedNoTimeOfTheCampaign) {
  CampaignFacts facts = AnsweredFacts();
  Answered(facts, "people/bob", {Period("2027-07-01", "00:00", "24:00", Answer::kYes)});
  EXPECT_THAT(Of(CheckFacts(facts), "no_time_given"),
              ElementsAre(Field(&Finding::subjects, ElementsAre("people/bob"))));
}

TEST(CheckFacts, NamesDaysOutsideTheSchoolWeeks) {
  CampaignFacts facts = AnsweredFacts();
  facts.cohort = CohortFacts{.name = "programmes/msi/cohorts/2027",
                             .calendar = {{.first = Day("2027-06-07"), .last = Day("2027-06-14")}}};
  EXPECT_THAT(CheckFacts(facts).findings,
              ElementsAre(AllOf(
                  Kind("outside_school_weeks"),
                  Field(&Finding::message, AllOf(HasSubstr("2027-06-15"), Not(HasSubstr("2027-06-14")))))));
}

TEST(CheckFacts, NamesClosedSessionsAndThesesOfOtherProgrammes) {
  CampaignFacts facts = AnsweredFacts();
  facts.theses["theses/1"].level = Confidentiality::kClosedSession;
  facts.theses["theses/1"].programme = "programmes/law";
  EXPECT_THAT(CheckFacts(facts).findings, ElementsAre(Kind("other_programme"), Kind("closed_session")));
}

TEST(CheckFacts, AWithdrawnThesisIsNoDefence) {
  CampaignFacts facts = AnsweredFacts();
  AddDefence(facts, "2", "tom", {"people/ana"});
  facts.theses["theses/2"].is_withdrawn = true;

  const CampaignCheck check = CheckFacts(facts);
  EXPECT_EQ(check.defence_count, 1);
  EXPECT_THAT(check.findings, ElementsAre(Kind("withdrawn")));
}

TEST(CheckFacts, NamesWhatTheOtherServicesDoNotKnow) {
  CampaignFacts facts = AnsweredFacts();
  AddDefence(facts, "2", "tom", {"people/ana"});
  facts.theses.erase("theses/2");
  facts.people.erase("people/bob");
  facts.campaign.rooms.push_back("rooms/gone");

  const CampaignCheck check = CheckFacts(facts);
  EXPECT_THAT(check.findings,
              ElementsAre(AllOf(Kind("unknown_thesis"), Field(&Finding::severity, Severity::kConflict)),
                          AllOf(Kind("unknown_room"), Field(&Finding::severity, Severity::kWarning)),
                          Kind("unknown_person")));
  EXPECT_EQ(check.defence_count, 2);
  EXPECT_EQ(check.placeable_count_bound, 1);
}

TEST(CheckFacts, PutsTheGravestFirst) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.rooms = {"rooms/gone"};
  facts.rooms.clear();
  facts.theses["theses/1"].level = Confidentiality::kClosedSession;
  const CampaignCheck check = CheckFacts(facts);
  EXPECT_TRUE(std::is_sorted(check.findings.begin(), check.findings.end(),
                             [](const Finding& a, const Finding& b) { return a.severity < b.severity; }));
  EXPECT_EQ(check.findings[0].kind, "no_room");
}

TEST(CheckFacts, TellsFiveHundredOfAKindAndHowManyMore) {
  CampaignFacts facts = SmallFacts();
  for (int i = 2'000; i < 2'600; ++i) AddDefence(facts, absl::StrCat(i), absl::StrCat("s", i), {});
  const std::vector<Finding> found = Of(CheckFacts(facts), "no_jury");
  ASSERT_THAT(found, SizeIs(501));
  EXPECT_EQ(found.back().message, "Et 100 constats du même genre.");
}

}  // namespace
}  // namespace soutenance::scheduling
