#ifndef SOUTENANCE_SERVICES_RUNTIME_SERVER_H_
#define SOUTENANCE_SERVICES_RUNTIME_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace grpc {
class Server;
}

namespace soutenance::runtime {

class HealthService;

// Where and how a server listens.
struct ServerOptions {
  // "unix:/path/to/socket" or "127.0.0.1:7001"; port 0 lets the system choose. Empty: in process only.
  std::vector<std::string> listen;
  // What stands in front of an address that is not loopback and terminates TLS and HTTP/2 there: "nginx".
  // Empty: such addresses are refused, because this gRPC must not face a network by itself.
  std::string public_listener_behind;
};

// One service to serve. Not owned.
struct NamedService {
  std::string name;  // full name in the contract: "soutenance.directory.v1.AccountService"
  grpc::Service* service;
};

// A gRPC server with what every server of ours has: size and stream limits, health per service (NOT_SERVING
// until told otherwise), reflection unless it listens publicly, and an orderly stop. Safe for concurrent use.
class Server {
 public:
  static constexpr int kReceiveBytesMax = 16 << 20;  // of one message; Calls enforces the limit per method
  static constexpr absl::Duration kStopGrace = absl::Seconds(5);

  // Starts to listen. `services` must outlive the server. INVALID_ARGUMENT with reason ADDRESS_INVALID;
  // FAILED_PRECONDITION with reason ADDRESS_PUBLIC; UNAVAILABLE with reason ADDRESS_IN_USE if another server
  // answers there. A socket file that nobody answers is removed; the socket has mode 0600 and a folder made
  // for it 0700.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       const std::vector<NamedService>& services);
  // Stops, if that is not done yet.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The addresses at which clients reach it, with the port that the system chose: "unix:...",
  // "127.0.0.1:41234".
  const std::vector<std::string>& addresses() const { return addresses_; }

  // What grpc.health.v1.Health answers for `service` (a full name).
  void SetServing(absl::string_view service, bool serving);

  // What it answers for the server as a whole.
  void SetServing(bool serving);

  // A channel that stays inside this process.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Says NOT_SERVING, refuses new calls, lets those in progress finish for at most kStopGrace, and cancels
  // the rest. Returns when no handler runs any more. Not to be called from a signal handler. Harmless if
  // repeated.
  void Stop();

 private:
  Server(std::unique_ptr<HealthService> health, std::unique_ptr<grpc::Server> server,
         std::vector<std::string> addresses);

  std::unique_ptr<HealthService> health_;  // outlives the server
  std::unique_ptr<grpc::Server> server_;
  std::vector<std::string> addresses_;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_SERVER_H_
