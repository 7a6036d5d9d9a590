// Nobody can forget the pipeline: every method of every service is called without a token, with a token that
// proves nobody, and with every role that the contract does not name.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/host/modules.h"
#include "services/runtime/status_wire.h"
#include "soutenance/access/v1/access.pb.h"
#include "tests/system/client.h"
#include "tests/system/deployment.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

using ::soutenance::access::v1::Access;
using ::soutenance::access::v1::Role;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;

// One method of the contract and where it is hosted.
struct Method {
  std::string module;
  std::string path;  // "/soutenance.directory.v1.AccountService/WhoAmI"
  Access access;
};

std::vector<Method> AllMethods() {
  std::vector<Method> methods;
  for (const host::Module& module : host::AllModules()) {
    for (const std::string& name : module.services) {
      const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
      EXPECT_NE(service, nullptr) << name;
      for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
        methods.push_back({module.name, absl::StrCat("/", name, "/", service->method(i)->name()),
                           service->method(i)->options().GetExtension(access::v1::access)});
      }
    }
  }
  return methods;
}

// Calls `method` with an empty message. `token` empty: without any.
absl::Status CallEmpty(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                       const std::string& token) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  const auto call = stub.PrepareCall(&context, method, &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  call->WriteLast(request, {}, nullptr);
  queue.Next(&tag, &ok);
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  queue.Next(&tag, &ok);
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  return runtime::FromGrpc(status);
}

class EveryMethod : public ::testing::TestWithParam<Shape> {
 protected:
  EveryMethod() : deployment_(GetParam()) {}

  absl::Status CallEmpty(const Method& method, const std::string& token) const {
    return system_test::CallEmpty(deployment_.ChannelTo(method.module), method.path, token);
  }

  // A token of a new account with `role` in every programme.
  std::string TokenOf(Role role) const {
    const Client administrator(deployment_, deployment_.administrator_token());
    directory::v1::CreateAccountRequest account;
    account.mutable_account()->set_title(access::v1::Role_Name(role));
    account.mutable_account()->add_grants()->set_role(role);
    const auto created = administrator.Call(&AccountStub::CreateAccount, account);
    EXPECT_THAT(created, IsOk());
    directory::v1::CreateTokenRequest token;
    token.set_parent(created.ok() ? created->name() : "");
    token.set_title("test");
    const auto secret = administrator.Call(&AccountStub::CreateToken, token);
    EXPECT_THAT(secret, IsOk());
    return secret.ok() ? secret->secret() : "";
  }

  const std::vector<Method> methods_ = AllMethods();
  Deployment deployment_;
};

TEST_P(EveryMethod, IsKnownToTheTest) { EXPECT_GT(methods_.size(), 60u); }

TEST_P(EveryMethod, AsksWhoCalls) {
  for (const Method& method : methods_) {
    EXPECT_THAT(CallEmpty(method, ""), StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_MISSING")))
        << method.path;
    EXPECT_THAT(CallEmpty(method, "sout_nobody"),
                StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_INVALID")))
        << method.path;
  }
}

TEST_P(EveryMethod, RefusesRolesThatTheContractDoesNotName) {
  for (int number = access::v1::Role_MIN + 1; number <= access::v1::Role_MAX; ++number) {
    const Role role = static_cast<Role>(number);
    // An administrator of all programmes has every role.
    const bool has_every_role = role == access::v1::ROLE_ADMINISTRATOR;
    const std::string token = TokenOf(role);
    for (const Method& method : methods_) {
      const Access& access = method.access;
      const bool is_named = std::count(access.roles().begin(), access.roles().end(), role) > 0;
      if (access.authenticated() || is_named || (has_every_role && access.roles_size() > 0)) continue;
      EXPECT_THAT(CallEmpty(method, token),
                  StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")))
          << method.path << " as " << access::v1::Role_Name(role);
    }
  }
}

TEST_P(EveryMethod, LetsNamedRolesThroughThePipeline) {
  const std::string token = TokenOf(access::v1::ROLE_STAFF);
  for (const Method& method : methods_) {
    const Access& access = method.access;
    const bool is_named =
        std::count(access.roles().begin(), access.roles().end(), access::v1::ROLE_STAFF) > 0;
    if (!is_named && !access.authenticated()) continue;
    const absl::Status status = CallEmpty(method, token);
    EXPECT_FALSE(absl::IsUnauthenticated(status)) << method.path << ": " << status;
    EXPECT_NE(FactsOf(status).reason, "ROLE_NOT_ALLOWED") << method.path;
    EXPECT_FALSE(absl::IsInternal(status) || absl::IsUnknown(status) || absl::IsUnimplemented(status))
        << method.path << ": " << status;
  }
}

TEST_P(EveryMethod, IsClosedToARevokedToken) {
  const Client administrator(deployment_, deployment_.administrator_token());
  ASSERT_OK_AND_ASSIGN(const auto self,
                       administrator.Call(&AccountStub::WhoAmI, directory::v1::WhoAmIRequest()));
  directory::v1::CreateTokenRequest create;
  create.set_parent(self.name());
  create.set_title("short");
  ASSERT_OK_AND_ASSIGN(const auto token, administrator.Call(&AccountStub::CreateToken, create));
  const Client client(deployment_, token.secret());
  EXPECT_THAT(client.Call(&SubmissionsStub::ListTheses, submissions::v1::ListThesesRequest()), IsOk());
  directory::v1::RevokeTokenRequest revoke;
  revoke.set_name(token.name());
  ASSERT_OK(administrator.Call(&AccountStub::RevokeToken, revoke));
  EXPECT_THAT(client.Call(&SubmissionsStub::ListTheses, submissions::v1::ListThesesRequest()),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_REVOKED")));
}

std::string NameOf(const ::testing::TestParamInfo<Shape>& shape) {
  switch (shape.param) {
    case Shape::kInProcess:
      return "InProcess";
    case Shape::kOneBinary:
      return "OneBinary";
    case Shape::kBinaryPerService:
      return "BinaryPerService";
  }
  return "";
}

INSTANTIATE_TEST_SUITE_P(Everywhere, EveryMethod,
                         ::testing::Values(Shape::kInProcess, Shape::kOneBinary, Shape::kBinaryPerService),
                         NameOf);

}  // namespace
}  // namespace soutenance::system_test
