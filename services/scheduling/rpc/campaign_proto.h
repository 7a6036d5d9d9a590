#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_CAMPAIGN_PROTO_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_CAMPAIGN_PROTO_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/scheduling/campaigns.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

namespace soutenance::scheduling {

namespace pb = ::soutenance::scheduling::v1;

// A list of what belongs to one campaign.
struct CampaignListQuery {
  std::string campaign;  // "campaigns/{id}"
  PageRequest page;
};

struct DefenceRemoval {
  DefenceKey key;
  int64_t version = 0;
};

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists everything that cannot be accepted in it:
// what is not a date, a time, a name, and also every setting that the use cases would refuse, so that a form
// can show all at once.
absl::StatusOr<std::string> FromProto(const pb::GetCampaignRequest& request);  // the campaign's name
absl::StatusOr<PageRequest> FromProto(const pb::ListCampaignsRequest& request);
absl::StatusOr<Campaign> FromProto(const pb::CreateCampaignRequest& request);
absl::StatusOr<CampaignUpdate> FromProto(const pb::UpdateCampaignRequest& request);
absl::StatusOr<CampaignListQuery> FromProto(const pb::ListDefencesRequest& request);
absl::StatusOr<Defence> FromProto(const pb::SetDefenceRequest& request);
absl::StatusOr<DefenceRemoval> FromProto(const pb::RemoveDefenceRequest& request);
absl::StatusOr<AvailabilityKey> FromProto(const pb::GetAvailabilityRequest& request);
absl::StatusOr<CampaignListQuery> FromProto(const pb::ListAvailabilitiesRequest& request);
absl::StatusOr<Availability> FromProto(const pb::SetAvailabilityRequest& request);
absl::StatusOr<std::string> FromProto(const pb::ListRulesRequest& request);      // a campaign or empty
absl::StatusOr<std::string> FromProto(const pb::CheckCampaignRequest& request);  // the campaign's name
absl::StatusOr<CampaignBatch> FromProto(const pb::BatchUpsertCampaignRequest& request);

// Write an answer. Cannot fail.
pb::Campaign ToProto(const Campaign& campaign);
pb::Defence ToProto(const Defence& defence);
pb::Availability ToProto(const Availability& availability);
pb::ListCampaignsResponse ToProto(const Page<Campaign>& page);
pb::ListDefencesResponse ToProto(const Page<Defence>& page);
pb::ListAvailabilitiesResponse ToProto(const Page<Availability>& page);
pb::ListRulesResponse ToProto(const std::vector<RuleInCampaign>& rules);
pb::CheckCampaignResponse ToProto(const CampaignCheck& check);
pb::BatchUpsertCampaignResponse ToProto(const CampaignChanges& changes);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_CAMPAIGN_PROTO_H_
