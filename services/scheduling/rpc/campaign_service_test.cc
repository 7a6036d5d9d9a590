#include "services/scheduling/rpc/campaign_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "services/scheduling/rpc/campaign_proto.h"
#include "services/scheduling/testing/campaigns_fixture.h"
#include "services/scheduling/testing/samples.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::runtime::testing::Pipeline;
using ::soutenance::scheduling::testing::ACampaign;
using ::soutenance::scheduling::testing::Ana;
using ::soutenance::scheduling::testing::CampaignsFixture;
using ::soutenance::scheduling::testing::FieldsOf;
using ::soutenance::scheduling::testing::Staff;
using ::soutenance::scheduling::testing::Stranger;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = pb::CampaignService::Stub;

class CampaignServiceTest : public CampaignsFixture {
 protected:
  CampaignServiceTest() {
    pipeline_.authenticator().Add("staff", Staff());
    pipeline_.authenticator().Add("ana", Ana());
    pipeline_.authenticator().Add("law", Stranger());
    stub_ = pb::CampaignService::NewStub(pipeline_.Serve({&service_}));
  }

  // Calls `method` with the token of an account.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const std::string& token, const Request& request) {
    grpc::ClientContext context;
    Pipeline::Prepare(context, token);
    return Answer(method, context, request);
  }

  // Calls `method` as the service "directory" for `caller`.
  template <typename Request, typename Response>
  absl::StatusOr<Response> CallAsDirectory(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                                        Response*),
                                           const Caller& caller, const Request& request) {
    grpc::ClientContext context;
    pipeline_.PrepareAsService(context, "directory", caller);
    return Answer(method, context, request);
  }

  absl::StatusOr<pb::Campaign> Create(const std::string& token = "staff") {
    pb::CreateCampaignRequest request;
    request.set_campaign_id("m2");
    *request.mutable_campaign() = ToProto(ACampaign());
    return Call(&Stub::CreateCampaign, token, request);
  }

  absl::StatusOr<pb::Defence> SetDefence(const std::string& thesis) {
    pb::SetDefenceRequest request;
    request.mutable_defence()->set_name("campaigns/m2/defences/" + thesis);
    return Call(&Stub::SetDefence, "staff", request);
  }

  absl::StatusOr<pb::Availability> SetAvailability(const std::string& token, const std::string& person) {
    pb::SetAvailabilityRequest request;
    request.mutable_availability()->set_name("campaigns/m2/availabilities/" + person);
    pb::AvailabilityPeriod& period = *request.mutable_availability()->add_periods();
    period.set_date("2027-06-14");
    period.set_answer(pb::AvailabilityPeriod::ANSWER_YES);
    return Call(&Stub::SetAvailability, token, request);
  }

 private:
  template <typename Request, typename Response>
  absl::StatusOr<Response> Answer(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  grpc::ClientContext& context, const Request& request) {
    Response response;
    const grpc::Status status = ((*stub_).*method)(&context, request, &response);
    if (!status.ok()) return runtime::FromGrpc(status);
    return response;
  }

  Pipeline pipeline_{"scheduling", {pb::CampaignService::service_full_name()}};
  CampaignService service_{campaigns, pipeline_.calls()};
  std::unique_ptr<Stub> stub_;
};

TEST_F(CampaignServiceTest, ACampaignIsCreatedReadListedAndChanged) {
  ASSERT_OK_AND_ASSIGN(const pb::Campaign created, Create());
  EXPECT_EQ(created.etag(), "v1");
  pb::GetCampaignRequest get;
  get.set_name("campaigns/m2");
  ASSERT_OK_AND_ASSIGN(const pb::Campaign found, Call(&Stub::GetCampaign, "ana", get));
  EXPECT_EQ(found.DebugString(), created.DebugString());

  pb::UpdateCampaignRequest update;
  update.mutable_campaign()->set_name("campaigns/m2");
  update.mutable_campaign()->set_etag("v1");
  update.mutable_campaign()->set_grid_minutes(20);
  update.mutable_update_mask()->add_paths("grid_minutes");
  ASSERT_OK_AND_ASSIGN(const pb::Campaign changed, Call(&Stub::UpdateCampaign, "staff", update));
  EXPECT_EQ(changed.grid_minutes(), 20);
  EXPECT_EQ(changed.etag(), "v2");
  EXPECT_THAT(Call(&Stub::UpdateCampaign, "staff", update),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));

  ASSERT_OK_AND_ASSIGN(const pb::ListCampaignsResponse list,
                       Call(&Stub::ListCampaigns, "staff", pb::ListCampaignsRequest()));
  EXPECT_EQ(list.campaigns_size(), 1);
}

TEST_F(CampaignServiceTest, RolesAreOfTheProgramme) {
  EXPECT_THAT(Create("ana"), StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(Create("law"), StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(Create("nobody"), StatusIs(absl::StatusCode::kUnauthenticated));
  ASSERT_OK(Create());
  pb::GetCampaignRequest get;
  get.set_name("campaigns/m2");
  EXPECT_THAT(Call(&Stub::GetCampaign, "law", get),
              StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND")));
}

TEST_F(CampaignServiceTest, EveryRefusedFieldReachesTheClient) {
  pb::CreateCampaignRequest request;
  request.set_campaign_id("m2");
  *request.mutable_campaign() = ToProto(ACampaign());
  request.mutable_campaign()->set_days(0, "14/06/2027");
  request.mutable_campaign()->set_language("de");
  EXPECT_THAT(FieldsOf(Call(&Stub::CreateCampaign, "staff", request).status()),
              ElementsAre("campaign.days[0]", "campaign.language"));
}

TEST_F(CampaignServiceTest, DefencesAreSetListedAndRemoved) {
  ASSERT_OK(Create());
  ASSERT_OK(SetDefence("1"));
  ASSERT_OK(SetDefence("2"));
  EXPECT_THAT(FieldsOf(SetDefence("3").status()), ElementsAre("defence.thesis"));

  pb::ListDefencesRequest list;
  list.set_parent("campaigns/m2");
  list.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const pb::ListDefencesResponse first, Call(&Stub::ListDefences, "staff", list));
  EXPECT_EQ(first.defences(0).thesis(), "theses/1");
  list.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const pb::ListDefencesResponse second, Call(&Stub::ListDefences, "staff", list));
  EXPECT_EQ(second.defences(0).name(), "campaigns/m2/defences/2");
  EXPECT_EQ(second.next_page_token(), "");

  pb::RemoveDefenceRequest remove;
  remove.set_name("campaigns/m2/defences/1");
  remove.set_etag("v1");
  EXPECT_OK(Call(&Stub::RemoveDefence, "staff", remove));
  EXPECT_THAT(Call(&Stub::RemoveDefence, "staff", remove),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
}

TEST_F(CampaignServiceTest, PeopleAnswerForThemselvesAndStaffSeeIt) {
  ASSERT_OK(Create());
  pb::GetAvailabilityRequest get;
  get.set_name("campaigns/m2/availabilities/ana");
  ASSERT_OK_AND_ASSIGN(const pb::Availability none, Call(&Stub::GetAvailability, "ana", get));
  EXPECT_EQ(none.state(), pb::Availability::STATE_NOT_ANSWERED);
  EXPECT_EQ(none.etag(), "");

  ASSERT_OK_AND_ASSIGN(const pb::Availability answer, SetAvailability("ana", "ana"));
  EXPECT_EQ(answer.state(), pb::Availability::STATE_ANSWERED);
  EXPECT_EQ(answer.entered_by(), "accounts/ana");
  EXPECT_THAT(SetAvailability("ana", "bob"),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));

  pb::ListAvailabilitiesRequest list;
  list.set_parent("campaigns/m2");
  ASSERT_OK_AND_ASSIGN(const pb::ListAvailabilitiesResponse all,
                       Call(&Stub::ListAvailabilities, "staff", list));
  ASSERT_EQ(all.availabilities_size(), 1);
  EXPECT_EQ(all.availabilities(0).DebugString(), answer.DebugString());
}

TEST_F(CampaignServiceTest, AValidatedAnswerIsShownAsAnAnswer) {
  ASSERT_OK(Create());
  pb::SetAvailabilityRequest request;
  request.mutable_availability()->set_name("campaigns/m2/availabilities/ana");
  request.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const pb::Availability answer, Call(&Stub::SetAvailability, "ana", request));
  EXPECT_EQ(answer.state(), pb::Availability::STATE_ANSWERED);
  EXPECT_EQ(answer.etag(), "");
}

TEST_F(CampaignServiceTest, TheRulebookIsForEverybody) {
  ASSERT_OK_AND_ASSIGN(const pb::ListRulesResponse rules,
                       Call(&Stub::ListRules, "law", pb::ListRulesRequest()));
  EXPECT_EQ(rules.rules_size(), solver::kRuleCount);
}

TEST_F(CampaignServiceTest, ACheckSaysWhatIsMissing) {
  ASSERT_OK(Create());
  ASSERT_OK(SetDefence("1"));
  pb::CheckCampaignRequest request;
  request.set_name("campaigns/m2");
  ASSERT_OK_AND_ASSIGN(const pb::CheckCampaignResponse check, Call(&Stub::CheckCampaign, "staff", request));

  std::vector<std::string> kinds;
  for (const auto& finding : check.findings()) kinds.push_back(finding.kind());
  EXPECT_THAT(kinds, ElementsAre("no_jury", "no_answer"));
  EXPECT_EQ(check.defence_count(), 1);
  EXPECT_EQ(check.placeable_count_bound(), 1);
}

TEST_F(CampaignServiceTest, TheImportUpsertsWhatNobodyKnowsYet) {
  pb::BatchUpsertCampaignRequest request;
  *request.mutable_campaign() = ToProto(ACampaign());
  request.add_defences()->set_thesis("theses/new");
  request.add_availabilities()->set_person("people/new");
  request.set_request_id("import-1");
  EXPECT_THAT(FieldsOf(Call(&Stub::BatchUpsertCampaign, "staff", request).status()),
              ElementsAre("defences[0].thesis", "availabilities[0].person"));

  ASSERT_OK_AND_ASSIGN(const pb::BatchUpsertCampaignResponse changes,
                       CallAsDirectory(&Stub::BatchUpsertCampaign, Staff(), request));
  EXPECT_EQ(changes.campaigns().created_count(), 1);
  EXPECT_EQ(changes.defences().changes(0).resource(), "campaigns/m2/defences/new");
  EXPECT_EQ(changes.availabilities().created_count(), 1);

  ASSERT_OK_AND_ASSIGN(const pb::BatchUpsertCampaignResponse again,
                       CallAsDirectory(&Stub::BatchUpsertCampaign, Staff(), request));
  EXPECT_EQ(again.DebugString(), changes.DebugString()) << "the same request id";
}

TEST_F(CampaignServiceTest, TheLargestBatchGoesThrough) {
  pb::BatchUpsertCampaignRequest request;
  *request.mutable_campaign() = ToProto(ACampaign());
  for (int i = 0; i < 5'000; ++i) request.add_defences()->set_thesis("theses/" + std::to_string(i));
  for (int i = 0; i < 10'000; ++i) {
    pb::Availability& answer = *request.add_availabilities();
    answer.set_person("people/" + std::to_string(i));
    for (int day = 0; day < 20; ++day) {
      pb::AvailabilityPeriod& period = *answer.add_periods();
      period.set_date(DateText(absl::CivilDay(2027, 6, 1) + day));
      period.set_from("09:00");
      period.set_to("12:00");
      period.set_answer(pb::AvailabilityPeriod::ANSWER_YES);
    }
  }
  ASSERT_GT(request.ByteSizeLong(), 4u << 20) << "more than the usual limit of a message";
  ASSERT_OK_AND_ASSIGN(const pb::BatchUpsertCampaignResponse changes,
                       CallAsDirectory(&Stub::BatchUpsertCampaign, Staff(), request));
  EXPECT_EQ(changes.defences().created_count(), 5'000);
  EXPECT_EQ(changes.availabilities().created_count(), 10'000);
}

}  // namespace
}  // namespace soutenance::scheduling
