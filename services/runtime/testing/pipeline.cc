#include "services/runtime/testing/pipeline.h"

#include <grpcpp/server_builder.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::runtime::testing {
namespace {

AccessPolicy PolicyOf(const std::vector<std::string>& services) {
  absl::StatusOr<AccessPolicy> policy = AccessPolicy::Create(services);
  if (!policy.ok()) {
    std::cerr << policy.status() << std::endl;
    std::abort();
  }
  return *std::move(policy);
}

void SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
}

}  // namespace

absl::StatusOr<Caller> FakeAuthenticator::Identify(absl::string_view bearer_token) {
  const auto found = callers_.find(std::string(bearer_token));
  if (found != callers_.end()) return found->second;
  return Error(absl::StatusCode::kUnauthenticated, "the token is not valid; log in again",
               {.reason = "TOKEN_INVALID"});
}

Pipeline::Pipeline(absl::string_view module, const std::vector<std::string>& services, Calls::Limits limits)
    : policy_(PolicyOf(services)),
      identity_(ServiceIdentity::WithRandomKey(clock_)),
      log_(LogLevel::kInfo,
           [this](absl::string_view line) {
             const std::lock_guard lock(mutex_);
             lines_.emplace_back(line);
           }),
      calls_(module,
             {.policy = policy_,
              .authenticator = authenticator_,
              .identity = identity_,
              .log = log_,
              .metrics = metrics_},
             limits) {}

Pipeline::~Pipeline() {
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
}

std::vector<std::string> Pipeline::LogLines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

std::shared_ptr<grpc::Channel> Pipeline::Serve(const std::vector<grpc::Service*>& services) {
  grpc::ServerBuilder builder;
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.SetMaxReceiveMessageSize(16 << 20);
  server_ = builder.BuildAndStart();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(16 << 20);
  return server_->InProcessChannel(arguments);
}

void Pipeline::Prepare(grpc::ClientContext& context, absl::string_view token) {
  SetDeadline(context);
  context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
}

void Pipeline::PrepareAsService(grpc::ClientContext& context, absl::string_view service,
                                const Caller& on_behalf_of) const {
  SetDeadline(context);
  context.AddMetadata(kServiceTokenKey, identity_.Sign(service, on_behalf_of));
}

}  // namespace soutenance::runtime::testing
