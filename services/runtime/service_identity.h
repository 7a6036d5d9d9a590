#ifndef SOUTENANCE_SERVICES_RUNTIME_SERVICE_IDENTITY_H_
#define SOUTENANCE_SERVICES_RUNTIME_SERVICE_IDENTITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/base/clock.h"

namespace soutenance::runtime {

// The metadata key under which a service proves itself to another.
inline constexpr char kServiceTokenKey[] = "x-soutenance-service";

// How services prove themselves to each other and say for whom they ask: a short text signed with a key that
// all processes of one installation share (HMAC-SHA-512-256 of libsodium). A token lives kLifetime, so clocks
// of the machines may differ by less than that. Safe for concurrent use.
class ServiceIdentity {
 public:
  static constexpr absl::Duration kLifetime = absl::Seconds(60);

  // Reads the key from the file at `path`: 64 hexadecimal digits, readable by its owner only. `clock` must
  // outlive the identity. NOT_FOUND, FAILED_PRECONDITION (others may read it) or INVALID_ARGUMENT.
  static absl::StatusOr<ServiceIdentity> FromKeyFile(const std::string& path, const Clock& clock);

  // A key that only this process knows, for an installation of one process. Ends the process if the machine
  // has no source of randomness.
  static ServiceIdentity WithRandomKey(const Clock& clock);

  // A token by which `module` asks on behalf of the account of `caller`, or for itself if that has none.
  std::string Sign(absl::string_view module, const Caller& on_behalf_of) const;

  // Who signed `token`: a Caller with `service` set, and with the account, person and grants it acts for.
  // UNAUTHENTICATED with reason TOKEN_INVALID or TOKEN_EXPIRED.
  absl::StatusOr<Caller> Verify(absl::string_view token) const;

 private:
  ServiceIdentity(std::string key, const Clock& clock);
  std::string Mac(absl::string_view payload) const;

  std::string key_;
  const Clock* clock_;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_SERVICE_IDENTITY_H_
