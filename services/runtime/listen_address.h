#ifndef SOUTENANCE_SERVICES_RUNTIME_LISTEN_ADDRESS_H_
#define SOUTENANCE_SERVICES_RUNTIME_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::runtime {

// An address to listen on, understood.
struct ListenAddress {
  std::string text;         // as given
  std::string socket_path;  // of a unix socket; otherwise empty
  std::string host;         // of a TCP address: "127.0.0.1", "::1"
  bool IsUnix() const { return !socket_path.empty(); }
  bool IsLoopback() const;
};

// Reads "unix:/path", "127.0.0.1:7001", "[::1]:7001" or "localhost:7001". INVALID_ARGUMENT with reason
// ADDRESS_INVALID if it is none of these, or if the path is not absolute or longer than a socket address can
// hold.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text);

// Makes a unix address ready to bind: creates its folder (0700) and removes a socket that nobody answers.
// UNAVAILABLE with reason ADDRESS_IN_USE if a server answers there; FAILED_PRECONDITION if the file is not a
// socket or the folder cannot be made.
absl::Status PrepareSocket(const ListenAddress& address);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_LISTEN_ADDRESS_H_
