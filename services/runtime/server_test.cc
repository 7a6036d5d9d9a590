#include "services/runtime/server.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/runtime/listen_address.h"
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

class Answer : public EchoService::Service {
 public:
  std::function<grpc::Status(const EchoMessage&, EchoMessage*)> answer = [](const EchoMessage& request,
                                                                            EchoMessage* response) {
    response->set_text(request.text());
    return grpc::Status::OK;
  };
  grpc::Status Echo(grpc::ServerContext*, const EchoMessage* request, EchoMessage* response) override {
    return answer(*request, response);
  }
};

NamedService Named(Answer& service) { return {EchoService::service_full_name(), &service}; }

absl::Status Call(const std::shared_ptr<grpc::Channel>& channel, const std::string& text = "hello") {
  grpc::ClientContext context;
  testing::Pipeline::Prepare(context, "token");
  EchoMessage request, response;
  request.set_text(text);
  return FromGrpc(EchoService::NewStub(channel)->Echo(&context, request, &response));
}

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() : folder_(absl::StrCat("/tmp/soutenance-server-test-", NewId())) {
    std::filesystem::create_directory(folder_);
  }
  ~ServerTest() override { std::filesystem::remove_all(folder_); }

  std::string Socket() const { return folder_ + "/run/s.sock"; }
  static mode_t ModeOf(const std::string& path) {
    struct stat facts = {};
    return stat(path.c_str(), &facts) == 0 ? facts.st_mode & 0777 : 0;
  }

  const std::string folder_;
  Answer service_;
};

TEST_F(ServerTest, ServesOnAUnixSocketThatOnlyItsOwnerMayUse) {
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"unix:" + Socket()}}, {Named(service_)}));
  EXPECT_OK(Call(Connect(server->addresses().front())));
  EXPECT_EQ(ModeOf(Socket()), 0600u);
  EXPECT_EQ(ModeOf(folder_ + "/run"), 0700u);
}

TEST_F(ServerTest, ServesOnLoopbackAndSaysWhichPortItGot) {
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"127.0.0.1:0"}}, {Named(service_)}));
  EXPECT_NE(server->addresses().front(), "127.0.0.1:0");
  EXPECT_OK(Call(Connect(server->addresses().front())));
}

TEST_F(ServerTest, RemovesASocketThatNobodyAnswers) {
  std::filesystem::create_directory(folder_ + "/run");
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, Socket().c_str());
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  close(fd);  // the file stays, as after a crash
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"unix:" + Socket()}}, {Named(service_)}));
  EXPECT_OK(Call(Connect(server->addresses().front())));
}

TEST_F(ServerTest, RefusesASocketThatAnotherServerAnswers) {
  ASSERT_OK_AND_ASSIGN(const auto first, Server::Start({.listen = {"unix:" + Socket()}}, {Named(service_)}));
  Answer other;
  EXPECT_THAT(Server::Start({.listen = {"unix:" + Socket()}}, {Named(other)}),
              StatusIs(absl::StatusCode::kUnavailable, Reason("ADDRESS_IN_USE")));
  EXPECT_OK(Call(Connect(first->addresses().front())));
}

TEST_F(ServerTest, LeavesAFileAloneThatIsNotASocket) {
  std::ofstream(folder_ + "/thesis.pdf") << "precious";
  EXPECT_THAT(Server::Start({.listen = {"unix:" + folder_ + "/thesis.pdf"}}, {Named(service_)}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ADDRESS_UNUSABLE")));
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/thesis.pdf"));
}

TEST_F(ServerTest, RefusesAPortThatAnotherServerHas) {
  ASSERT_OK_AND_ASSIGN(const auto first, Server::Start({.listen = {"127.0.0.1:0"}}, {Named(service_)}));
  Answer other;
  EXPECT_THAT(Server::Start({.listen = {first->addresses().front()}}, {Named(other)}),
              StatusIs(absl::StatusCode::kUnavailable, Reason("ADDRESS_IN_USE")));
}

TEST_F(ServerTest, RefusesAPublicAddressUnlessToldWhatStandsInFront) {
  for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:7001", "defences.example:7001"}) {
    EXPECT_THAT(Server::Start({.listen = {address}}, {Named(service_)}),
                StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ADDRESS_PUBLIC")))
        << address;
  }
  EXPECT_OK(Server::Start({.listen = {"0.0.0.0:0"}, .public_listener_behind = "nginx"}, {Named(service_)}));
}

TEST(ListenAddress, SaysWhatIsWrong) {
  const std::string too_long = "unix:/" + std::string(108, 'x');
  for (const std::string& text :
       std::vector<std::string>{"", "7001", ":7001", "127.0.0.1:", "127.0.0.1:70000", "[::1:7001",
                                "unix:relative.sock", too_long}) {
    EXPECT_THAT(ParseListenAddress(text),
                StatusIs(absl::StatusCode::kInvalidArgument, Reason("ADDRESS_INVALID")))
        << text;
  }
}

// Calls `method` with the bytes of `request`, for methods whose contract is not in this tree.
grpc::Status Ask(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                 const std::string& request, std::string* answer = nullptr) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  grpc::CompletionQueue queue;
  const grpc::Slice slice(request);
  grpc::GenericStub stub(channel);
  const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(&slice, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer bytes;
  grpc::Status status;
  call->Finish(&bytes, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  grpc::Slice whole;
  if (answer != nullptr && status.ok() && bytes.DumpToSingleSlice(&whole).ok()) {
    answer->assign(whole.begin(), whole.end());
  }
  return status;
}

// What grpc.health.v1 says. On the wire the request has the service in field 1, and the answer its status in
// field 1 (1: SERVING, 2: NOT_SERVING).
std::string Health(const std::shared_ptr<grpc::Channel>& channel, const std::string& service) {
  const std::string field = absl::StrCat("\x0a", std::string(1, static_cast<char>(service.size())), service);
  std::string answer;
  const grpc::Status status =
      Ask(channel, "/grpc.health.v1.Health/Check", service.empty() ? "" : field, &answer);
  if (!status.ok()) return absl::StatusCodeToString(static_cast<absl::StatusCode>(status.error_code()));
  if (answer == "\x08\x01") return "SERVING";
  return answer == "\x08\x02" ? "NOT_SERVING" : "?";
}

TEST_F(ServerTest, IsNotServingUntilItIsToldSo) {
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"127.0.0.1:0"}}, {Named(service_)}));
  const auto channel = Connect(server->addresses().front());
  EXPECT_EQ(Health(channel, ""), "NOT_SERVING");
  EXPECT_EQ(Health(channel, "soutenance.runtime.testing.EchoService"), "NOT_SERVING");
  server->SetServing("soutenance.runtime.testing.EchoService", true);
  EXPECT_EQ(Health(channel, "soutenance.runtime.testing.EchoService"), "SERVING");
  EXPECT_EQ(Health(channel, ""), "NOT_SERVING");
  server->SetServing(true);
  EXPECT_EQ(Health(channel, ""), "SERVING");
}

TEST_F(ServerTest, ReflectsItsContractUnlessItListensPublicly) {
  constexpr char kReflection[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  {
    ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"127.0.0.1:0"}}, {Named(service_)}));
    EXPECT_NE(Ask(Connect(server->addresses().front()), kReflection, "").error_code(),
              grpc::StatusCode::UNIMPLEMENTED);
  }
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"127.0.0.1:0", "0.0.0.0:0"},
                                                         .public_listener_behind = "nginx"},
                                                        {Named(service_)}));
  EXPECT_EQ(Ask(Connect(server->addresses().front()), kReflection, "").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, StopLetsACallInProgressFinish) {
  std::promise<void> entered, release;
  service_.answer = [&, released = release.get_future().share()](const EchoMessage&, EchoMessage*) {
    entered.set_value();
    released.wait();
    return grpc::Status::OK;
  };
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"127.0.0.1:0"}}, {Named(service_)}));
  const auto channel = Connect(server->addresses().front());
  auto call = std::async(std::launch::async, [&] { return Call(channel); });
  entered.get_future().wait();
  auto stop = std::async(std::launch::async, [&] { server->Stop(); });
  release.set_value();
  EXPECT_OK(call.get());
  stop.get();
  EXPECT_THAT(Call(channel), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ServerTest, CarriesLargeMessagesBothWays) {
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({}, {Named(service_)}));
  EXPECT_OK(Call(server->InProcessChannel(), std::string(15 << 20, 'x')));
  EXPECT_THAT(Call(server->InProcessChannel(), std::string(17 << 20, 'x')),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

// An error whose violations take about `bytes`.
absl::Status LongError(int bytes) {
  ErrorFacts facts = {.reason = "JURY_RULE_BROKEN"};
  for (int i = 0; i < bytes / 100; ++i) {
    facts.preconditions.push_back(
        {.type = "conflict", .subject = absl::StrCat("people/", i), .description = std::string(80, 'd')});
  }
  return Error(absl::StatusCode::kFailedPrecondition, std::string(3000, 'e') + "é", facts);
}

TEST_F(ServerTest, ErrorsOfAnySizeKeepTheirCodeAndReasonOverTcp) {
  ASSERT_OK_AND_ASSIGN(const auto server, Server::Start({.listen = {"127.0.0.1:0"}}, {Named(service_)}));
  const auto channel = Connect(server->addresses().front());
  for (const int bytes : {0, 3 * 1024, 10 * 1024, 100 * 1024}) {
    service_.answer = [&](const EchoMessage&, EchoMessage*) { return ToGrpc(LongError(bytes)); };
    EXPECT_THAT(Call(channel), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")))
        << bytes;
  }
}

}  // namespace
}  // namespace soutenance::runtime
