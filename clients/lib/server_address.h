#ifndef SOUTENANCE_CLIENTS_LIB_SERVER_ADDRESS_H_
#define SOUTENANCE_CLIENTS_LIB_SERVER_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/lib/language.h"

namespace soutenance::clients {

// Where a server is, understood.
struct ServerAddress {
  enum class Security {
    kNone,  // a Unix socket or loopback: what is sent stays on this machine
    kTls,   // anything else
  };
  std::string target;  // as gRPC takes it: "unix:/run/s.sock", "127.0.0.1:7001", "defences.example.org:443"
  Security security = Security::kNone;
};

// Reads "unix:/path", "127.0.0.1:7001", "[::1]:7001", "localhost:7001" or "https://host[:port]". A usage
// error in `language` for anything else, in particular for other hosts without https: the token would be
// readable on the way.
absl::StatusOr<ServerAddress> ParseServerAddress(absl::string_view text, Language language);

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_SERVER_ADDRESS_H_
