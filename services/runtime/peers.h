#ifndef SOUTENANCE_SERVICES_RUNTIME_PEERS_H_
#define SOUTENANCE_SERVICES_RUNTIME_PEERS_H_

#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::runtime {

// How one module reaches another: in process if this process hosts it, otherwise at its configured address.
// Service code cannot tell the difference. One channel per peer, made on first use: a service may be built
// before the server, and asks for the channel when it first calls. Safe for concurrent use.
class Peers {
 public:
  // `addresses`: where the modules are that other processes host, by name: {"directory",
  // "unix:/run/soutenance/directory.sock"} or "dns:///directory:7001".
  explicit Peers(std::map<std::string, std::string> addresses) : addresses_(std::move(addresses)) {}

  // Says that `modules` are hosted here, behind `in_process`, which is called when a channel is first needed.
  // Called once, before the first call is served.
  void SetHosted(std::set<std::string> modules, std::function<std::shared_ptr<grpc::Channel>()> in_process);

  // The channel to the module `peer`. UNAVAILABLE with reason PEER_UNKNOWN if neither hosted nor configured.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Channel(absl::string_view peer);

 private:
  const std::map<std::string, std::string> addresses_;
  std::mutex mutex_;
  std::set<std::string> hosted_;
  std::function<std::shared_ptr<grpc::Channel>()> in_process_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

// What the answer `status` of the module `peer` means to its caller: its code, sentence and facts.
// UNAVAILABLE that the peer did not say itself becomes UNAVAILABLE with reason PEER_DOWN and the peer's name.
absl::Status FromPeer(absl::string_view peer, const grpc::Status& status);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_PEERS_H_
