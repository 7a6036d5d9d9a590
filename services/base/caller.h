#ifndef SOUTENANCE_SERVICES_BASE_CALLER_H_
#define SOUTENANCE_SERVICES_BASE_CALLER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace soutenance {

// What an account may be, within a programme. The values are those of soutenance.access.v1.Role.
enum class Role {
  kStudent,
  kSupervisor,
  kReviewer,
  kJuror,
  kCompanyTutor,
  kStaff,
  kCompanyLiaison,
  kProgrammeHead,
  kAdministrator,
};

inline constexpr Role kAllRoles[] = {
    Role::kStudent, Role::kSupervisor,     Role::kReviewer,      Role::kJuror,         Role::kCompanyTutor,
    Role::kStaff,   Role::kCompanyLiaison, Role::kProgrammeHead, Role::kAdministrator,
};

// The machine name of a role: "programme_head".
absl::string_view RoleName(Role role);

// One role in one programme.
struct Grant {
  Role role;
  std::string programme;  // resource name "programmes/msi", or empty: every programme

  friend bool operator==(const Grant&, const Grant&) = default;
};

// Who is asking. Decided by the call pipeline, never by the caller; used by rules.
struct Caller {
  std::string account;  // resource name "accounts/7f3a", empty when a service asks for itself
  std::string person;   // resource name "people/ana", empty when the account belongs to no person
  std::vector<Grant> grants;
  // The module that asks ("scheduling"), when the call comes from another service. If `account` is also set,
  // the service acts on behalf of that account, whose grants apply.
  std::string service;

  bool IsService() const { return !service.empty(); }

  // Whether one of the grants gives `role` in `programme`. An administrator without programme has every role.
  bool HasRole(Role role, absl::string_view programme) const;

  // Whether one of the grants gives `role` in some programme.
  bool HasRoleAnywhere(Role role) const;
};

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_CALLER_H_
