#include "services/scheduling/rpc/campaign_service.h"

#include <string>
#include <utility>
#include <vector>

#include "services/base/status.h"
#include "services/runtime/wire/requests.h"
#include "services/scheduling/rpc/campaign_proto.h"

namespace soutenance::scheduling {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::CampaignService::service_full_name;

}  // namespace

grpc::Status CampaignService::GetCampaign(grpc::ServerContext* context, const pb::GetCampaignRequest* request,
                                          pb::Campaign* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string name, FromProto(*request));
        ASSIGN_OR_RETURN(const Campaign found, campaigns_.GetCampaign(call.caller(), name));
        *response = ToProto(found);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::ListCampaigns(grpc::ServerContext* context,
                                            const pb::ListCampaignsRequest* request,
                                            pb::ListCampaignsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PageRequest page, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Campaign> found, campaigns_.ListCampaigns(call.caller(), page));
        *response = ToProto(found);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::CreateCampaign(grpc::ServerContext* context,
                                             const pb::CreateCampaignRequest* request,
                                             pb::Campaign* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Campaign campaign, FromProto(*request));
        ASSIGN_OR_RETURN(const Campaign created,
                         campaigns_.CreateCampaign(call.caller(), campaign,
                                                   MakeMutation(call.caller(), "CreateCampaign", *request)));
        *response = ToProto(created);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::UpdateCampaign(grpc::ServerContext* context,
                                             const pb::UpdateCampaignRequest* request,
                                             pb::Campaign* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const CampaignUpdate update, FromProto(*request));
        ASSIGN_OR_RETURN(const Campaign updated,
                         campaigns_.UpdateCampaign(call.caller(), update,
                                                   MakeMutation(call.caller(), "UpdateCampaign", *request)));
        *response = ToProto(updated);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::ListDefences(grpc::ServerContext* context,
                                           const pb::ListDefencesRequest* request,
                                           pb::ListDefencesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const CampaignListQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Defence> found,
                         campaigns_.ListDefences(call.caller(), query.campaign, query.page));
        *response = ToProto(found);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::SetDefence(grpc::ServerContext* context, const pb::SetDefenceRequest* request,
                                         pb::Defence* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Defence defence, FromProto(*request));
        ASSIGN_OR_RETURN(const Defence set,
                         campaigns_.SetDefence(call.caller(), defence,
                                               MakeMutation(call.caller(), "SetDefence", *request)));
        *response = ToProto(set);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::RemoveDefence(grpc::ServerContext* context,
                                            const pb::RemoveDefenceRequest* request,
                                            google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DefenceRemoval removal, FromProto(*request));
        return campaigns_.RemoveDefence(call.caller(), removal.key, removal.version,
                                        MakeMutation(call.caller(), "RemoveDefence", *request));
      },
      response);
}

grpc::Status CampaignService::GetAvailability(grpc::ServerContext* context,
                                              const pb::GetAvailabilityRequest* request,
                                              pb::Availability* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const AvailabilityKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const Availability found, campaigns_.GetAvailability(call.caller(), key));
        *response = ToProto(found);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::ListAvailabilities(grpc::ServerContext* context,
                                                 const pb::ListAvailabilitiesRequest* request,
                                                 pb::ListAvailabilitiesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const CampaignListQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Availability> found,
                         campaigns_.ListAvailabilities(call.caller(), query.campaign, query.page));
        *response = ToProto(found);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::SetAvailability(grpc::ServerContext* context,
                                              const pb::SetAvailabilityRequest* request,
                                              pb::Availability* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Availability availability, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Availability set,
            campaigns_.SetAvailability(call.caller(), availability,
                                       MakeMutation(call.caller(), "SetAvailability", *request)));
        *response = ToProto(set);
        // Also when nothing was written: it is an answer that was looked at.
        response->set_state(pb::Availability::STATE_ANSWERED);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::ListRules(grpc::ServerContext* context, const pb::ListRulesRequest* request,
                                        pb::ListRulesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string campaign, FromProto(*request));
        ASSIGN_OR_RETURN(const std::vector<RuleInCampaign> rules,
                         campaigns_.ListRules(call.caller(), campaign));
        *response = ToProto(rules);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::CheckCampaign(grpc::ServerContext* context,
                                            const pb::CheckCampaignRequest* request,
                                            pb::CheckCampaignResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string name, FromProto(*request));
        ASSIGN_OR_RETURN(const CampaignCheck check,
                         campaigns_.CheckCampaign(call.caller(), name, request->language()));
        *response = ToProto(check);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CampaignService::BatchUpsertCampaign(grpc::ServerContext* context,
                                                  const pb::BatchUpsertCampaignRequest* request,
                                                  pb::BatchUpsertCampaignResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(CampaignBatch batch, FromProto(*request));
        ASSIGN_OR_RETURN(
            const CampaignChanges changes,
            campaigns_.BatchUpsertCampaign(call.caller(), std::move(batch),
                                           MakeMutation(call.caller(), "BatchUpsertCampaign", *request)));
        *response = ToProto(changes);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::scheduling
