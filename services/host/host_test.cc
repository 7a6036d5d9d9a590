#include "services/host/host.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/clock.h"
#include "services/base/error.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/echo.grpc.pb.h"
#include "soutenance/directory/v1/accounts.grpc.pb.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::host {
namespace {

namespace echo = ::soutenance::runtime::testing;
namespace directory = ::soutenance::directory::v1;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::soutenance::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What the modules of these tests did, in order.
std::vector<std::string>& Events() {
  static auto* const events = new std::vector<std::string>;
  return *events;
}

// Knows one token, "ana".
absl::StatusOr<Caller> Identify(absl::string_view token) {
  if (token == "ana") return Caller{.account = "accounts/ana", .grants = {{.role = Role::kStaff}}};
  return Error(absl::StatusCode::kUnauthenticated, "the token is not valid", {.reason = "TOKEN_INVALID"});
}

// A directory that only says whose tokens are presented, here and to other processes.
class HostedDirectory : public Hosted, public directory::AccountService::Service {
 public:
  explicit HostedDirectory(const Parts& parts) : calls_(parts.calls) {
    Events().push_back("build directory");
    parts.authenticator.AnswerHere(Identify);
  }
  std::vector<runtime::NamedService> services() override {
    return {{directory::AccountService::service_full_name(), this}};
  }
  absl::Status Start() override {
    Events().push_back("start directory");
    return absl::OkStatus();
  }
  void Resume() override { Events().push_back("resume directory"); }
  void Stop() override { Events().push_back("stop directory"); }
  std::string Notice() const override { return "administrator's token in FILE"; }

  grpc::Status AuthenticateToken(grpc::ServerContext* context,
                                 const directory::AuthenticateTokenRequest* request,
                                 directory::AuthenticateTokenResponse* response) override {
    return calls_.Unary(*context, directory::AccountService::service_full_name(), __func__, *request,
                        [&](const runtime::Call&) -> absl::Status {
                          const absl::StatusOr<Caller> caller = Identify(request->secret());
                          if (!caller.ok()) return caller.status();
                          response->set_account(caller->account);
                          response->add_grants()->set_role(access::v1::ROLE_STAFF);
                          return absl::OkStatus();
                        });
  }

 private:
  const runtime::Calls& calls_;
};

// Answers with the account that asks.
class HostedEcho : public Hosted, public echo::EchoService::Service {
 public:
  explicit HostedEcho(const Parts& parts) : calls_(parts.calls) { Events().push_back("build echo"); }
  std::vector<runtime::NamedService> services() override {
    return {{echo::EchoService::service_full_name(), this}};
  }
  absl::Status Start() override {
    Events().push_back("start echo");
    return absl::OkStatus();
  }
  void Resume() override { Events().push_back("resume echo"); }
  void Stop() override { Events().push_back("stop echo"); }

  grpc::Status EchoStaff(grpc::ServerContext* context, const echo::EchoMessage* request,
                         echo::EchoMessage* response) override {
    return calls_.Unary(*context, echo::EchoService::service_full_name(), __func__, *request,
                        [&](const runtime::Call& call) -> absl::Status {
                          response->set_text(call.caller().account);
                          return absl::OkStatus();
                        });
  }

 private:
  const runtime::Calls& calls_;
};

template <typename T>
absl::StatusOr<std::unique_ptr<Hosted>> Build(const Parts& parts) {
  return std::make_unique<T>(parts);
}

const Module kDirectory{.name = "directory",
                        .services = {directory::AccountService::service_full_name()},
                        .build = Build<HostedDirectory>};
const Module kEcho{.name = "echo",
                   .services = {echo::EchoService::service_full_name()},
                   .needs = {"directory"},
                   .build = Build<HostedEcho>};

absl::StatusOr<std::string> AskWho(const std::shared_ptr<grpc::Channel>& channel, const std::string& token) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
  echo::EchoMessage answer;
  const absl::Status status =
      runtime::FromGrpc(echo::EchoService::NewStub(channel)->EchoStaff(&context, {}, &answer));
  if (!status.ok()) return status;
  return answer.text();
}

std::shared_ptr<grpc::Channel> Reach(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

class HostTest : public ::testing::Test {
 protected:
  HostTest() { Events().clear(); }

  // The configuration of a process with a data folder of its own.
  Config ConfigIn(const std::string& name) const {
    const std::string data_dir = absl::StrCat(folder_.path(), "/", name);
    return {.listen = {absl::StrCat("unix:", data_dir, "/s.sock")},
            .data_dir = data_dir,
            .store = absl::StrCat("sqlite:", data_dir),
            .log_file = absl::StrCat(folder_.path(), "/", name, ".log")};
  }

  std::string WriteKey() const {
    const std::string path = absl::StrCat(folder_.path(), "/key");
    std::ofstream(path) << std::string(64, 'a');
    chmod(path.c_str(), 0600);
    return path;
  }

  TemporaryFolder folder_;
  const SystemClock clock_;
};

TEST_F(HostTest, ServesItsModulesInProcessAndAtItsAddress) {
  ASSERT_OK_AND_ASSIGN(const auto host, Host::Start(ConfigIn("all"), {kDirectory, kEcho}, clock_));
  EXPECT_THAT(AskWho(host->InProcessChannel(), "ana"), testing::IsOkAndHolds("accounts/ana"));
  EXPECT_THAT(AskWho(Reach(host->addresses()[0]), "ana"), testing::IsOkAndHolds("accounts/ana"));
  EXPECT_THAT(AskWho(Reach(host->addresses()[0]), "eve"),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_INVALID")));
}

TEST_F(HostTest, SaysWhatItServesAndWhere) {
  ASSERT_OK_AND_ASSIGN(const auto host, Host::Start(ConfigIn("all"), {kDirectory, kEcho}, clock_));
  EXPECT_EQ(host->Describe(), absl::StrCat("serving directory, echo at unix:", folder_.path(),
                                           "/all/s.sock; administrator's token in FILE"));
}

TEST_F(HostTest, BuildsAndStartsInTheOrderOfTheTableAndStopsInReverse) {
  {
    ASSERT_OK_AND_ASSIGN(const auto host, Host::Start(ConfigIn("all"), {kDirectory, kEcho}, clock_));
    host->Stop();
  }
  EXPECT_THAT(Events(), ElementsAre("build directory", "build echo", "start directory", "start echo",
                                    "resume directory", "resume echo", "stop echo", "stop directory"));
}

TEST_F(HostTest, AnswersNobodyAfterItStopped) {
  ASSERT_OK_AND_ASSIGN(const auto host, Host::Start(ConfigIn("all"), {kDirectory, kEcho}, clock_));
  const auto channel = Reach(host->addresses()[0]);
  ASSERT_THAT(AskWho(channel, "ana"), IsOk());
  host->Stop();
  EXPECT_THAT(AskWho(channel, "ana"), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(HostTest, AsksTheDirectoryOfAnotherProcessWhoseTokenItIs) {
  Config directory_config = ConfigIn("directory");
  directory_config.services = {"directory"};
  directory_config.service_key_file = WriteKey();
  ASSERT_OK_AND_ASSIGN(const auto first, Host::Start(directory_config, {kDirectory, kEcho}, clock_));
  Config echo_config = ConfigIn("echo");
  echo_config.services = {"echo"};
  echo_config.service_key_file = directory_config.service_key_file;
  echo_config.peers = {{"directory", first->addresses()[0]}};
  ASSERT_OK_AND_ASSIGN(const auto second, Host::Start(echo_config, {kDirectory, kEcho}, clock_));

  EXPECT_THAT(AskWho(Reach(second->addresses()[0]), "ana"), testing::IsOkAndHolds("accounts/ana"));
  EXPECT_THAT(AskWho(Reach(second->addresses()[0]), "eve"),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_INVALID")));
  first->Stop();
  EXPECT_THAT(AskWho(Reach(second->addresses()[0]), "ana"),
              StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_DOWN")));
}

TEST_F(HostTest, RefusesADataFolderThatAnotherServerHolds) {
  ASSERT_OK_AND_ASSIGN(const auto host, Host::Start(ConfigIn("all"), {kDirectory, kEcho}, clock_));
  EXPECT_THAT(Host::Start(ConfigIn("all"), {kDirectory, kEcho}, clock_),
              StatusIs(absl::StatusCode::kUnavailable, Reason("DATA_DIR_IN_USE")));
}

TEST_F(HostTest, LeavesNothingRunningIfAModuleCannotStart) {
  const Module broken{.name = "echo",
                      .services = {echo::EchoService::service_full_name()},
                      .build = [](const Parts&) -> absl::StatusOr<std::unique_ptr<Hosted>> {
                        return Error(absl::StatusCode::kUnavailable, "the database cannot be opened",
                                     {.reason = "STORE_DOWN"});
                      }};
  const auto refused = Host::Start(ConfigIn("all"), {kDirectory, broken}, clock_);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable, Reason("STORE_DOWN")));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("while building echo"));
  EXPECT_THAT(Host::Start(ConfigIn("all"), {kDirectory, kEcho}, clock_), IsOk());
}

TEST_F(HostTest, RefusesAMethodThatDoesNotSayWhoMayCallIt) {
  const Module forgetful{.name = "forgetful",
                         .services = {echo::ForgetfulService::service_full_name()},
                         .build = Build<HostedEcho>};
  EXPECT_THAT(CheckConfig(ConfigIn("all"), {kDirectory, forgetful}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("METHOD_WITHOUT_ACCESS")));
}

TEST_F(HostTest, RefusesAnAddressThatOtherMachinesCanReach) {
  Config config = ConfigIn("all");
  config.listen = {"0.0.0.0:7000"};
  EXPECT_THAT(CheckConfig(config, {kDirectory}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ADDRESS_PUBLIC")));
  config.public_listener_behind = "nginx";
  EXPECT_THAT(CheckConfig(config, {kDirectory}), IsOk());
}

TEST_F(HostTest, RefusesAStoreItDoesNotKnowWithoutRepeatingItsPassword) {
  Config config = ConfigIn("all");
  config.store = "mysql://root:secret@host/db";
  const absl::Status status = CheckConfig(config, {kDirectory});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("CONFIG_INVALID")));
  EXPECT_THAT(std::string(status.message()), ::testing::Not(HasSubstr("secret")));
}

TEST_F(HostTest, RefusesAMissingServiceKey) {
  Config config = ConfigIn("all");
  config.service_key_file = absl::StrCat(folder_.path(), "/no-key");
  EXPECT_THAT(CheckConfig(config, {kDirectory}), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(HostTest, ServesItsMetricsOnLoopback) {
  Config config = ConfigIn("all");
  config.metrics_listen = "0.0.0.0:0";
  EXPECT_THAT(Host::Start(config, {kDirectory, kEcho}, clock_),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("METRICS_NOT_LOOPBACK")));
  config.metrics_listen = "127.0.0.1:0";
  EXPECT_THAT(Host::Start(config, {kDirectory, kEcho}, clock_), IsOk());
}

}  // namespace
}  // namespace soutenance::host
