#include "services/scheduling/campaign_access.h"

#include <algorithm>

#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::scheduling {
bool MayKnowProgramme(const Caller& caller, absl::string_view programme) {
  return AsksForItself(caller) ||
         std::any_of(caller.grants.begin(), caller.grants.end(), [&](const Grant& grant) {
           return grant.programme.empty() || absl::string_view(grant.programme) == programme;
         });
}

absl::Status CheckMayKnow(const Caller& caller, const Campaign& campaign) {
  if (MayKnowProgramme(caller, campaign.programme)) return absl::OkStatus();
  return NotFound("campaign", campaign.name);
}

absl::Status CheckStaff(const Caller& caller, const Campaign& campaign) {
  RETURN_IF_ERROR(CheckMayKnow(caller, campaign));
  return CheckRunsProgramme(caller, campaign.programme);
}

}  // namespace soutenance::scheduling
