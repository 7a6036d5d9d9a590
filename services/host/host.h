#ifndef SOUTENANCE_SERVICES_HOST_HOST_H_
#define SOUTENANCE_SERVICES_HOST_HOST_H_

#include <grpcpp/channel.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/clock.h"
#include "services/host/config.h"
#include "services/host/data_dir.h"
#include "services/host/directory_authenticator.h"
#include "services/host/hosted.h"
#include "services/host/modules.h"
#include "services/runtime/access_policy.h"
#include "services/runtime/calls.h"
#include "services/runtime/log.h"
#include "services/runtime/metrics.h"
#include "services/runtime/peers.h"
#include "services/runtime/server.h"
#include "services/runtime/service_identity.h"

namespace soutenance::host {

// Says whether `config` can work as far as that can be told without starting: modules and their peers,
// addresses, the service key. The errors are those of Host::Start.
absl::Status CheckConfig(const Config& config, const std::vector<Module>& table);

// The modules of one process, built, wired and served. What soutenanced runs; tests run it in process.
class Host {
 public:
  // Holds the data folder, builds the modules of `table` that `config` names, starts them, listens, and says
  // SERVING. `clock` must outlive the host. Fails with the first thing that stands in the way, in a sentence
  // for the person who starts the server; then nothing is left running.
  static absl::StatusOr<std::unique_ptr<Host>> Start(const Config& config, const std::vector<Module>& table,
                                                     const Clock& clock);

  // Stops, if that is not done yet.
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  // "serving directory, scheduling at unix:/...; administrator's token in /...".
  std::string Describe() const;

  // Where clients reach it: "unix:...", "127.0.0.1:41234".
  const std::vector<std::string>& addresses() const { return server_->addresses(); }

  // A channel that stays inside this process.
  std::shared_ptr<grpc::Channel> InProcessChannel() { return server_->InProcessChannel(); }

  // Ends background work, lets calls finish, stops listening. Harmless if repeated.
  void Stop();

 private:
  Host(const Config& config, const Clock& clock, runtime::ServiceIdentity identity,
       runtime::AccessPolicy policy);

  absl::Status Build(const std::vector<const Module*>& modules);
  absl::Status Serve();

  // In the order in which they are needed: what stands above outlives what stands below.
  const Config config_;
  const Clock& clock_;
  std::unique_ptr<DataDir> data_dir_;
  std::unique_ptr<runtime::Log> log_;
  runtime::Metrics metrics_;
  const runtime::ServiceIdentity identity_;
  const runtime::AccessPolicy policy_;
  runtime::Peers peers_;
  std::unique_ptr<DirectoryAuthenticator> authenticator_;
  std::vector<std::unique_ptr<runtime::Calls>> calls_;  // one a module
  std::vector<std::string> names_;                      // of the modules
  std::vector<std::unique_ptr<Hosted>> hosted_;
  std::promise<runtime::Server*> server_promise_;
  std::unique_ptr<runtime::Server> server_;
  bool stopped_ = false;
};

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_HOST_H_
