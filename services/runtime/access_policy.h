#ifndef SOUTENANCE_SERVICES_RUNTIME_ACCESS_POLICY_H_
#define SOUTENANCE_SERVICES_RUNTIME_ACCESS_POLICY_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"

namespace soutenance::runtime {

// What the contract says about calling one method: its (soutenance.access.v1.access) option with the defaults
// filled in.
struct MethodAccess {
  std::vector<Role> roles;     // any of these, in some programme
  bool authenticated = false;  // every account
  bool services = false;       // other services, for themselves or on behalf of an account
  int64_t request_bytes_max = int64_t{1} << 20;
  absl::Duration time_max = absl::Seconds(10);
  bool streams = false;  // the request or the answer is a stream
};

// Who may call what, read once from the descriptors that are linked into this program. Immutable.
class AccessPolicy {
 public:
  // Reads the option of every method of `services` (full names, "soutenance.directory.v1.AccountService").
  // FAILED_PRECONDITION with reason METHOD_WITHOUT_ACCESS if a method says nobody, or names a role that does
  // not exist; NOT_FOUND if no such service is linked.
  static absl::StatusOr<AccessPolicy> Create(const std::vector<std::string>& services);

  // Null if the method is not one of the policy's services.
  const MethodAccess* Find(absl::string_view service, absl::string_view method) const;

 private:
  std::map<std::string, MethodAccess> methods_;  // by "service/method"
};

// OK if `caller` may call a method with `access`; otherwise PERMISSION_DENIED, reason ROLE_NOT_ALLOWED with
// the allowed roles in the metadata, or SERVICE_NOT_ALLOWED for a service.
absl::Status Allow(const MethodAccess& access, const Caller& caller, absl::string_view method);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_ACCESS_POLICY_H_
