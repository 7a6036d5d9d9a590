#ifndef SOUTENANCE_SERVICES_RUNTIME_CALLS_H_
#define SOUTENANCE_SERVICES_RUNTIME_CALLS_H_

#include <grpcpp/client_context.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "services/base/caller.h"
#include "services/runtime/access_policy.h"
#include "services/runtime/authenticator.h"
#include "services/runtime/log.h"
#include "services/runtime/metrics.h"
#include "services/runtime/service_identity.h"
#include "services/runtime/slots.h"

namespace soutenance::runtime {

class Calls;

// One call in progress, as its handler sees it. Lives as long as the handler runs.
class Call {
 public:
  // Who asks.
  const Caller& caller() const { return caller_; }

  // The id under which this call is logged, here and in the peers it calls.
  const std::string& request_id() const { return request_id_; }

  // When the answer must be ready: the client's deadline or the method's maximum, whichever is earlier, less
  // a margin to send the answer.
  absl::Time deadline() const { return deadline_; }

  // Whether the client has gone or the deadline has passed. Cheap. Handlers that loop ask it and return
  // CANCELLED; nothing is committed after it said true.
  bool Stopped() const;

  // A context for calling a peer as part of this call: same deadline, cancelled with it, same request id, and
  // this service's identity on behalf of the caller. One context per peer call.
  std::unique_ptr<grpc::ClientContext> MakeClientContext() const;

 private:
  friend class Calls;
  Call(const Calls& calls, grpc::ServerContext& context) : calls_(calls), context_(context) {}

  const Calls& calls_;
  grpc::ServerContext& context_;
  std::string request_id_;
  absl::Time start_;
  absl::Time deadline_;
  Caller caller_;
};

// The pipeline through which every RPC of one module goes. Handlers look like this:
//
//   grpc::Status GetRoom(grpc::ServerContext* context, const pb::GetRoomRequest* request, pb::Room* response)
//   {
//     return calls_.Unary(*context, pb::DirectoryService::service_full_name(), __func__, *request,
//                         [&](const Call& call) -> absl::Status {
//       ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
//       ASSIGN_OR_RETURN(const Room room, directory_.GetRoom(call.caller(), id));
//       *response = ToProto(room);
//       return absl::OkStatus();
//     }, response);
//   }
//
// A method whose answer is a stream uses it the same way, writes from the handler, and polls call.Stopped().
// One whose request is a stream gives an empty request and reads from the handler, so that nothing is read of
// strangers. Such calls have places of their own, so that followers cannot keep everybody else waiting. Safe
// for concurrent use.
class Calls {
 public:
  // What the pipeline works with. All must outlive it.
  struct Parts {
    const AccessPolicy& policy;
    Authenticator& authenticator;
    const ServiceIdentity& identity;
    const Log& log;
    Metrics& metrics;
  };
  // What one module may use.
  struct Limits {
    int calls_max = 64;    // handlers running at once; further calls wait until their deadline
    int streams_max = 64;  // the same for methods that answer with a stream
  };

  // `module` is the name under which this module calls its peers: "scheduling".
  Calls(absl::string_view module, const Parts& parts, const Limits& limits);

  // Runs `handler` for the method `service`/`method`, in five steps:
  //   1. name the call:  request id from metadata x-request-id, or a new one; it returns in trailing
  //   metadata.
  //   2. bound the time: DEADLINE_EXCEEDED, reason DEADLINE_TOO_SHORT, if too little remains to begin.
  //   3. identify:       metadata "authorization: Bearer <token>" or x-soutenance-service; UNAUTHENTICATED
  //   with
  //                      reason TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED or TOKEN_REVOKED.
  //   4. allow:          the method's access option; PERMISSION_DENIED with reason ROLE_NOT_ALLOWED or
  //                      SERVICE_NOT_ALLOWED; RESOURCE_EXHAUSTED with reason REQUEST_TOO_LARGE, or
  //                      SERVER_BUSY if no place became free before the deadline.
  //   5. run and finish: exceptions become INTERNAL; the text of INTERNAL and UNKNOWN goes to the log only;
  //   one
  //                      log line, one observation in the metrics, the status in its wire form.
  // `reply` is only measured, after the handler, for the log; null if there is no single answer.
  grpc::Status Unary(grpc::ServerContext& context, absl::string_view service, absl::string_view method,
                     const google::protobuf::Message& request,
                     absl::FunctionRef<absl::Status(const Call&)> handler,
                     const google::protobuf::Message* reply = nullptr) const;

  // A context for calling a peer from where no Call is at hand, that is, from an implementation of a port. On
  // a thread that runs a handler of this module: the same as that Call's, but at most `time_max` from now.
  // Elsewhere, as on a worker: this service asks for itself, for at most `time_max`.
  std::unique_ptr<grpc::ClientContext> MakeClientContext(absl::Duration time_max) const;

  // The same, but this service asks for itself also on a thread that runs a handler. For facts that must not
  // depend on who asks and that are not returned as they are.
  std::unique_ptr<grpc::ClientContext> MakeOwnClientContext(absl::Duration time_max) const;

 private:
  friend class Call;
  std::unique_ptr<grpc::ClientContext> MakeContext(absl::Duration time_max, bool for_itself) const;
  absl::Status BoundTime(const MethodAccess& access, Call& call) const;
  absl::Status Identify(Call& call) const;
  absl::Status Run(const MethodAccess& access, const google::protobuf::Message& request,
                   absl::string_view method, absl::FunctionRef<absl::Status(const Call&)> handler,
                   Call& call) const;
  grpc::Status Finish(const Call& call, absl::Status status, CallRecord record) const;
  std::unique_ptr<grpc::ClientContext> Prepare(std::unique_ptr<grpc::ClientContext> context,
                                               absl::Time deadline, const std::string& request_id,
                                               const Caller& on_behalf_of) const;

  const std::string module_;
  const Parts parts_;
  mutable Slots call_slots_;
  mutable Slots stream_slots_;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_CALLS_H_
