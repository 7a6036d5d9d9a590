#include "services/host/host.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/listen_address.h"

namespace soutenance::host {
namespace {

absl::StatusOr<runtime::ServiceIdentity> OpenIdentity(const Config& config, const Clock& clock) {
  if (config.service_key_file.empty()) return runtime::ServiceIdentity::WithRandomKey(clock);
  return runtime::ServiceIdentity::FromKeyFile(config.service_key_file, clock);
}

absl::StatusOr<runtime::AccessPolicy> ReadPolicy(const std::vector<const Module*>& modules) {
  std::vector<std::string> services;
  for (const Module* module : modules) {
    services.insert(services.end(), module->services.begin(), module->services.end());
  }
  return runtime::AccessPolicy::Create(services);
}

absl::Status CheckAddresses(const Config& config) {
  for (const std::string& text : config.listen) {
    ASSIGN_OR_RETURN(const runtime::ListenAddress address, runtime::ParseListenAddress(text));
    if (!address.IsUnix() && !address.IsLoopback() && config.public_listener_behind.empty()) {
      return Error(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("--listen ", text,
                                ": other machines can reach this address; name what stands in front of it "
                                "with --public-listener-behind"),
                   {.reason = "ADDRESS_PUBLIC", .metadata = {{"address", text}}});
    }
  }
  return absl::OkStatus();
}

absl::Status CheckStore(const Config& config) {
  if (absl::StartsWith(config.store, "sqlite:") || absl::StartsWith(config.store, "postgresql:")) {
    return absl::OkStatus();
  }
  // The text is not repeated: it may hold a password.
  return Error(absl::StatusCode::kInvalidArgument,
               "--store: a text that begins with sqlite: or postgresql: is expected",
               {.reason = "CONFIG_INVALID"});
}

// Services see the address of the store in the configuration only; it may hold a password.
std::string StoreKind(const std::string& store) { return store.substr(0, store.find(':')); }

}  // namespace

absl::Status CheckConfig(const Config& config, const std::vector<Module>& table) {
  ASSIGN_OR_RETURN(const std::vector<const Module*> modules, ChooseModules(table, config));
  RETURN_IF_ERROR(CheckAddresses(config));
  RETURN_IF_ERROR(CheckStore(config));
  RETURN_IF_ERROR(OpenIdentity(config, SystemClock()).status());
  return ReadPolicy(modules).status();
}

Host::Host(const Config& config, const Clock& clock, runtime::ServiceIdentity identity,
           runtime::AccessPolicy policy)
    : config_(config),
      clock_(clock),
      identity_(std::move(identity)),
      policy_(std::move(policy)),
      peers_(config.peers) {}

absl::StatusOr<std::unique_ptr<Host>> Host::Start(const Config& config, const std::vector<Module>& table,
                                                  const Clock& clock) {
  RETURN_IF_ERROR(CheckConfig(config, table));
  ASSIGN_OR_RETURN(const std::vector<const Module*> modules, ChooseModules(table, config));
  ASSIGN_OR_RETURN(runtime::ServiceIdentity identity, OpenIdentity(config, clock));
  ASSIGN_OR_RETURN(runtime::AccessPolicy policy, ReadPolicy(modules));
  std::unique_ptr<Host> host(new Host(config, clock, std::move(identity), std::move(policy)));
  ASSIGN_OR_RETURN(host->data_dir_, DataDir::Hold(config.data_dir));
  ASSIGN_OR_RETURN(host->log_, runtime::Log::Open(config.log_level, config.log_file));
  RETURN_IF_ERROR(host->Build(modules));
  if (!config.metrics_listen.empty()) RETURN_IF_ERROR(host->metrics_.Expose(config.metrics_listen));
  RETURN_IF_ERROR(host->Serve());
  return host;
}

absl::Status Host::Build(const std::vector<const Module*>& modules) {
  authenticator_ = std::make_unique<DirectoryAuthenticator>(peers_, identity_, modules.front()->name);
  for (const Module* module : modules) {
    calls_.push_back(std::make_unique<runtime::Calls>(
        module->name,
        runtime::Calls::Parts{.policy = policy_,
                              .authenticator = *authenticator_,
                              .identity = identity_,
                              .log = *log_,
                              .metrics = metrics_},
        runtime::Calls::Limits{.calls_max = config_.calls_max, .streams_max = config_.streams_max}));
    absl::StatusOr<std::unique_ptr<Hosted>> hosted = module->build({.config = config_,
                                                                    .clock = clock_,
                                                                    .peers = peers_,
                                                                    .calls = *calls_.back(),
                                                                    .log = *log_,
                                                                    .authenticator = *authenticator_});
    if (!hosted.ok()) return Annotate(hosted.status(), absl::StrCat("while building ", module->name));
    names_.push_back(module->name);
    hosted_.push_back(*std::move(hosted));
  }
  for (size_t i = 0; i < hosted_.size(); ++i) {
    RETURN_IF_ERROR(Annotate(hosted_[i]->Start(), absl::StrCat("while starting ", names_[i])));
  }
  return absl::OkStatus();
}

absl::Status Host::Serve() {
  std::vector<runtime::NamedService> services;
  for (const std::unique_ptr<Hosted>& hosted : hosted_) {
    const std::vector<runtime::NamedService> own = hosted->services();
    services.insert(services.end(), own.begin(), own.end());
  }
  // A call may arrive, and need a peer, before Start has returned the server.
  peers_.SetHosted({names_.begin(), names_.end()}, [server = server_promise_.get_future().share()] {
    return server.get()->InProcessChannel();
  });
  ASSIGN_OR_RETURN(server_, runtime::Server::Start({.listen = config_.listen,
                                                    .public_listener_behind = config_.public_listener_behind},
                                                   services));
  server_promise_.set_value(server_.get());
  for (const runtime::NamedService& service : services) server_->SetServing(service.name, true);
  server_->SetServing(true);
  log_->Event(runtime::LogLevel::kInfo, "start",
              {{"version", SOUTENANCE_VERSION},
               {"services", absl::StrJoin(names_, ",")},
               {"listen", absl::StrJoin(addresses(), ",")},
               {"store", StoreKind(config_.store)},
               {"data_dir", config_.data_dir}});
  for (const std::unique_ptr<Hosted>& hosted : hosted_) hosted->Resume();
  return absl::OkStatus();
}

std::string Host::Describe() const {
  std::string text = absl::StrCat("serving ", absl::StrJoin(names_, ", "), " at ",
                                  addresses().empty() ? "no address" : absl::StrJoin(addresses(), ", "));
  for (const std::unique_ptr<Hosted>& hosted : hosted_) {
    if (const std::string notice = hosted->Notice(); !notice.empty()) absl::StrAppend(&text, "; ", notice);
  }
  return text;
}

void Host::Stop() {
  if (std::exchange(stopped_, true)) return;
  if (server_ != nullptr) {
    log_->Event(runtime::LogLevel::kInfo, "stop", {});
    server_->SetServing(false);
  }
  // Background work ends while other modules still answer it.
  for (auto hosted = hosted_.rbegin(); hosted != hosted_.rend(); ++hosted) (*hosted)->Stop();
  if (server_ != nullptr) server_->Stop();
}

Host::~Host() {
  Stop();
  // Services go before what they use, in reverse; the server, which refers to them, is stopped but still
  // there.
  server_.reset();
  while (!hosted_.empty()) hosted_.pop_back();
}

}  // namespace soutenance::host
