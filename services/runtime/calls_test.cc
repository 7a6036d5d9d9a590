#include "services/runtime/calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
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
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Pipeline;
using Handler = std::function<absl::Status(const Call&)>;
using Method = grpc::Status (EchoService::Stub::*)(grpc::ClientContext*, const EchoMessage&, EchoMessage*);

// Answers every method with the handler of the test.
class EchoServer : public EchoService::Service {
 public:
  explicit EchoServer(Calls& calls) : calls_(calls) {}
  Handler handler = [](const Call&) { return absl::OkStatus(); };

 private:
  grpc::Status Run(grpc::ServerContext* context, const char* method, const EchoMessage* request,
                   EchoMessage* response) {
    return calls_.Unary(
        *context, EchoService::service_full_name(), method, *request,
        [&](const Call& call) -> absl::Status {
          response->set_text(request->text());
          return handler(call);
        },
        response);
  }

 public:
  grpc::Status Echo(grpc::ServerContext* c, const EchoMessage* q, EchoMessage* r) override {
    return Run(c, __func__, q, r);
  }
  grpc::Status EchoStaff(grpc::ServerContext* c, const EchoMessage* q, EchoMessage* r) override {
    return Run(c, __func__, q, r);
  }
  grpc::Status EchoServices(grpc::ServerContext* c, const EchoMessage* q, EchoMessage* r) override {
    return Run(c, __func__, q, r);
  }
  grpc::Status EchoSmall(grpc::ServerContext* c, const EchoMessage* q, EchoMessage* r) override {
    return Run(c, __func__, q, r);
  }

 private:
  Calls& calls_;
};

class CallsTest : public ::testing::Test {
 protected:
  explicit CallsTest(Calls::Limits limits = {})
      : pipeline_("echo", {EchoService::service_full_name()}, limits), echo_(pipeline_.calls()) {
    pipeline_.authenticator().Add(
        "student-token", {.account = "accounts/zoe", .grants = {{Role::kStudent, "programmes/msi"}}});
    pipeline_.authenticator().Add("staff-token",
                                  {.account = "accounts/ana", .grants = {{Role::kStaff, "programmes/msi"}}});
    pipeline_.authenticator().Add("admin-token",
                                  {.account = "accounts/root", .grants = {{Role::kAdministrator, ""}}});
    stub_ = EchoService::NewStub(pipeline_.Serve({&echo_}));
  }

  absl::Status CallAs(const std::string& token, Method method = &EchoService::Stub::Echo,
                      const std::string& text = "hello") {
    grpc::ClientContext context;
    Pipeline::Prepare(context, token);
    return Send(context, method, text);
  }

  absl::Status CallAsService(Method method, const Caller& on_behalf_of = {}) {
    grpc::ClientContext context;
    pipeline_.PrepareAsService(context, "scheduling", on_behalf_of);
    return Send(context, method, "hello");
  }

  absl::Status Send(grpc::ClientContext& context, Method method, const std::string& text) {
    EchoMessage request, response;
    request.set_text(text);
    return FromGrpc((stub_.get()->*method)(&context, request, &response));
  }

  Pipeline pipeline_;
  EchoServer echo_;
  std::unique_ptr<EchoService::Stub> stub_;
};

TEST_F(CallsTest, TheHandlerLearnsWhoAsks) {
  Caller caller;
  echo_.handler = [&](const Call& call) {
    caller = call.caller();
    return absl::OkStatus();
  };
  ASSERT_OK(CallAs("staff-token"));
  EXPECT_EQ(caller.account, "accounts/ana");
  EXPECT_TRUE(caller.HasRole(Role::kStaff, "programmes/msi"));
}

TEST_F(CallsTest, RefusesACallWithoutToken) {
  grpc::ClientContext context;
  EXPECT_THAT(Send(context, &EchoService::Stub::Echo, "x"),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_MISSING")));
}

TEST_F(CallsTest, RefusesATokenThatProvesNobodyAndKeepsItSecret) {
  const absl::Status status = CallAs("guessed-secret");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_INVALID")));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("guessed-secret")));
  EXPECT_THAT(pipeline_.LogLines(), ElementsAre(Not(HasSubstr("guessed-secret"))));
}

TEST_F(CallsTest, RefusesTheWrongRoleAndNamesTheRightOnes) {
  const absl::Status status = CallAs("student-token", &EchoService::Stub::EchoStaff);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_EQ(FactsOf(status).metadata.at("roles"), "staff, programme_head");
  EXPECT_OK(CallAs("staff-token", &EchoService::Stub::EchoStaff));
}

TEST_F(CallsTest, AnAdministratorOfEverythingHasEveryRole) {
  EXPECT_OK(CallAs("admin-token", &EchoService::Stub::EchoStaff));
}

TEST_F(CallsTest, AMethodForServicesRefusesPeople) {
  EXPECT_OK(CallAsService(&EchoService::Stub::EchoServices));
  EXPECT_THAT(CallAs("admin-token", &EchoService::Stub::EchoServices),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(CallsTest, AServiceMayNotCallAMethodThatIsForPeopleOnly) {
  const Caller staff = {.account = "accounts/ana", .grants = {{Role::kStaff, ""}}};
  EXPECT_THAT(CallAsService(&EchoService::Stub::EchoStaff, staff),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("SERVICE_NOT_ALLOWED")));
}

TEST_F(CallsTest, RefusesARequestLargerThanTheMethodTakes) {
  EXPECT_OK(CallAs("staff-token", &EchoService::Stub::EchoSmall, std::string(90, 'x')));
  EXPECT_THAT(CallAs("staff-token", &EchoService::Stub::EchoSmall, std::string(100, 'x')),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("REQUEST_TOO_LARGE")));
}

TEST_F(CallsTest, TheDeadlineIsTheMethodsOrTheClientsIfEarlier) {
  absl::Duration remaining;
  echo_.handler = [&](const Call& call) {
    remaining = call.deadline() - absl::Now();
    return absl::OkStatus();
  };
  ASSERT_OK(CallAs("staff-token", &EchoService::Stub::EchoSmall));
  EXPECT_LE(remaining, absl::Milliseconds(50));

  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer staff-token");
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(2)));
  ASSERT_OK(Send(context, &EchoService::Stub::Echo, "x"));
  EXPECT_LE(remaining, absl::Seconds(2));
  EXPECT_GT(remaining, absl::Seconds(1));
}

TEST_F(CallsTest, AHandlerThatPollsStopsAtTheDeadline) {
  echo_.handler = [](const Call& call) {
    while (!call.Stopped()) std::this_thread::yield();
    return absl::CancelledError("stopped");
  };
  EXPECT_THAT(CallAs("staff-token", &EchoService::Stub::EchoSmall), StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(CallsTest, AnExceptionBecomesInternalAndIsToldToTheLogOnly) {
  echo_.handler = [](const Call&) -> absl::Status { throw std::runtime_error("table accounts is broken"); };
  const absl::Status status = CallAs("staff-token");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal, Reason("INTERNAL")));
  const std::string request_id = FactsOf(status).metadata.at("request_id");
  EXPECT_EQ(status.message(), absl::StrCat("internal error, quote request ", request_id));
  EXPECT_THAT(pipeline_.LogLines(),
              ElementsAre(::testing::AllOf(HasSubstr("table accounts is broken"), HasSubstr(request_id),
                                           HasSubstr("\"level\":\"error\""))));
}

TEST_F(CallsTest, TheRequestIdOfTheClientIsKeptAndReturned) {
  grpc::ClientContext context;
  Pipeline::Prepare(context, "staff-token");
  context.AddMetadata("x-request-id", "req-7");
  ASSERT_OK(Send(context, &EchoService::Stub::Echo, "x"));
  const auto returned = context.GetServerTrailingMetadata().find("x-request-id");
  ASSERT_NE(returned, context.GetServerTrailingMetadata().end());
  EXPECT_EQ(std::string(returned->second.data(), returned->second.size()), "req-7");
}

TEST_F(CallsTest, WritesOneLineAndOneObservationPerCall) {
  ASSERT_OK(CallAs("staff-token"));
  EXPECT_THAT(pipeline_.LogLines(),
              ElementsAre(::testing::AllOf(
                  HasSubstr("\"service\":\"soutenance.runtime.testing.EchoService\",\"method\":\"Echo\""),
                  HasSubstr("\"caller\":\"accounts/ana\""), HasSubstr("\"code\":\"OK\""),
                  HasSubstr("\"bytes_in\":7,\"bytes_out\":7"), Not(HasSubstr("staff-token")))));
  EXPECT_THAT(pipeline_.metrics().Text(),
              HasSubstr("soutenance_calls_total{code=\"OK\",method=\"Echo\","
                        "service=\"soutenance.runtime.testing.EchoService\"} 1\n"));
}

TEST_F(CallsTest, ACallToAPeerCarriesCallerRequestIdAndDeadline) {
  int depth = 0;
  std::string inner_account, inner_service, inner_id, outer_id;
  absl::Time inner_deadline, outer_deadline;
  echo_.handler = [&](const Call& call) -> absl::Status {
    if (++depth == 1) {
      outer_id = call.request_id();
      outer_deadline = call.deadline();
      const auto context = pipeline_.calls().MakeClientContext(absl::Minutes(1));
      return Send(*context, &EchoService::Stub::Echo, "inner");
    }
    inner_account = call.caller().account;
    inner_service = call.caller().service;
    inner_id = call.request_id();
    inner_deadline = call.deadline();
    return absl::OkStatus();
  };
  ASSERT_OK(CallAs("staff-token"));
  EXPECT_EQ(inner_account, "accounts/ana");
  EXPECT_EQ(inner_service, "echo");
  EXPECT_EQ(inner_id, outer_id);
  EXPECT_LE(inner_deadline, outer_deadline);
}

TEST_F(CallsTest, AServiceMayAskForItselfInsideACall) {
  int depth = 0;
  Caller inner;
  std::string inner_id, outer_id;
  echo_.handler = [&](const Call& call) -> absl::Status {
    if (++depth == 1) {
      outer_id = call.request_id();
      const auto context = pipeline_.calls().MakeOwnClientContext(absl::Minutes(1));
      return Send(*context, &EchoService::Stub::Echo, "inner");
    }
    inner = call.caller();
    inner_id = call.request_id();
    return absl::OkStatus();
  };
  ASSERT_OK(CallAs("staff-token"));
  EXPECT_EQ(inner.account, "");
  EXPECT_TRUE(inner.grants.empty());
  EXPECT_EQ(inner.service, "echo");
  EXPECT_EQ(inner_id, outer_id);
}

TEST_F(CallsTest, OutsideACallAServiceAsksForItself) {
  Caller caller;
  echo_.handler = [&](const Call& call) {
    caller = call.caller();
    return absl::OkStatus();
  };
  const auto context = pipeline_.calls().MakeClientContext(absl::Seconds(5));
  ASSERT_OK(Send(*context, &EchoService::Stub::Echo, "x"));
  EXPECT_EQ(caller.service, "echo");
  EXPECT_EQ(caller.account, "");
}

class OneAtATimeTest : public CallsTest {
 protected:
  OneAtATimeTest() : CallsTest({.calls_max = 1}) {}
};

TEST_F(OneAtATimeTest, ACallThatFindsNoPlaceBeforeItsDeadlineIsRefused) {
  std::promise<void> entered, release;
  echo_.handler = [&, released = release.get_future().share()](const Call&) {
    entered.set_value();
    released.wait();
    return absl::OkStatus();
  };
  auto first = std::async(std::launch::async, [&] { return CallAs("staff-token"); });
  entered.get_future().wait();
  EXPECT_THAT(CallAs("staff-token", &EchoService::Stub::EchoSmall),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("SERVER_BUSY")));
  release.set_value();
  EXPECT_OK(first.get());
}

TEST_F(OneAtATimeTest, ACallWaitsForItsPlace) {
  std::promise<void> entered, release;
  int calls = 0;
  echo_.handler = [&, released = release.get_future().share()](const Call&) {
    if (++calls == 1) {
      entered.set_value();
      released.wait();
    }
    return absl::OkStatus();
  };
  auto first = std::async(std::launch::async, [&] { return CallAs("staff-token"); });
  entered.get_future().wait();
  auto second = std::async(std::launch::async, [&] { return CallAs("staff-token"); });
  release.set_value();
  EXPECT_OK(first.get());
  EXPECT_OK(second.get());
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace soutenance::runtime
