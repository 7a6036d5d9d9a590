#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_ACCESS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_ACCESS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/scheduling/campaign.h"

// Who may do what with a campaign. Roles count within its programme; what the caller may not know of is
// indistinguishable from what is not there.
namespace soutenance::scheduling {

// Whether `caller` has some role in `programme`, or is a service that asks for itself.
bool MayKnowProgramme(const Caller& caller, absl::string_view programme);

// OK if the caller has some role in the programme of `campaign`; otherwise NOT_FOUND, reason
// CAMPAIGN_NOT_FOUND.
absl::Status CheckMayKnow(const Caller& caller, const Campaign& campaign);

// OK for those who run the programme (services/base/programme_roles.h). NOT_FOUND, reason CAMPAIGN_NOT_FOUND,
// for those who may not know of the campaign; PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, for the others.
absl::Status CheckStaff(const Caller& caller, const Campaign& campaign);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_ACCESS_H_
