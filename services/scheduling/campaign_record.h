#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_RECORD_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_RECORD_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/availability.h"
#include "services/scheduling/campaign.h"
#include "services/scheduling/campaigns.h"
#include "services/scheduling/defence.h"

// The results of mutating calls as bytes, for the time they are kept under a request id (see
// services/base/record.h), and back. Parse returns DATA_LOSS if `bytes` does not come from Serialize.
namespace soutenance::scheduling {

std::string Serialize(const Campaign& campaign);
std::string Serialize(const Defence& defence);
std::string Serialize(const Availability& availability);
std::string Serialize(const CampaignChanges& changes);

absl::Status Parse(absl::string_view bytes, Campaign& campaign);
absl::Status Parse(absl::string_view bytes, Defence& defence);
absl::Status Parse(absl::string_view bytes, Availability& availability);
absl::Status Parse(absl::string_view bytes, CampaignChanges& changes);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_RECORD_H_
