#include "services/runtime/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>
#include <grpcpp/resource_quota.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/health.h"
#include "services/runtime/listen_address.h"

namespace soutenance::runtime {
namespace {

// A last fence only: beyond it gRPC refuses at once. Calls bounds what runs, and lets the rest wait.
constexpr int kThreadsMax = 1024;
// What connections may hold. From four fifths of it on, gRPC prepares no more room for reading than a message
// needs (otherwise 400 KiB for every connection that ever was busy); beyond it, idle connections are closed.
constexpr std::size_t kTransportBytesMax = std::size_t{160} << 20;
// Clients open few streams; a flood of them from one connection costs memory.
constexpr int kStreamsPerConnectionMax = 128;
// Threads that wait for calls, in each of two queues. With the default, one queue and two threads, a thread
// is started and ended for every tenth small call, and calls wait for each other's thread: writes are three
// times slower (ops/bench rpc).
constexpr int kQueues = 2;
constexpr int kWaitingThreadsMax = 4;

absl::StatusOr<std::vector<ListenAddress>> Parse(const ServerOptions& options) {
  std::vector<ListenAddress> addresses;
  for (const std::string& text : options.listen) {
    ASSIGN_OR_RETURN(ListenAddress address, ParseListenAddress(text));
    if (!address.IsUnix() && !address.IsLoopback() && options.public_listener_behind.empty()) {
      return Error(
          absl::StatusCode::kFailedPrecondition,
          absl::StrCat("refusing to listen on ", text, ", which other machines can reach: put a proxy ",
                       "such as nginx in front and name it with --public-listener-behind, or listen on "
                       "a unix socket"),
          {.reason = "ADDRESS_PUBLIC", .metadata = {{"address", text}}});
    }
    addresses.push_back(std::move(address));
  }
  return addresses;
}

bool IsPrivate(const std::vector<ListenAddress>& addresses) {
  return std::all_of(addresses.begin(), addresses.end(),
                     [](const ListenAddress& address) { return address.IsUnix() || address.IsLoopback(); });
}

// gRPC's reflection library adds itself to every server of a program that links it; this takes it out of one.
class WithoutReflection : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    const std::string reflection = grpc::reflection::ProtoServerReflectionPlugin().name();
    plugins->erase(std::remove_if(plugins->begin(), plugins->end(),
                                  [&](const auto& plugin) { return plugin->name() == reflection; }),
                   plugins->end());
  }
};

void SetLimits(grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("soutenance");
  quota.SetMaxThreads(kThreadsMax);
  quota.Resize(kTransportBytesMax);
  builder.SetResourceQuota(quota);
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, kQueues);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, kWaitingThreadsMax);
  builder.SetMaxReceiveMessageSize(Server::kReceiveBytesMax);
  builder.SetMaxSendMessageSize(Server::kReceiveBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsPerConnectionMax);
  // Those who send wait for 64 KiB to be taken, each. Windows that grow with the line are for lines that are
  // long; here a proxy stands before them, and five hundred streams that wait would hold half a gigabyte.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  // Otherwise a second server on the same port starts happily and takes half of the connections.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

absl::Status InUse(const ListenAddress& address) {
  return Error(
      absl::StatusCode::kUnavailable,
      absl::StrCat("cannot listen on ", address.text, ": the address is in use or not of this machine"),
      {.reason = "ADDRESS_IN_USE", .metadata = {{"address", address.text}}});
}

std::string Reachable(const ListenAddress& address, int port) {
  if (address.IsUnix()) return address.text;
  return absl::StrCat(address.text.substr(0, address.text.rfind(':')), ":", port);
}

}  // namespace

Server::Server(std::unique_ptr<HealthService> health, std::unique_ptr<grpc::Server> server,
               std::vector<std::string> addresses)
    : health_(std::move(health)), server_(std::move(server)), addresses_(std::move(addresses)) {}

Server::~Server() { Stop(); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      const std::vector<NamedService>& services) {
  ASSIGN_OR_RETURN(const std::vector<ListenAddress> addresses, Parse(options));
  grpc::EnableDefaultHealthCheckService(false);
  auto health = std::make_unique<HealthService>();
  health->SetServing("", false);
  for (const NamedService& named : services) health->SetServing(named.name, false);
  grpc::ServerBuilder builder;
  if (!IsPrivate(addresses)) builder.SetOption(std::make_unique<WithoutReflection>());
  SetLimits(builder);
  builder.RegisterService(health.get());
  for (const NamedService& named : services) builder.RegisterService(named.service);
  std::deque<int> ports;  // gRPC writes to these when it binds
  for (const ListenAddress& address : addresses) {
    if (address.IsUnix()) RETURN_IF_ERROR(PrepareSocket(address));
    builder.AddListeningPort(address.text, grpc::InsecureServerCredentials(), &ports.emplace_back(0));
  }
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  std::vector<std::string> reachable;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    if (server == nullptr || ports[i] <= 0) return InUse(addresses[i]);
    if (addresses[i].IsUnix()) chmod(addresses[i].socket_path.c_str(), 0600);
    reachable.push_back(Reachable(addresses[i], ports[i]));
  }
  if (server == nullptr) return absl::InternalError("gRPC cannot start a server");
  return std::unique_ptr<Server>(new Server(std::move(health), std::move(server), std::move(reachable)));
}

void Server::SetServing(absl::string_view service, bool serving) { health_->SetServing(service, serving); }

void Server::SetServing(bool serving) { health_->SetServing("", serving); }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kReceiveBytesMax);
  return server_->InProcessChannel(arguments);
}

void Server::Stop() {
  health_->Stop();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + kStopGrace));
  server_->Wait();
}

}  // namespace soutenance::runtime
