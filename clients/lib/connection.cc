#include "clients/lib/connection.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/lib/backoff.h"
#include "clients/lib/failure.h"
#include "clients/lib/method.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/status_wire.h"

namespace soutenance::clients {
namespace {

using google::protobuf::Message;
using Wire = grpc::SerializationTraits<Message>;

// An answer that carries the server's own refusal must have time to arrive.
constexpr absl::Duration kDeadlineMargin = absl::Seconds(1);
constexpr absl::Duration kHealthTimeMax = absl::Seconds(5);
constexpr int kReceiveBytesMax = 256 << 20;

// gRPC refuses a larger one before the server could say so in its own words.
constexpr int64_t kSendBytesMax = 16 << 20;
constexpr char kHealthPath[] = "/grpc.health.v1.Health/Check";

std::chrono::system_clock::time_point Until(absl::Duration time) {
  return absl::ToChronoTime(absl::Now() + time);
}

grpc::ChannelArguments ChannelArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kReceiveBytesMax);
  // Our own backoff decides when to try again; gRPC must not sit on an old failure meanwhile.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetString(GRPC_ARG_PRIMARY_USER_AGENT_STRING, "soutenance-client");
  return arguments;
}

std::shared_ptr<grpc::ChannelCredentials> Credentials(const ServerAddress& server) {
  if (server.security == ServerAddress::Security::kNone) return grpc::InsecureChannelCredentials();
  return grpc::SslCredentials({});  // the authorities this machine trusts
}

absl::StatusOr<grpc::ByteBuffer> Serialized(const Message& message) {
  grpc::ByteBuffer buffer;
  bool owned = false;
  const grpc::Status status = Wire::Serialize(message, &buffer, &owned);
  if (!status.ok()) return absl::InternalError("the request cannot be written");
  return buffer;
}

absl::Status Parse(grpc::ByteBuffer& buffer, Message& message) {
  if (Wire::Deserialize(&buffer, &message).ok()) return absl::OkStatus();
  return absl::InternalError(
      "the server's answer cannot be read; client and server may be of different versions");
}

const google::protobuf::MethodDescriptor* FindMethod(const Message& request, const Message& response) {
  const auto* method = MethodTaking(*request.GetDescriptor());
  return method != nullptr && method->output_type() == response.GetDescriptor() ? method : nullptr;
}

absl::Status NoSuchMethod(const Message& request) {
  return absl::InternalError(absl::StrCat("no method of the contract takes ", request.GetTypeName()));
}

// An enumerator of grpc.health.v1.HealthCheckResponse.ServingStatus, from the wire: field 1, varint. Debian
// has no generated code for this contract, and two numbers do not deserve a copy of it.
Connection::Health ReadHealth(const grpc::ByteBuffer& answer) {
  grpc::Slice slice;
  if (!answer.DumpToSingleSlice(&slice).ok() || slice.size() < 2) return Connection::Health::kNotServing;
  const bool is_serving = slice.begin()[0] == 0x08 && slice.begin()[1] == 1;
  return is_serving ? Connection::Health::kServing : Connection::Health::kNotServing;
}

}  // namespace

struct Connection::Channel {
  explicit Channel(const ConnectionOptions& options_in)
      : options(options_in),
        stub(grpc::CreateCustomChannel(options.server.target, Credentials(options.server),
                                       ChannelArguments())) {}

  // What one attempt needs, made anew for each.
  struct Attempt {
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    std::string request_id = NewRequestId();

    // Waits for the operation begun last; false if it did not succeed.
    bool Wait() {
      void* tag = nullptr;
      bool succeeded = false;
      return queue.Next(&tag, &succeeded) && succeeded;
    }
    ~Attempt() {
      queue.Shutdown();
      void* tag = nullptr;
      bool succeeded = false;
      while (queue.Next(&tag, &succeeded)) {
      }
    }
  };

  void Prepare(Attempt& attempt, absl::Duration time_max) const {
    attempt.context.set_deadline(Until(time_max));
    attempt.context.AddMetadata("x-request-id", attempt.request_id);
    if (!options.token.empty()) {
      attempt.context.AddMetadata("authorization", absl::StrCat("Bearer ", options.token));
    }
  }

  // The status of a call as ours. gRPC's own words about a connection are for its developers.
  absl::Status StatusOf(const grpc::Status& wire, const std::string& request_id) const {
    absl::Status status = runtime::FromGrpc(wire);
    if (status.code() == absl::StatusCode::kUnavailable && FactsOf(status).reason.empty()) {
      const Text words =
          absl::StrContains(wire.error_message(), "Permission denied")
              ? Text{"this user may not connect to ", "cet utilisateur ne peut pas se connecter à "}
              : Text{"no server answers at ", "aucun serveur ne répond à "};
      status = Error(absl::StatusCode::kUnavailable,
                     absl::StrCat(words.In(options.language), options.server.target),
                     {.reason = "SERVER_UNREACHABLE",
                      .metadata = {{"server", options.server.target}, {"cause", wire.error_message()}}});
    } else if (status.code() == absl::StatusCode::kDeadlineExceeded && FactsOf(status).reason.empty()) {
      const Text words{"the server did not answer in time", "le serveur n’a pas répondu à temps"};
      status = Error(absl::StatusCode::kDeadlineExceeded, words.In(options.language),
                     {.reason = "DEADLINE_EXCEEDED", .metadata = {{"server", options.server.target}}});
    }
    return WithRequestId(std::move(status), request_id);
  }

  absl::Status Unary(const std::string& path, const grpc::ByteBuffer& request, absl::Duration time_max,
                     grpc::ByteBuffer& answer) {
    Attempt attempt;
    Prepare(attempt, time_max);
    const auto call = stub.PrepareUnaryCall(&attempt.context, path, request, &attempt.queue);
    call->StartCall();
    grpc::Status status;
    call->Finish(&answer, &status, nullptr);
    attempt.Wait();
    return StatusOf(status, attempt.request_id);
  }

  absl::Status Stream(const std::string& path, const grpc::ByteBuffer& request, absl::Duration time_max,
                      Message& message, const Follower& follower, bool& progressed);

  // Runs `attempt` until it succeeds or cannot be helped. `retry_time_max` counts from the first failure.
  absl::Status Retrying(absl::Duration retry_time_max, const std::function<absl::Status()>& attempt) {
    Backoff backoff(retry_time_max);
    for (;;) {
      absl::Status status = attempt();
      const std::optional<absl::Duration> wait = backoff.AfterFailure(status, absl::Now());
      if (!wait) return status;
      if (options.on_wait) options.on_wait();
      absl::SleepFor(*wait);
    }
  }

  const ConnectionOptions& options;
  grpc::GenericStub stub;
};

Connection::Connection(ConnectionOptions options)
    : options_(std::move(options)), channel_(std::make_unique<Channel>(options_)) {}

Connection::~Connection() = default;

absl::Status Connection::CheckSize(const Message& request) const {
  const auto bytes = static_cast<int64_t>(request.ByteSizeLong());
  if (bytes <= kSendBytesMax) return absl::OkStatus();
  const Text all{"what is to be sent has ", "ce qu’il faut envoyer fait "};
  const Text most{" bytes; at most ", " octets ; au plus "};
  const Text way_out{" can be sent at once: send it in smaller parts",
                     " peuvent être envoyés à la fois : envoyez-le en plusieurs parties"};
  return Error(absl::StatusCode::kInvalidArgument,
               absl::StrCat(all.In(options_.language), absl::StrCat(bytes), most.In(options_.language),
                            absl::StrCat(kSendBytesMax), way_out.In(options_.language)),
               {.reason = "REQUEST_TOO_LARGE",
                .metadata = {{"bytes", absl::StrCat(bytes)}, {"bytes_max", absl::StrCat(kSendBytesMax)}}});
}

absl::Status Connection::CallUntyped(Message& request, Message& response) {
  const auto* method = FindMethod(request, response);
  if (method == nullptr) return NoSuchMethod(request);
  ProtectAgainstRepetition(request);
  RETURN_IF_ERROR(CheckSize(request));
  ASSIGN_OR_RETURN(const grpc::ByteBuffer bytes, Serialized(request));
  const std::string path = PathOf(*method);
  const absl::Duration time_max =
      options_.time_max > absl::ZeroDuration() ? options_.time_max : TimeMaxOf(*method) + kDeadlineMargin;
  grpc::ByteBuffer answer;
  RETURN_IF_ERROR(channel_->Retrying(MayRepeat(request) ? options_.retry_time_max : absl::ZeroDuration(),
                                     [&] { return channel_->Unary(path, bytes, time_max, answer); }));
  return Parse(answer, response);
}

// One connection of a stream. `progressed` is set once a message has come.
absl::Status Connection::Channel::Stream(const std::string& path, const grpc::ByteBuffer& request,
                                         absl::Duration time_max, Message& message, const Follower& follower,
                                         bool& progressed) {
  Attempt attempt;
  Prepare(attempt, time_max);
  const auto call = stub.PrepareCall(&attempt.context, path, &attempt.queue);
  const auto finish = [&] {
    grpc::Status status;
    call->Finish(&status, nullptr);
    attempt.Wait();
    return StatusOf(status, attempt.request_id);
  };
  call->StartCall(nullptr);
  if (!attempt.Wait()) return finish();
  call->WriteLast(request, grpc::WriteOptions(), nullptr);
  if (!attempt.Wait()) return finish();
  for (;;) {
    grpc::ByteBuffer bytes;
    call->Read(&bytes, nullptr);
    void* tag = nullptr;
    bool succeeded = false;
    while (attempt.queue.AsyncNext(&tag, &succeeded, Until(kTick)) == grpc::CompletionQueue::TIMEOUT) {
      if (follower.on_tick && follower.on_tick() == Next::kStop) {
        attempt.context.TryCancel();
        attempt.Wait();
        finish().IgnoreError();  // CANCELLED, by ourselves
        return absl::OkStatus();
      }
    }
    if (!succeeded) return finish();
    RETURN_IF_ERROR(Parse(bytes, message));
    progressed = true;
    if (follower.on_message() == Next::kStop) {
      attempt.context.TryCancel();
      finish().IgnoreError();
      return absl::OkStatus();
    }
  }
}

absl::Status Connection::Follow(const Message& request, Message& message, const Follower& follower) {
  const auto* method = FindMethod(request, message);
  if (method == nullptr || !method->server_streaming()) return NoSuchMethod(request);
  ASSIGN_OR_RETURN(const grpc::ByteBuffer bytes, Serialized(request));
  const std::string path = PathOf(*method);
  const absl::Duration time_max = TimeMaxOf(*method) + kDeadlineMargin;
  for (;;) {
    bool progressed = false;
    const absl::Status status = channel_->Retrying(follower.reconnect_time_max, [&] {
      progressed = false;
      return channel_->Stream(path, bytes, time_max, message, follower, progressed);
    });
    // A stream that lived its longest time is merely begun again.
    if (status.code() == absl::StatusCode::kDeadlineExceeded && progressed) continue;
    return status;
  }
}

absl::Status Connection::Send(Message& message, Message& response, const std::function<bool()>& next) {
  const auto* method = FindMethod(message, response);
  if (method == nullptr || !method->client_streaming()) return NoSuchMethod(message);
  Channel::Attempt attempt;
  channel_->Prepare(attempt, TimeMaxOf(*method) + kDeadlineMargin);
  const auto call = channel_->stub.PrepareCall(&attempt.context, PathOf(*method), &attempt.queue);
  call->StartCall(nullptr);
  bool goes_on = attempt.Wait();
  while (goes_on && next()) {
    ASSIGN_OR_RETURN(const grpc::ByteBuffer bytes, Serialized(message));
    call->Write(bytes, nullptr);
    goes_on = attempt.Wait();
  }
  grpc::ByteBuffer answer;
  bool answered = false;
  if (goes_on) {
    call->WritesDone(nullptr);
    if (attempt.Wait()) {
      call->Read(&answer, nullptr);
      answered = attempt.Wait();
    }
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  attempt.Wait();
  RETURN_IF_ERROR(channel_->StatusOf(status, attempt.request_id));
  return answered ? Parse(answer, response) : absl::InternalError("the server gave no answer");
}

absl::StatusOr<Connection::Health> Connection::CheckHealth(absl::string_view service) {
  if (service.size() > 127) return Health::kUnknownService;
  const std::string request =
      service.empty() ? "" : absl::StrCat("\x0A", std::string(1, static_cast<char>(service.size())), service);
  const grpc::Slice slice(request);
  const grpc::ByteBuffer bytes(&slice, 1);
  grpc::ByteBuffer answer;
  const absl::Status status = channel_->Retrying(
      options_.retry_time_max, [&] { return channel_->Unary(kHealthPath, bytes, kHealthTimeMax, answer); });
  if (status.code() == absl::StatusCode::kNotFound) return Health::kUnknownService;
  RETURN_IF_ERROR(status);
  return ReadHealth(answer);
}

}  // namespace soutenance::clients
