#include "services/runtime/peers.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/runtime/status_wire.h"

namespace soutenance::runtime {

void Peers::SetHosted(std::set<std::string> modules,
                      std::function<std::shared_ptr<grpc::Channel>()> in_process) {
  const std::lock_guard lock(mutex_);
  hosted_ = std::move(modules);
  in_process_ = std::move(in_process);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Peers::Channel(absl::string_view peer) {
  const std::string name(peer);
  const std::lock_guard lock(mutex_);
  if (const auto known = channels_.find(name); known != channels_.end()) return known->second;
  if (hosted_.count(name) > 0) return channels_[name] = in_process_();
  const auto address = addresses_.find(name);
  if (address == addresses_.end()) {
    return Error(absl::StatusCode::kUnavailable,
                 absl::StrCat("service ", peer,
                              " is not hosted here and has no address; start with --peer=", peer, "=ADDRESS"),
                 {.reason = "PEER_UNKNOWN", .metadata = {{"peer", name}}});
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(16 << 20);
  // A peer that restarts is back within seconds; the default backoff grows to two minutes.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return channels_[name] =
             grpc::CreateCustomChannel(address->second, grpc::InsecureChannelCredentials(), arguments);
}

absl::Status FromPeer(absl::string_view peer, const grpc::Status& status) {
  absl::Status answer = FromGrpc(status);
  if (!absl::IsUnavailable(answer) || !FactsOf(answer).reason.empty()) return answer;
  return Error(
      absl::StatusCode::kUnavailable,
      absl::StrCat("service ", peer, " cannot be reached now; try again in a moment"),
      {.reason = "PEER_DOWN", .metadata = {{"peer", std::string(peer)}}, .retry_after = absl::Seconds(1)});
}

}  // namespace soutenance::runtime
