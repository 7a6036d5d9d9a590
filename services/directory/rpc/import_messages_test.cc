#include "services/directory/rpc/import_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/runtime/wire/changes.h"

namespace soutenance::directory {
namespace {

using import_folder::ImportBatch;
using ::testing::ElementsAre;

ImportBatch ABatch() {
  ImportBatch batch;
  batch.campaign = {
      .id = "c1",
      .title = "June",
      .programme = "msi",
      .cohort = "2027",
      .year = 2027,
      .session = 2,
      .days = {absl::CivilDay(2027, 6, 14)},
      .hours = {{540, 750}, {810, 1440}},
      .grid_minutes = 30,
      .duration_minutes = 45,
      .buffer_minutes = 5,
      .travel_minutes = 20,
      .silence = import_folder::Silence::kIfNeeded,
      .rooms = {"b12"},
      .rules = {{.rule = "gaps", .strength = import_folder::RuleStrength::kStrong, .weight = 7},
                {.rule = "seat_cost", .strength = import_folder::RuleStrength::kSoft6, .parameter = 3}}};
  batch.theses = {{.id = "t1",
                   .title = "Title",
                   .authors = {"ana", "bob"},
                   .supervisor = "sam",
                   .company_tutor = "tom",
                   .confidential = true,
                   .duration_minutes = 80,
                   .equipment = {"piano"},
                   .language = "en"},
                  {.id = "t2", .title = "Other", .authors = {"eve"}, .supervisor = "sam"}};
  batch.juries = {{.thesis = "t2", .person = "sam", .role = import_folder::JuryRole::kSupervisor},
                  {.thesis = "t1", .person = "sam", .role = import_folder::JuryRole::kPresident},
                  {.thesis = "t2",
                   .person = "max",
                   .role = import_folder::JuryRole::kGuest,
                   .attendance = import_folder::Attendance::kRemote}};
  batch.availability = {
      {.person = "sam", .day = absl::CivilDay(2027, 6, 14), .answer = import_folder::Answer::kNo},
      {.person = "max",
       .day = absl::CivilDay(2027, 6, 14),
       .span = {480, 1440},
       .answer = import_folder::Answer::kIfNeeded},
      {.person = "sam", .day = absl::CivilDay(2027, 6, 15)}};
  return batch;
}

TEST(ThesesToProto, SaysEverything) {
  const submissions::v1::BatchUpsertThesesRequest request = ThesesToProto(ABatch());
  ASSERT_EQ(request.theses_size(), 2);
  const submissions::v1::Thesis& thesis = request.theses(0);
  EXPECT_EQ(thesis.name(), "theses/t1");
  EXPECT_THAT(thesis.authors(), ElementsAre("people/ana", "people/bob"));
  EXPECT_EQ(thesis.supervisor(), "people/sam");
  EXPECT_EQ(thesis.company_tutor(), "people/tom");
  EXPECT_EQ(thesis.programme(), "programmes/msi");
  EXPECT_EQ(thesis.cohort(), "programmes/msi/cohorts/2027");
  EXPECT_TRUE(thesis.confidential());
  EXPECT_EQ(thesis.language(), "en");
  EXPECT_EQ(request.theses(1).company_tutor(), "");
  EXPECT_THAT(request.juries_follow(), ElementsAre("theses/t2", "theses/t1"));
}

TEST(JuriesToProto, GathersTheSeatsOfAThesisInTheOrderOfTheirRows) {
  const assignment::v1::BatchUpsertJuriesRequest request = JuriesToProto(ABatch());
  ASSERT_EQ(request.juries_size(), 2);
  EXPECT_EQ(request.juries(0).name(), "theses/t2/jury");
  ASSERT_EQ(request.juries(0).seats_size(), 2);
  EXPECT_EQ(request.juries(0).seats(0).role(), assignment::v1::Seat::ROLE_SUPERVISOR);
  EXPECT_EQ(request.juries(0).seats(0).mode(), assignment::v1::Seat::MODE_ON_SITE);
  EXPECT_EQ(request.juries(0).seats(1).person(), "people/max");
  EXPECT_EQ(request.juries(0).seats(1).mode(), assignment::v1::Seat::MODE_REMOTE);
  EXPECT_EQ(request.juries(1).name(), "theses/t1/jury");
  ASSERT_EQ(request.theses_size(), 2) << "as the import writes them";
  EXPECT_EQ(request.theses(0).name(), "theses/t1");
  EXPECT_THAT(request.theses(0).authors(), ElementsAre("people/ana", "people/bob"));
  EXPECT_EQ(request.theses(0).company_tutor(), "people/tom");
}

TEST(CampaignToProto, SaysEverything) {
  const scheduling::v1::BatchUpsertCampaignRequest request = CampaignToProto(ABatch());
  const scheduling::v1::Campaign& campaign = request.campaign();
  EXPECT_EQ(campaign.name(), "campaigns/c1");
  EXPECT_EQ(campaign.cohort(), "programmes/msi/cohorts/2027");
  EXPECT_EQ(campaign.year(), 2027);
  EXPECT_EQ(campaign.session(), 2);
  EXPECT_THAT(campaign.days(), ElementsAre("2027-06-14"));
  EXPECT_EQ(campaign.hours(1).from(), "13:30");
  EXPECT_EQ(campaign.hours(1).to(), "24:00");
  EXPECT_EQ(campaign.grid_minutes(), 30);
  EXPECT_EQ(campaign.duration_minutes(), 45);
  EXPECT_EQ(campaign.buffer_minutes(), 5);
  EXPECT_EQ(campaign.travel_minutes(), 20);
  EXPECT_EQ(campaign.silent_policy(), scheduling::v1::Campaign::SILENT_POLICY_IF_NEEDED);
  EXPECT_THAT(campaign.rooms(), ElementsAre("rooms/b12"));
  EXPECT_EQ(campaign.rules(0).rule(), "gaps");
  EXPECT_EQ(campaign.rules(0).level(), scheduling::v1::RuleSetting::LEVEL_STRONG);
  EXPECT_EQ(campaign.rules(0).weight(), 7);
  EXPECT_FALSE(campaign.rules(0).has_parameter());
  EXPECT_EQ(campaign.rules(1).level(), scheduling::v1::RuleSetting::LEVEL_SOFT_6);
  EXPECT_EQ(campaign.rules(1).parameter(), 3);
  EXPECT_EQ(request.defences(0).thesis(), "theses/t1");
  EXPECT_EQ(request.defences(0).duration_minutes(), 80);
  EXPECT_THAT(request.defences(0).equipment(), ElementsAre("piano"));
  EXPECT_EQ(request.defences(1).duration_minutes(), 0);
}

TEST(CampaignToProto, GathersTheAnswersOfAPerson) {
  const scheduling::v1::BatchUpsertCampaignRequest request = CampaignToProto(ABatch());
  ASSERT_EQ(request.availabilities_size(), 2);
  const scheduling::v1::Availability& sam = request.availabilities(0);
  EXPECT_EQ(sam.person(), "people/sam");
  ASSERT_EQ(sam.periods_size(), 2);
  EXPECT_EQ(sam.periods(0).date(), "2027-06-14");
  EXPECT_EQ(sam.periods(0).from(), "");
  EXPECT_EQ(sam.periods(0).answer(), scheduling::v1::AvailabilityPeriod::ANSWER_NO);
  const scheduling::v1::AvailabilityPeriod& max = request.availabilities(1).periods(0);
  EXPECT_EQ(max.from(), "08:00");
  EXPECT_EQ(max.to(), "24:00");
  EXPECT_EQ(max.answer(), scheduling::v1::AvailabilityPeriod::ANSWER_IF_NEEDED);
}

TEST(ChangesFromProto, KeepsCountsOfChangesThatAreNotListed) {
  ChangeList sent;
  for (int i = 0; i < 2500; ++i) {
    const Change::Kind kind = i % 3 == 0 ? Change::Kind::kUpdated : Change::Kind::kCreated;
    sent.Add({.kind = kind, .resource = absl::StrCat("theses/~", i), .label = "é"});
  }
  sent.AddUnchanged();
  EXPECT_EQ(ChangesFromProto(runtime::ToProto(sent)), sent);
}

}  // namespace
}  // namespace soutenance::directory
