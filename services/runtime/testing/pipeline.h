#ifndef SOUTENANCE_SERVICES_RUNTIME_TESTING_PIPELINE_H_
#define SOUTENANCE_SERVICES_RUNTIME_TESTING_PIPELINE_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/server.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/runtime/calls.h"

namespace soutenance::runtime::testing {

// Knows the tokens that a test gives it; all others are TOKEN_INVALID.
class FakeAuthenticator : public Authenticator {
 public:
  void Add(const std::string& token, Caller caller) { callers_[token] = std::move(caller); }
  absl::StatusOr<Caller> Identify(absl::string_view bearer_token) override;

 private:
  std::map<std::string, Caller> callers_;
};

// The call pipeline of one module with everything it needs, and a gRPC server in this process: what a test of
// an rpc folder wants around its service.
//   Pipeline pipeline("directory", {pb::DirectoryService::service_full_name()});
//   pipeline.authenticator().Add("ana", {.account = "accounts/ana", ...});
//   DirectoryService service(core, pipeline.calls());
//   auto stub = pb::DirectoryService::NewStub(pipeline.Serve({&service}));
//   grpc::ClientContext context;
//   pipeline.Prepare(context, "ana");
class Pipeline {
 public:
  // Aborts the test program if a method of `services` has no access option.
  Pipeline(absl::string_view module, const std::vector<std::string>& services, Calls::Limits limits = {});
  ~Pipeline();

  Calls& calls() { return calls_; }
  FakeAuthenticator& authenticator() { return authenticator_; }
  const ServiceIdentity& identity() const { return identity_; }
  Metrics& metrics() { return metrics_; }

  // The log lines so far.
  std::vector<std::string> LogLines() const;

  // Starts the server with `services` and returns a channel to it. Called once.
  std::shared_ptr<grpc::Channel> Serve(const std::vector<grpc::Service*>& services);

  // Puts `token` and a deadline of 10 s into `context`.
  static void Prepare(grpc::ClientContext& context, absl::string_view token);

  // Puts the identity of `service`, acting for `on_behalf_of`, and a deadline of 10 s into `context`.
  void PrepareAsService(grpc::ClientContext& context, absl::string_view service,
                        const Caller& on_behalf_of = {}) const;

 private:
  SystemClock clock_;
  AccessPolicy policy_;
  FakeAuthenticator authenticator_;
  ServiceIdentity identity_;
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
  Log log_;
  Metrics metrics_;
  Calls calls_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace soutenance::runtime::testing

#endif  // SOUTENANCE_SERVICES_RUNTIME_TESTING_PIPELINE_H_
