#include "services/scheduling/campaign_access.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::scheduling {
namespace {

bool AsksForItself(const Caller& caller) { return caller.IsService() && caller.account.empty(); }

}  // namespace

bool MayKnowProgramme(const Caller& caller, absl::string_view programme) {
  return AsksForItself(caller) ||
         std::any_of(caller.grants.begin(), caller.grants.end(), [&](const Grant& grant) {
           return grant.programme.empty() || absl::string_view(grant.programme) == programme;
         });
}

bool IsStaffOf(const Caller& caller, absl::string_view programme) {
  return AsksForItself(caller) || caller.HasRole(Role::kStaff, programme) ||
         caller.HasRole(Role::kProgrammeHead, programme) || caller.HasRole(Role::kAdministrator, programme);
}

absl::Status CheckMayKnow(const Caller& caller, const Campaign& campaign) {
  if (MayKnowProgramme(caller, campaign.programme)) return absl::OkStatus();
  return NotFound("campaign", campaign.name);
}

absl::Status CheckStaffOf(const Caller& caller, absl::string_view programme) {
  if (IsStaffOf(caller, programme)) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("this needs one of the roles staff, programme_head, administrator in ", programme,
                            "; an administrator can give it to the account"),
               {.reason = "ROLE_NOT_ALLOWED",
                .metadata = {{"programme", std::string(programme)},
                             {"roles", "staff, programme_head, administrator"}}});
}

absl::Status CheckStaff(const Caller& caller, const Campaign& campaign) {
  if (!MayKnowProgramme(caller, campaign.programme)) return NotFound("campaign", campaign.name);
  return CheckStaffOf(caller, campaign.programme);
}

}  // namespace soutenance::scheduling
