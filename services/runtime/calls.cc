#include "services/runtime/calls.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/runtime/status_wire.h"

namespace soutenance::runtime {
namespace {

constexpr char kRequestIdKey[] = "x-request-id";
constexpr char kAuthorizationKey[] = "authorization";
constexpr absl::string_view kBearer = "bearer ";
constexpr absl::Duration kAnswerMargin = absl::Milliseconds(10);

// The call that this thread is handling, so that implementations of ports, which a service core calls without
// knowing of calls, can pass on its deadline and its caller.
thread_local const Call* current_call = nullptr;

absl::string_view Metadata(const grpc::ServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

std::string RequestIdOf(const grpc::ServerContext& context) {
  const absl::string_view given = Metadata(context, kRequestIdKey);
  return CheckId(given).ok() ? std::string(given) : NewId();
}

std::string NameOf(const Caller& caller) {
  if (!caller.IsService()) return caller.account;
  return caller.account.empty() ? absl::StrCat("service:", caller.service)
                                : absl::StrCat("service:", caller.service, " for ", caller.account);
}

absl::Status RunCatching(absl::FunctionRef<absl::Status(const Call&)> handler, const Call& call) {
  try {
    return handler(call);
  } catch (const std::exception& thrown) {
    return absl::InternalError(absl::StrCat("the handler threw: ", thrown.what()));
  } catch (...) {
    return absl::InternalError("the handler threw something that is not a std::exception");
  }
}

absl::Status Busy() {
  return Error(absl::StatusCode::kResourceExhausted,
               "the server is busy: no place became free before the deadline; try again later",
               {.reason = "SERVER_BUSY", .retry_after = absl::Seconds(1)});
}

absl::Status CheckSize(const google::protobuf::Message& request, int64_t bytes_max) {
  const auto bytes = static_cast<int64_t>(request.ByteSizeLong());
  if (bytes <= bytes_max) return absl::OkStatus();
  return Error(absl::StatusCode::kResourceExhausted,
               absl::StrCat("the request has ", bytes, " bytes; this method takes at most ", bytes_max),
               {.reason = "REQUEST_TOO_LARGE",
                .metadata = {{"bytes", absl::StrCat(bytes)}, {"bytes_max", absl::StrCat(bytes_max)}}});
}

// What the caller may know of `status`: our own faults are told by request id only.
absl::Status Presentable(const absl::Status& status, const std::string& request_id) {
  if (!absl::IsInternal(status) && !absl::IsUnknown(status)) return status;
  return Error(status.code(), absl::StrCat("internal error, quote request ", request_id),
               {.reason = "INTERNAL", .metadata = {{"request_id", request_id}}});
}

}  // namespace

bool Call::Stopped() const { return context_.IsCancelled() || absl::Now() >= deadline_; }

std::unique_ptr<grpc::ClientContext> Call::MakeClientContext() const {
  return calls_.Prepare(grpc::ClientContext::FromServerContext(context_), deadline_, request_id_, caller_);
}

Calls::Calls(absl::string_view module, const Parts& parts, const Limits& limits)
    : module_(module), parts_(parts), call_slots_(limits.calls_max), stream_slots_(limits.streams_max) {}

grpc::Status Calls::Unary(grpc::ServerContext& context, absl::string_view service, absl::string_view method,
                          const google::protobuf::Message& request,
                          absl::FunctionRef<absl::Status(const Call&)> handler,
                          const google::protobuf::Message* reply) const {
  Call call(*this, context);
  call.start_ = absl::Now();
  call.request_id_ = RequestIdOf(context);
  context.AddTrailingMetadata(kRequestIdKey, call.request_id_);

  const MethodAccess* access = parts_.policy.Find(service, method);
  absl::Status status = access == nullptr ? absl::InternalError("the access policy does not know this method")
                                          : Run(*access, request, method, handler, call);

  CallRecord record{.start = call.start_,
                    .request_id = call.request_id_,
                    .service = std::string(service),
                    .method = std::string(method),
                    .caller = NameOf(call.caller_),
                    .peer = context.peer(),
                    .bytes_in = static_cast<int64_t>(request.ByteSizeLong())};
  if (status.ok() && reply != nullptr) record.bytes_out = static_cast<int64_t>(reply->ByteSizeLong());
  return Finish(call, std::move(status), std::move(record));
}

absl::Status Calls::Run(const MethodAccess& access, const google::protobuf::Message& request,
                        absl::string_view method, absl::FunctionRef<absl::Status(const Call&)> handler,
                        Call& call) const {
  RETURN_IF_ERROR(BoundTime(access, call));
  RETURN_IF_ERROR(Identify(call));
  RETURN_IF_ERROR(Allow(access, call.caller_, method));
  RETURN_IF_ERROR(CheckSize(request, access.request_bytes_max));

  Slots& slots = access.streams ? stream_slots_ : call_slots_;
  const bool waits = !slots.TakeAtOnce();
  if (waits && !slots.Take(call.deadline_)) return Busy();
  const Call* const outer_call = std::exchange(current_call, &call);
  const auto leave = absl::MakeCleanup([&] {
    current_call = outer_call;
    slots.Give();
  });
  // The client may have gone meanwhile. Others are not asked: gRPC takes longer to tell than a small read
  // takes.
  if (waits && call.Stopped()) return absl::CancelledError("the caller went away before the call began");
  return RunCatching(handler, call);
}

absl::Status Calls::BoundTime(const MethodAccess& access, Call& call) const {
  const absl::Time given = absl::FromChrono(call.context_.deadline());
  call.deadline_ = std::min(given - kAnswerMargin, call.start_ + access.time_max);
  if (call.deadline_ > call.start_) return absl::OkStatus();
  return Error(absl::StatusCode::kDeadlineExceeded,
               "too little time remains to begin the call; give it a later deadline",
               {.reason = "DEADLINE_TOO_SHORT"});
}

absl::Status Calls::Identify(Call& call) const {
  if (const absl::string_view token = Metadata(call.context_, kServiceTokenKey); !token.empty()) {
    ASSIGN_OR_RETURN(call.caller_, parts_.identity.Verify(token));
    return absl::OkStatus();
  }
  const absl::string_view header = Metadata(call.context_, kAuthorizationKey);
  if (!absl::StartsWithIgnoreCase(header, kBearer)) {
    return Error(absl::StatusCode::kUnauthenticated,
                 "the call has no token; send one in the metadata \"authorization: Bearer TOKEN\"",
                 {.reason = "TOKEN_MISSING"});
  }
  ASSIGN_OR_RETURN(call.caller_, parts_.authenticator.Identify(header.substr(kBearer.size())));
  return absl::OkStatus();
}

grpc::Status Calls::Finish(const Call& call, absl::Status status, CallRecord record) const {
  record.duration = absl::Now() - call.start_;
  record.code = absl::StatusCodeToString(status.code());
  record.reason = FactsOf(status).reason;
  record.detail = std::string(status.message());
  parts_.log.Write(record);
  parts_.metrics.Observe(record.service, record.method, record.code, record.duration);
  return ToGrpc(Presentable(status, call.request_id_));
}

std::unique_ptr<grpc::ClientContext> Calls::MakeClientContext(absl::Duration time_max) const {
  return MakeContext(time_max, false);
}

std::unique_ptr<grpc::ClientContext> Calls::MakeOwnClientContext(absl::Duration time_max) const {
  return MakeContext(time_max, true);
}

std::unique_ptr<grpc::ClientContext> Calls::MakeContext(absl::Duration time_max, bool for_itself) const {
  const absl::Time latest = absl::Now() + time_max;
  if (current_call == nullptr || &current_call->calls_ != this) {
    return Prepare(std::make_unique<grpc::ClientContext>(), latest, NewId(), Caller{});
  }
  return Prepare(grpc::ClientContext::FromServerContext(current_call->context_),
                 std::min(latest, current_call->deadline_), current_call->request_id_,
                 for_itself ? Caller{} : current_call->caller_);
}

std::unique_ptr<grpc::ClientContext> Calls::Prepare(std::unique_ptr<grpc::ClientContext> context,
                                                    absl::Time deadline, const std::string& request_id,
                                                    const Caller& on_behalf_of) const {
  context->set_deadline(absl::ToChronoTime(deadline));
  context->AddMetadata(kRequestIdKey, request_id);
  context->AddMetadata(kServiceTokenKey, parts_.identity.Sign(module_, on_behalf_of));
  return context;
}

}  // namespace soutenance::runtime
