#include "services/runtime/health.h"

#include <chrono>
#include <optional>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace soutenance::runtime {
namespace {

using ::grpc::health::v1::HealthCheckRequest;
using ::grpc::health::v1::HealthCheckResponse;

// How soon a watcher that has gone gives its thread back.
constexpr std::chrono::seconds kLookAfter{1};

}  // namespace

void HealthService::SetServing(absl::string_view service, bool serving) {
  {
    const std::lock_guard lock(mutex_);
    serving_[std::string(service)] = serving && !stopping_;
  }
  changed_.notify_all();
}

void HealthService::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (auto& [service, serving] : serving_) serving = false;
  }
  changed_.notify_all();
}

HealthService::Status HealthService::StatusOf(const std::string& service) const {
  const auto found = serving_.find(service);
  if (found == serving_.end()) return HealthCheckResponse::SERVICE_UNKNOWN;
  return found->second ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

grpc::Status HealthService::Check(grpc::ServerContext*, const HealthCheckRequest* request,
                                  HealthCheckResponse* response) {
  const std::lock_guard lock(mutex_);
  const Status status = StatusOf(request->service());
  if (status == HealthCheckResponse::SERVICE_UNKNOWN) {
    return {grpc::StatusCode::NOT_FOUND, absl::StrCat("this server has no service ", request->service())};
  }
  response->set_status(status);
  return grpc::Status::OK;
}

grpc::Status HealthService::Watch(grpc::ServerContext* context, const HealthCheckRequest* request,
                                  grpc::ServerWriter<HealthCheckResponse>* writer) {
  std::unique_lock lock(mutex_);
  if (watchers_ >= kWatchersMax) {
    return {grpc::StatusCode::RESOURCE_EXHAUSTED, "too many watch the health of this server; use Check"};
  }
  ++watchers_;
  const auto leave = absl::MakeCleanup([&] { --watchers_; });  // the lock is held again then
  std::optional<Status> told;
  while (!stopping_) {
    const Status status = StatusOf(request->service());
    if (told != status) {
      told = status;
      lock.unlock();
      HealthCheckResponse response;
      response.set_status(status);
      const bool sent = writer->Write(response);
      lock.lock();
      if (!sent) return grpc::Status::CANCELLED;
      continue;
    }
    changed_.wait_for(lock, kLookAfter);
    if (context->IsCancelled()) return grpc::Status::CANCELLED;
  }
  return {grpc::StatusCode::UNAVAILABLE, "the server stops"};
}

}  // namespace soutenance::runtime
