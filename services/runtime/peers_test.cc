#include "services/runtime/peers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "services/base/error.h"
#include "services/runtime/server.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/echo.grpc.pb.h"
#include "services/runtime/testing/pipeline.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::runtime {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using testing::EchoMessage;
using testing::EchoService;

class Hello : public EchoService::Service {
  grpc::Status Echo(grpc::ServerContext*, const EchoMessage*, EchoMessage* response) override {
    response->set_text("hello");
    return grpc::Status::OK;
  }
};

NamedService Named(Hello& service) { return {EchoService::service_full_name(), &service}; }

absl::StatusOr<std::string> Ask(Peers& peers, const std::string& peer) {
  const auto channel = peers.Channel(peer);
  if (!channel.ok()) return channel.status();
  grpc::ClientContext context;
  testing::Pipeline::Prepare(context, "token");
  EchoMessage response;
  const absl::Status status =
      FromPeer(peer, EchoService::NewStub(*channel)->Echo(&context, EchoMessage(), &response));
  if (!status.ok()) return status;
  return response.text();
}

TEST(Peers, AHostedPeerIsReachedInProcess) {
  Hello hello;
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({}, {Named(hello)}));
  Peers peers({});
  peers.SetHosted({"directory"}, [&] { return server->InProcessChannel(); });
  ASSERT_OK_AND_ASSIGN(const std::string answer, Ask(peers, "directory"));
  EXPECT_EQ(answer, "hello");
}

TEST(Peers, APeerElsewhereIsReachedAtItsAddressOverOneChannel) {
  Hello hello;
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"127.0.0.1:0"}}, {Named(hello)}));
  const std::map<std::string, std::string> addresses = {{"directory", server->addresses().front()}};
  Peers peers(addresses);
  ASSERT_OK_AND_ASSIGN(const std::string answer, Ask(peers, "directory"));
  EXPECT_EQ(answer, "hello");
  EXPECT_EQ(*peers.Channel("directory"), *peers.Channel("directory"));
}

TEST(Peers, APeerThatNobodyKnowsIsSaidSo) {
  Peers peers({});
  EXPECT_THAT(peers.Channel("directory"), StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_UNKNOWN")));
}

TEST(Peers, ADeadPeerIsDownAndMayBeAskedAgainSoon) {
  const std::map<std::string, std::string> addresses = {{"directory", "unix:/nowhere/directory.sock"}};
  Peers peers(addresses);
  const absl::Status status = Ask(peers, "directory").status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_DOWN")));
  EXPECT_EQ(FactsOf(status).metadata.at("peer"), "directory");
  EXPECT_EQ(FactsOf(status).retry_after, absl::Seconds(1));
}

TEST(Peers, UnavailabilityThatThePeerExplainsKeepsItsReason) {
  const grpc::Status busy = ToGrpc(Error(absl::StatusCode::kUnavailable, "busy", {.reason = "STORE_BUSY"}));
  EXPECT_THAT(FromPeer("directory", busy), StatusIs(absl::StatusCode::kUnavailable, Reason("STORE_BUSY")));
}

}  // namespace
}  // namespace soutenance::runtime
