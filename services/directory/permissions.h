#ifndef SOUTENANCE_SERVICES_DIRECTORY_PERMISSIONS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_PERMISSIONS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/directory/account.h"

// Who may see and change what. Programmes are resource names. A service that asks for itself may do
// everything that the contract lets services do at all.
namespace soutenance::directory {

// Whether `caller` works with everybody's data: staff, programme head or administrator of some programme.
bool IsStaffSomewhere(const Caller& caller);

// PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, unless `caller` is staff somewhere. The pipeline asked the same
// of people, but a service may call for anybody.
absl::Status AllowStaffWork(const Caller& caller);

// PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, unless `caller` may do to `programme` what the name says.
absl::Status AllowCreation(const Caller& caller, absl::string_view programme);
absl::Status AllowChange(const Caller& caller, absl::string_view programme);

// OK if `caller` may give or take each of `grants`: nobody gives what they do not administer.
absl::Status AllowGrants(const Caller& caller, const std::vector<Grant>& grants);

// Whether `caller` administers every programme in which `account` is something.
bool Administers(const Caller& caller, const Account& account);

// Whether `caller` may see, make and revoke tokens of `account`: their own, or one that they administer.
bool MayUseTokensOf(const Caller& caller, const Account& account);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_PERMISSIONS_H_
