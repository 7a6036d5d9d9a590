#ifndef SOUTENANCE_SERVICES_HOST_DIRECTORY_AUTHENTICATOR_H_
#define SOUTENANCE_SERVICES_HOST_DIRECTORY_AUTHENTICATOR_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/runtime/authenticator.h"
#include "services/runtime/peers.h"
#include "services/runtime/service_identity.h"

namespace soutenance::host {

// Asks the directory whose token it is: directly where the directory is hosted in this process, by a call
// with the identity of this process otherwise. Nothing is kept, so that a revoked token proves nobody on the
// next call. Safe for concurrent use once it serves.
class DirectoryAuthenticator : public runtime::Authenticator {
 public:
  using Identifier = std::function<absl::StatusOr<Caller>(absl::string_view bearer_token)>;

  // `module` is the name under which this process asks. `peers` and `identity` must outlive it.
  DirectoryAuthenticator(runtime::Peers& peers, const runtime::ServiceIdentity& identity, std::string module)
      : peers_(peers), identity_(identity), module_(std::move(module)) {}

  // Says that the directory is hosted here and answers with `identify`. Called before the first call is
  // served, if at all; `identify` must work as long as calls are served.
  void AnswerHere(Identifier identify) { here_ = std::move(identify); }

  absl::StatusOr<Caller> Identify(absl::string_view bearer_token) override;

 private:
  absl::StatusOr<Caller> Ask(absl::string_view bearer_token);

  runtime::Peers& peers_;
  const runtime::ServiceIdentity& identity_;
  const std::string module_;
  Identifier here_;
};

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_DIRECTORY_AUTHENTICATOR_H_
