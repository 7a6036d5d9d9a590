#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_CAMPAIGN_SERVICE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_CAMPAIGN_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/scheduling/campaigns.h"
#include "soutenance/scheduling/v1/campaigns.grpc.pb.h"

namespace soutenance::scheduling {

// The wire side of Campaigns; the contract is campaigns.proto. Safe for concurrent use.
class CampaignService final : public v1::CampaignService::Service {
 public:
  // Both must outlive it.
  CampaignService(Campaigns& campaigns, const runtime::Calls& calls) : campaigns_(campaigns), calls_(calls) {}

  grpc::Status GetCampaign(grpc::ServerContext* context, const v1::GetCampaignRequest* request,
                           v1::Campaign* response) override;
  grpc::Status ListCampaigns(grpc::ServerContext* context, const v1::ListCampaignsRequest* request,
                             v1::ListCampaignsResponse* response) override;
  grpc::Status CreateCampaign(grpc::ServerContext* context, const v1::CreateCampaignRequest* request,
                              v1::Campaign* response) override;
  grpc::Status UpdateCampaign(grpc::ServerContext* context, const v1::UpdateCampaignRequest* request,
                              v1::Campaign* response) override;
  grpc::Status ListDefences(grpc::ServerContext* context, const v1::ListDefencesRequest* request,
                            v1::ListDefencesResponse* response) override;
  grpc::Status SetDefence(grpc::ServerContext* context, const v1::SetDefenceRequest* request,
                          v1::Defence* response) override;
  grpc::Status RemoveDefence(grpc::ServerContext* context, const v1::RemoveDefenceRequest* request,
                             google::protobuf::Empty* response) override;
  grpc::Status GetAvailability(grpc::ServerContext* context, const v1::GetAvailabilityRequest* request,
                               v1::Availability* response) override;
  grpc::Status ListAvailabilities(grpc::ServerContext* context, const v1::ListAvailabilitiesRequest* request,
                                  v1::ListAvailabilitiesResponse* response) override;
  grpc::Status SetAvailability(grpc::ServerContext* context, const v1::SetAvailabilityRequest* request,
                               v1::Availability* response) override;
  grpc::Status ListRules(grpc::ServerContext* context, const v1::ListRulesRequest* request,
                         v1::ListRulesResponse* response) override;
  grpc::Status CheckCampaign(grpc::ServerContext* context, const v1::CheckCampaignRequest* request,
                             v1::CheckCampaignResponse* response) override;
  grpc::Status BatchUpsertCampaign(grpc::ServerContext* context,
                                   const v1::BatchUpsertCampaignRequest* request,
                                   v1::BatchUpsertCampaignResponse* response) override;

 private:
  Campaigns& campaigns_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_CAMPAIGN_SERVICE_H_
