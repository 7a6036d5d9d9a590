#include "services/scheduling/rpc/campaign_proto.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::ACampaign;
using ::soutenance::scheduling::testing::Period;
using ::soutenance::testing::IsOkAndHolds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::TestParamInfo;
using ::testing::TestWithParam;
using ::testing::ValuesIn;

template <typename T>
T Text(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

template <typename T>
std::vector<std::string> RefusedFields(const absl::StatusOr<T>& read) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(read.status()).fields) fields.push_back(violation.field);
  return fields;
}

pb::CreateCampaignRequest Create(const Campaign& campaign) {
  pb::CreateCampaignRequest request;
  request.set_campaign_id("m2");
  *request.mutable_campaign() = ToProto(campaign);
  return request;
}

TEST(Campaigns, AreReadBackAsTheyWere) {
  Campaign campaign = ACampaign();
  EXPECT_THAT(FromProto(Create(campaign)), IsOkAndHolds(campaign));

  campaign.cohort = "programmes/msi/cohorts/2027";
  campaign.session = 2;
  campaign.time_zone = "America/Montreal";
  campaign.language = "en";
  campaign.hours.push_back({.from = 1200, .to = kEndOfDay});
  campaign.buffer_minutes = 5;
  campaign.travel_minutes = 15;
  campaign.silent_policy = SilentPolicy::kUnavailable;
  campaign.rules = {{.rule = "stability", .level = solver::RuleLevel::kOff},
                    {.rule = "gaps", .level = solver::RuleLevel::kStrong, .weight = 4, .parameter = 0},
                    {.rule = "unplaced", .level = solver::RuleLevel::kUnplaced, .weight = 9},
                    {.rule = "person_days", .level = solver::RuleLevel::kSoft2, .weight = 1},
                    {.rule = "nearness", .level = solver::RuleLevel::kSoft6, .weight = 3}};
  campaign.people = {{.weight = 2, .role_limits = {{.role = SeatRole::kPresident, .day_max = 2}}},
                     {.person = "people/ana",
                      .day_max = 3,
                      .campaign_max = 9,
                      .nearness = {3, 2, 1},
                      .room_change = {2},
                      .topics = {"Robots"}}};
  campaign.seats = {{.role = SeatRole::kReviewer,
                     .count = 2,
                     .is_remote = true,
                     .candidates = {{.person = "people/ana", .cost = 3, .topics = {"Robots"}}}}};
  campaign.roles = {{.role = SeatRole::kPresident,
                     .absence_cost = 1,
                     .change_cost = 2,
                     .load = {{.low = 4, .high = 9, .cost = 10}},
                     .combined = {{.role = SeatRole::kSupervisor, .cost = 2}},
                     .off_topic_cost = 5,
                     .mix_cost = 6,
                     .day_change_cost = 7}};
  campaign.day = {
      .pause =
          DayPause{.from = 690, .to = 780, .least_minutes = 45, .wanted_minutes = 60, .until = kEndOfDay},
      .early = {{.time = 540, .cost = 5}},
      .late = {{.time = 1020, .cost = 3}, {.time = kEndOfDay, .cost = 1}}};
  EXPECT_THAT(FromProto(Create(campaign)), IsOkAndHolds(campaign));
}

TEST(Campaigns, WithDaysThatHaveNoSuchTimeAreRefused) {
  pb::CreateCampaignRequest request = Create(ACampaign());
  pb::DayShape& day = *request.mutable_campaign()->mutable_day();
  day.mutable_pause()->set_from("noon");
  day.mutable_pause()->set_to("13:00");
  day.add_late()->set_time("25:00");
  EXPECT_THAT(RefusedFields(FromProto(request)),
              ElementsAre("campaign.day.pause.from", "campaign.day.late[0].time"));
}

TEST(Campaigns, WithSeatsOfARoleThatDoesNotExistAreRefused) {
  pb::CreateCampaignRequest request = Create(ACampaign());
  request.mutable_campaign()->add_seats()->set_role("dancer");
  request.mutable_campaign()->add_roles()->add_combined()->set_role("singer");
  EXPECT_THAT(
      RefusedFields(FromProto(request)),
      ElementsAre("campaign.seats[0].role", "campaign.roles[0].role", "campaign.roles[0].combined[0].role"));
}

TEST(Campaigns, HaveTheDefaultsOfTheContract) {
  const auto request = Text<pb::CreateCampaignRequest>(R"pb(
    campaign_id: "m2"
    campaign {
      title: "T"
      programme: "programmes/msi"
      days: "2027-06-14"
      hours { from: "09:00" to: "24:00" }
      rules { rule: "gaps" weight: 3 }
    })pb");

  ASSERT_OK_AND_ASSIGN(const Campaign campaign, FromProto(request));
  EXPECT_EQ(campaign.name, "campaigns/m2");
  EXPECT_EQ(campaign.year, 2027);
  EXPECT_EQ(campaign.session, 1);
  EXPECT_EQ(campaign.time_zone, "Europe/Paris");
  EXPECT_EQ(campaign.language, "fr");
  EXPECT_EQ(campaign.grid_minutes, 15);
  EXPECT_EQ(campaign.duration_minutes, 60);
  EXPECT_EQ(campaign.silent_policy, SilentPolicy::kAvailable);
  EXPECT_EQ(campaign.rules[0].level, solver::RuleLevel::kSoft) << "the level of the rulebook";
}

TEST(Campaigns, AreRefusedWithEveryProblem) {
  const auto request = Text<pb::CreateCampaignRequest>(R"pb(
    campaign_id: "été"
    campaign {
      programme: "msi"
      days: "2027-06-14"
      days: "15/06/2027"
      days: "2027-06-13"
      hours { from: "9:00" to: "24:01" }
      silent_policy: 7
      rules { rule: "gap" }
      rules { rule: "gaps" level: 10 }
      grid_minutes: 1
    }
    request_id: "0123456789012345678901234567890123456789012345678901234567890123456789")pb");
  EXPECT_THAT(RefusedFields(FromProto(request)),
              ElementsAre("request_id", "campaign.silent_policy", "campaign.days[1]",
                          "campaign.hours[0].from", "campaign.hours[0].to", "campaign.rules[1].level",
                          "campaign_id", "campaign.title", "campaign.programme", "campaign.grid_minutes"));
}

TEST(Updates, NameTheFieldsOfTheMaskOnly) {
  const auto request = Text<pb::UpdateCampaignRequest>(R"pb(
    campaign { name: "campaigns/m2" etag: "v3" title: "T" }
    update_mask { paths: "title" })pb");
  ASSERT_OK_AND_ASSIGN(const CampaignUpdate update, FromProto(request));
  EXPECT_THAT(update.fields, ElementsAre("title"));
  EXPECT_EQ(update.campaign.version, 3);
}

TEST(Updates, AreRefusedForWhatTheyChange) {
  const auto request = Text<pb::UpdateCampaignRequest>(R"pb(
    campaign { name: "m2" days: "today" grid_minutes: 1 language: "de" }
    update_mask { paths: "days" paths: "language" paths: "etag" })pb");
  EXPECT_THAT(RefusedFields(FromProto(request)),
              ElementsAre("update_mask", "campaign.days[0]", "campaign.name", "campaign.language"));
}

TEST(Updates, WithoutMaskChangeEverything) {
  pb::UpdateCampaignRequest request;
  *request.mutable_campaign() = ToProto(ACampaign());
  request.mutable_campaign()->clear_programme();
  ASSERT_OK_AND_ASSIGN(const CampaignUpdate update, FromProto(request));
  EXPECT_EQ(update.fields.size(), 20u);
}

TEST(Etags, ThatWeDidNotMakeAreStale) {
  const auto request = Text<pb::RemoveDefenceRequest>(R"pb(name: "campaigns/m2/defences/1" etag: "x")pb");
  EXPECT_THAT(FromProto(request), IsOkAndHolds(Field(&DefenceRemoval::version, -1)));
}

TEST(Defences, AreReadBackAsTheyWere) {
  const Defence defence{.campaign = "campaigns/m2",
                        .thesis = "theses/007",
                        .version = 4,
                        .duration_minutes = 80,
                        .equipment = {"projector", "video"}};
  pb::SetDefenceRequest request;
  *request.mutable_defence() = ToProto(defence);
  EXPECT_EQ(request.defence().name(), "campaigns/m2/defences/007");
  EXPECT_THAT(FromProto(request), IsOkAndHolds(defence));

  request.mutable_defence()->clear_thesis();
  EXPECT_THAT(FromProto(request), IsOkAndHolds(defence)) << "the name tells the thesis";
}

TEST(Defences, WhoseNameAndThesisDifferAreRefused) {
  const auto request =
      Text<pb::SetDefenceRequest>(R"pb(defence { name: "campaigns/m2/defences/1" thesis: "theses/2" })pb");
  EXPECT_THAT(RefusedFields(FromProto(request)), ElementsAre("defence.name"));
}

TEST(Availabilities, AreReadBackAsTheyWere) {
  const Availability availability{.campaign = "campaigns/m2",
                                  .person = "people/ana",
                                  .version = 2,
                                  .periods = {Period("2027-06-14", "00:00", "24:00", Answer::kIfNeeded),
                                              Period("2027-06-15", "00:00", "12:00", Answer::kYes),
                                              Period("2027-06-15", "22:00", "24:00", Answer::kNo)}};
  pb::SetAvailabilityRequest request;
  *request.mutable_availability() = ToProto(availability);
  EXPECT_EQ(request.availability().state(), pb::Availability::STATE_ANSWERED);
  EXPECT_EQ(request.availability().periods(0).from(), "") << "the whole day";
  EXPECT_EQ(request.availability().periods(2).to(), "24:00");
  EXPECT_THAT(FromProto(request), IsOkAndHolds(availability));
}

TEST(Availabilities, OfThoseWhoDidNotAnswerSaySo) {
  EXPECT_EQ(ToProto(Availability{.campaign = "campaigns/m2", .person = "people/ana"}).state(),
            pb::Availability::STATE_NOT_ANSWERED);
}

TEST(Availabilities, AreRefusedWithEveryProblem) {
  const auto request = Text<pb::SetAvailabilityRequest>(R"pb(
    availability {
      name: "campaigns/m2/availabilities/ana"
      periods { date: "2027-06-14" answer: ANSWER_YES }
      periods { date: "14 June" answer: ANSWER_YES }
      periods { date: "2027-06-14" from: "09:00" answer: ANSWER_YES }
      periods { date: "2027-06-14" from: "09:00" to: "10:00" }
    })pb");
  EXPECT_THAT(RefusedFields(FromProto(request)),
              ElementsAre("availability.periods[1].date", "availability.periods[2].to",
                          "availability.periods[3].answer"));
}

TEST(Availabilities, ThatEndBeforeTheyBeginAreRefused) {
  const auto request = Text<pb::SetAvailabilityRequest>(R"pb(
    availability {
      name: "campaigns/m2/availabilities/ana"
      periods { date: "2027-06-14" from: "10:00" to: "09:00" answer: ANSWER_YES }
    })pb");
  EXPECT_THAT(RefusedFields(FromProto(request)), ElementsAre("availability.periods[0]"));
}

TEST(Batches, LeaveNamesOut) {
  pb::BatchUpsertCampaignRequest request;
  *request.mutable_campaign() = ToProto(ACampaign());
  request.add_defences()->set_thesis("theses/1");
  request.add_availabilities()->set_person("people/ana");

  ASSERT_OK_AND_ASSIGN(const CampaignBatch batch, FromProto(request));
  EXPECT_THAT(batch.defences, ElementsAre(Field(&Defence::thesis, "theses/1")));
  EXPECT_THAT(batch.availabilities, ElementsAre(Field(&Availability::person, "people/ana")));
}

TEST(Batches, AreRefusedWithEveryProblemOfEveryEntry) {
  pb::BatchUpsertCampaignRequest request;
  *request.mutable_campaign() = ToProto(ACampaign());
  request.mutable_campaign()->set_title("");
  request.add_defences()->set_name("campaigns/m2/defences/1");
  request.add_defences()->set_thesis("theses/2");
  request.add_defences()->set_thesis("theses/2");
  request.mutable_defences(2)->set_duration_minutes(1);
  request.add_availabilities()->set_person("people/ana");
  request.mutable_availabilities(0)->add_periods()->set_date("x");
  request.mutable_availabilities(0)->set_name("campaigns/other/availabilities/ana");
  request.add_availabilities()->set_person("people/ana");

  EXPECT_THAT(RefusedFields(FromProto(request)),
              ElementsAre("defences[0].name", "availabilities[0].periods[0].date",
                          "availabilities[0].periods[0].answer", "availabilities[0].name", "campaign.title",
                          "defences[0].thesis", "defences[2].duration_minutes", "defences[2].thesis",
                          "availabilities[1].person"));
}

TEST(Rules, SayTheirDefaultsAndHowTheCampaignSetsThem) {
  const solver::RuleLine& gaps = solver::LineOf(solver::RuleId::kGaps);
  const solver::RuleLine& unplaced = solver::LineOf(solver::RuleId::kUnplaced);
  const pb::ListRulesResponse message =
      ToProto({{.line = &gaps, .setting = RuleSetting{.rule = "gaps", .level = solver::RuleLevel::kOff}},
               {.line = &unplaced}});

  EXPECT_EQ(message.rules(0).rule(), "gaps");
  EXPECT_EQ(message.rules(0).unit(), gaps.unit);
  EXPECT_EQ(message.rules(0).default_setting().parameter(), *gaps.parameter);
  EXPECT_EQ(message.rules(0).setting().level(), pb::RuleSetting::LEVEL_OFF);
  EXPECT_FALSE(message.rules(0).clash());
  EXPECT_FALSE(message.rules(1).has_setting());
  EXPECT_EQ(message.rules(1).default_setting().level(), pb::RuleSetting::LEVEL_UNSPECIFIED);
}

TEST(Checks, SayEverything) {
  const pb::CheckCampaignResponse message =
      ToProto(CampaignCheck{.findings = {{.severity = Finding::Severity::kConflict,
                                          .kind = "no_common_slot",
                                          .subjects = {"theses/1", "people/ana"},
                                          .message = "..."}},
                            .defence_count = 5,
                            .person_count = 9,
                            .room_count = 2,
                            .silent_count = 3,
                            .placeable_count_bound = 4});
  EXPECT_EQ(message.findings(0).severity(), pb::CheckCampaignResponse::Finding::SEVERITY_CONFLICT);
  EXPECT_EQ(message.findings(0).subjects_size(), 2);
  EXPECT_EQ(message.defence_count(), 5);
  EXPECT_EQ(message.person_count(), 9);
  EXPECT_EQ(message.room_count(), 2);
  EXPECT_EQ(message.silent_count(), 3);
  EXPECT_EQ(message.placeable_count_bound(), 4);
}

}  // namespace
}  // namespace soutenance::scheduling
