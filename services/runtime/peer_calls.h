#ifndef SOUTENANCE_SERVICES_RUNTIME_PEER_CALLS_H_
#define SOUTENANCE_SERVICES_RUNTIME_PEER_CALLS_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/status.h"
#include "services/runtime/calls.h"
#include "services/runtime/peers.h"

namespace soutenance::runtime {

// Calls one service of another module from an implementation of a port: finds the channel, passes on
// deadline, caller and request id, and reads the error. `Service` is the generated class:
//   PeerCalls<directory::v1::DirectoryService> directory(peers, calls, "directory");
//   ASSIGN_OR_RETURN(const pb::Person person, directory.Call(&pb::DirectoryService::Stub::GetPerson,
//   request));
// Safe for concurrent use.
template <typename Service>
class PeerCalls {
 public:
  static constexpr absl::Duration kTimeMax = absl::Seconds(10);

  // `peers` and `calls` must outlive it. A call takes at most `time_max`, and not longer than the call in
  // which it is made.
  PeerCalls(Peers& peers, const Calls& calls, absl::string_view module, absl::Duration time_max = kTimeMax)
      : peers_(peers), calls_(calls), module_(module), time_max_(time_max) {}

  // What the peer answers, or its error: its code, sentence and facts; UNAVAILABLE, reason PEER_DOWN or
  // PEER_UNKNOWN, if it cannot be reached.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                      Response*),
                                const Request& request) const {
    return With<Request, Response>(method, request, calls_.MakeClientContext(time_max_));
  }

  // The same, asked for this service itself and not on behalf of whoever asks us.
  template <typename Request, typename Response>
  absl::StatusOr<Response> CallForItself(grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                                                               const Request&, Response*),
                                         const Request& request) const {
    return With<Request, Response>(method, request, calls_.MakeOwnClientContext(time_max_));
  }

 private:
  template <typename Request, typename Response>
  absl::StatusOr<Response> With(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                      Response*),
                                const Request& request, std::unique_ptr<grpc::ClientContext> context) const {
    ASSIGN_OR_RETURN(typename Service::Stub* const stub, Stub());
    Response response;
    const grpc::Status status = (stub->*method)(context.get(), request, &response);
    if (!status.ok()) return FromPeer(module_, status);
    return response;
  }

  // Made at the first call: services are built before the server whose channel they use.
  absl::StatusOr<typename Service::Stub*> Stub() const {
    const std::lock_guard lock(mutex_);
    if (stub_ == nullptr) {
      ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, peers_.Channel(module_));
      stub_ = Service::NewStub(channel);
    }
    return stub_.get();
  }

  Peers& peers_;
  const Calls& calls_;
  const std::string module_;
  const absl::Duration time_max_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<typename Service::Stub> stub_;  // guarded by mutex_; safe for concurrent calls
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_PEER_CALLS_H_
