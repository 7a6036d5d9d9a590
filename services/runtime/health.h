#ifndef SOUTENANCE_SERVICES_RUNTIME_HEALTH_H_
#define SOUTENANCE_SERVICES_RUNTIME_HEALTH_H_

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "absl/strings/string_view.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace soutenance::runtime {

// What the standard health protocol answers. In place of the service that gRPC brings along: that one is
// written with callbacks, for which gRPC keeps threads that then wait for everybody's calls and hand them on,
// a tenth of the cost of a small call. Safe for concurrent use.
class HealthService final : public grpc::health::v1::Health::Service {
 public:
  // Each watcher keeps a thread.
  static constexpr int kWatchersMax = 16;

  // The state of `service`, a full name; of the server as a whole if it is empty. NOT_SERVING until told.
  void SetServing(absl::string_view service, bool serving);

  // Everything is NOT_SERVING for good, and watchers are told to go.
  void Stop();

  grpc::Status Check(grpc::ServerContext* context, const grpc::health::v1::HealthCheckRequest* request,
                     grpc::health::v1::HealthCheckResponse* response) override;
  grpc::Status Watch(grpc::ServerContext* context, const grpc::health::v1::HealthCheckRequest* request,
                     grpc::ServerWriter<grpc::health::v1::HealthCheckResponse>* writer) override;

 private:
  using Status = grpc::health::v1::HealthCheckResponse::ServingStatus;

  Status StatusOf(const std::string& service) const;  // mutex_ is held

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, bool> serving_;  // guarded by mutex_, like what follows
  bool stopping_ = false;
  int watchers_ = 0;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_HEALTH_H_
