#include "services/base/caller.h"

#include <algorithm>

namespace soutenance {

absl::string_view RoleName(Role role) {
  switch (role) {
    case Role::kStudent:
      return "student";
    case Role::kSupervisor:
      return "supervisor";
    case Role::kReviewer:
      return "reviewer";
    case Role::kJuror:
      return "juror";
    case Role::kCompanyTutor:
      return "company_tutor";
    case Role::kStaff:
      return "staff";
    case Role::kCompanyLiaison:
      return "company_liaison";
    case Role::kProgrammeHead:
      return "programme_head";
    case Role::kAdministrator:
      return "administrator";
  }
  return "";
}

bool Caller::HasRole(Role role, absl::string_view programme) const {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    const bool everywhere = grant.programme.empty();
    if (everywhere && grant.role == Role::kAdministrator) return true;
    return grant.role == role && (everywhere || absl::string_view(grant.programme) == programme);
  });
}

bool Caller::HasRoleAnywhere(Role role) const {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) { return grant.role == role; });
}

}  // namespace soutenance
