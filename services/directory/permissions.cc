#include "services/directory/permissions.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"

namespace soutenance::directory {
namespace {

absl::Status NotAllowed(absl::string_view programme, absl::string_view what, absl::string_view who) {
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat(what, " ", programme, " is for ", who, "; ask one of them, or ask for that role"),
               {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"programme", std::string(programme)}}});
}

}  // namespace

bool IsStaffSomewhere(const Caller& caller) {
  return caller.HasRoleAnywhere(Role::kStaff) || caller.HasRoleAnywhere(Role::kProgrammeHead) ||
         caller.HasRoleAnywhere(Role::kAdministrator);
}

absl::Status AllowStaffWork(const Caller& caller) {
  if (AsksForItself(caller) || IsStaffSomewhere(caller)) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied,
               "only staff, programme heads and administrators may do this; ask for such a role",
               {.reason = "ROLE_NOT_ALLOWED"});
}

absl::Status AllowCreation(const Caller& caller, absl::string_view programme) {
  if (AsksForItself(caller) || caller.HasRole(Role::kAdministrator, programme)) return absl::OkStatus();
  return NotAllowed(programme, "creating", "its administrators");
}

absl::Status AllowChange(const Caller& caller, absl::string_view programme) {
  if (AsksForItself(caller) || caller.HasRole(Role::kProgrammeHead, programme) ||
      caller.HasRole(Role::kAdministrator, programme))
    return absl::OkStatus();
  return NotAllowed(programme, "changing", "its head and its administrators");
}

absl::Status AllowGrants(const Caller& caller, const std::vector<Grant>& grants) {
  for (const Grant& grant : grants) {
    if (caller.HasRole(Role::kAdministrator, grant.programme)) continue;
    return NotAllowed(grant.programme.empty() ? absl::string_view("every programme") : grant.programme,
                      "giving or taking roles in", "its administrators");
  }
  return absl::OkStatus();
}

bool Administers(const Caller& caller, const Account& account) {
  return caller.HasRoleAnywhere(Role::kAdministrator) && AllowGrants(caller, account.grants).ok();
}

bool MayUseTokensOf(const Caller& caller, const Account& account) {
  return caller.account == AccountName(account.id) || Administers(caller, account);
}

}  // namespace soutenance::directory
