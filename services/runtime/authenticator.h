#ifndef SOUTENANCE_SERVICES_RUNTIME_AUTHENTICATOR_H_
#define SOUTENANCE_SERVICES_RUNTIME_AUTHENTICATOR_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"

namespace soutenance::runtime {

// Says who presents a bearer token. The host gives the implementation: the directory itself where it is
// hosted in this process, a call to it elsewhere. Safe for concurrent use.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // UNAUTHENTICATED with reason TOKEN_INVALID, TOKEN_EXPIRED or TOKEN_REVOKED if `bearer_token` proves
  // nobody; UNAVAILABLE if it cannot be told now. No error contains the token.
  virtual absl::StatusOr<Caller> Identify(absl::string_view bearer_token) = 0;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_AUTHENTICATOR_H_
