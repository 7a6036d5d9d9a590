#include "services/base/programme_roles.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance {
namespace {

bool Runs(Role role) {
  return role == Role::kStaff || role == Role::kProgrammeHead || role == Role::kAdministrator;
}

}  // namespace

bool AsksForItself(const Caller& caller) { return caller.IsService() && caller.account.empty(); }

bool RunsProgramme(const Caller& caller, absl::string_view programme) {
  return AsksForItself(caller) || caller.HasRole(Role::kStaff, programme) ||
         caller.HasRole(Role::kProgrammeHead, programme) || caller.HasRole(Role::kAdministrator, programme);
}

bool RunsEveryProgramme(const Caller& caller) {
  return AsksForItself(caller) ||
         std::any_of(caller.grants.begin(), caller.grants.end(),
                     [](const Grant& grant) { return grant.programme.empty() && Runs(grant.role); });
}

std::vector<std::string> ProgrammesRunBy(const Caller& caller) {
  std::set<std::string> programmes;
  for (const Grant& grant : caller.grants) {
    if (!grant.programme.empty() && Runs(grant.role)) programmes.insert(grant.programme);
  }
  return {programmes.begin(), programmes.end()};
}

absl::Status CheckRunsProgramme(const Caller& caller, absl::string_view programme) {
  if (RunsProgramme(caller, programme)) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("this account is neither staff nor head nor administrator of ", programme,
                            "; an administrator can give it one of these roles"),
               {.reason = "ROLE_NOT_ALLOWED",
                .metadata = {{"programme", std::string(programme)},
                             {"roles", "staff, programme_head, administrator"}}});
}

}  // namespace soutenance
