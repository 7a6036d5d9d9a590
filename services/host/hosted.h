#ifndef SOUTENANCE_SERVICES_HOST_HOSTED_H_
#define SOUTENANCE_SERVICES_HOST_HOSTED_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/base/clock.h"
#include "services/host/config.h"
#include "services/host/directory_authenticator.h"
#include "services/runtime/calls.h"
#include "services/runtime/log.h"
#include "services/runtime/peers.h"
#include "services/runtime/server.h"

namespace soutenance::host {

// What the host offers to a module while it is built. Everything outlives the module.
struct Parts {
  const Config& config;
  const Clock& clock;
  runtime::Peers& peers;
  const runtime::Calls& calls;  // the pipeline of this module
  const runtime::Log& log;
  DirectoryAuthenticator& authenticator;  // the directory says here that it answers itself
};

// One module in this process: its stores, its use cases, its gRPC services, wired together. Built before the
// server exists; its parts call other modules through channels that resolve on first use.
class Hosted {
 public:
  virtual ~Hosted() = default;

  // The gRPC services to serve. They live as long as this object.
  virtual std::vector<runtime::NamedService> services() = 0;

  // What must be so before the first call: called once, before the server listens. May not call other
  // modules. The server is not started if it fails.
  virtual absl::Status Start() { return absl::OkStatus(); }

  // Takes up what an earlier process left unfinished: called once, after the server listens. Does not wait
  // for it to be done, because other modules may not be there yet.
  virtual void Resume() {}

  // Ends what it does in the background, waiting for it. Called while other modules still answer; services
  // may still be called and refuse new background work. Harmless if repeated.
  virtual void Stop() {}

  // A line for the person who starts the server, such as where the first administrator's token is; or empty.
  virtual std::string Notice() const { return ""; }
};

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_HOSTED_H_
