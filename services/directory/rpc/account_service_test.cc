#include "services/directory/rpc/account_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/match.h"
#include "services/directory/testing/callers.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "storage/sql/account_store.h"
#include "storage/sql/database.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::directory {
namespace {

namespace access = ::soutenance::access::v1;
using ::soutenance::testing::FakeClock;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using Stub = v1::AccountService::Stub;

class AccountServiceTest : public ::testing::Test {
 protected:
  AccountServiceTest() {
    EXPECT_OK(accounts_.EnsureFirstAdministrator([&](absl::string_view secret) {
      pipeline_.authenticator().Add(
          "admin", {.account = "accounts/administrator", .grants = {{Role::kAdministrator, ""}}});
      first_secret_ = std::string(secret);
      return absl::OkStatus();
    }));
    stub_ = v1::AccountService::NewStub(pipeline_.Serve({&service_}));
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request, const std::string& token = "admin") {
    grpc::ClientContext context;
    pipeline_.Prepare(context, token);
    Response response;
    const absl::Status status = runtime::FromGrpc((stub_.get()->*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }
  absl::StatusOr<v1::AuthenticateTokenResponse> Authenticate(const std::string& secret) {
    grpc::ClientContext context;
    pipeline_.PrepareAsService(context, "scheduling");
    v1::AuthenticateTokenRequest request;
    request.set_secret(secret);
    v1::AuthenticateTokenResponse response;
    const absl::Status status = runtime::FromGrpc(stub_->AuthenticateToken(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  runtime::testing::Pipeline pipeline_{"directory", {v1::AccountService::service_full_name()}};
  FakeClock clock_{absl::FromUnixMicros(1'800'000'000'123'456)};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::AccountStore store_{*database_};
  Accounts accounts_{store_, clock_};
  AccountService service_{accounts_, pipeline_.calls()};
  std::string first_secret_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(AccountServiceTest, TellsWhoTheCallerIs) {
  ASSERT_OK_AND_ASSIGN(const v1::Account account, Call(&Stub::WhoAmI, v1::WhoAmIRequest()));
  EXPECT_EQ(account.name(), "accounts/administrator");
  EXPECT_EQ(account.grants(0).role(), access::ROLE_ADMINISTRATOR);
  EXPECT_EQ(account.create_time().seconds(), 1'800'000'000);
  EXPECT_EQ(account.create_time().nanos(), 123'456'000);
}

TEST_F(AccountServiceTest, KeepsAnAccountWithItsRoles) {
  v1::CreateAccountRequest create;
  create.set_account_id("nightly");
  create.mutable_account()->set_title("Nightly export");
  for (int role = access::Role_MIN + 1; role <= access::Role_MAX; ++role) {
    v1::RoleGrant& grant = *create.mutable_account()->add_grants();
    grant.set_role(static_cast<access::Role>(role));
    grant.set_programme("programmes/msi");
  }
  ASSERT_OK_AND_ASSIGN(v1::Account account, Call(&Stub::CreateAccount, create));
  EXPECT_EQ(account.grants_size(), access::Role_MAX);
  EXPECT_EQ(account.grants(5).role(), access::ROLE_STAFF);
  account.set_disabled(true);
  account.clear_grants();
  v1::UpdateAccountRequest update;
  *update.mutable_account() = account;
  ASSERT_OK_AND_ASSIGN(const v1::Account updated, Call(&Stub::UpdateAccount, update));
  EXPECT_TRUE(updated.disabled());
  EXPECT_EQ(updated.grants_size(), 0);
  EXPECT_THAT(Call(&Stub::UpdateAccount, update), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  v1::GetAccountRequest get;
  get.set_name("accounts/nightly");
  EXPECT_OK(Call(&Stub::GetAccount, get));
  ASSERT_OK_AND_ASSIGN(const v1::ListAccountsResponse all,
                       Call(&Stub::ListAccounts, v1::ListAccountsRequest()));
  EXPECT_EQ(all.accounts_size(), 2);
}

TEST_F(AccountServiceTest, RefusesRolesItDoesNotKnow) {
  v1::CreateAccountRequest create;
  create.mutable_account()->add_grants()->set_role(static_cast<access::Role>(77));
  create.mutable_account()->add_grants()->set_programme("msi");
  const absl::Status status = Call(&Stub::CreateAccount, create).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(FactsOf(status).fields.size(), 3u);
}

TEST_F(AccountServiceTest, TellsServicesWhoHoldsAToken) {
  ASSERT_OK_AND_ASSIGN(const v1::AuthenticateTokenResponse holder, Authenticate(first_secret_));
  EXPECT_EQ(holder.account(), "accounts/administrator");
  EXPECT_EQ(holder.grants(0).role(), access::ROLE_ADMINISTRATOR);
  EXPECT_THAT(Authenticate("sout_wrong"),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_INVALID")));
  v1::AuthenticateTokenRequest request;
  request.set_secret(first_secret_);
  EXPECT_THAT(Call(&Stub::AuthenticateToken, request), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(AccountServiceTest, ShowsASecretOnceAndRevokesForGood) {
  v1::CreateTokenRequest create;
  create.set_title("laptop");
  create.add_scopes(access::ROLE_STAFF);
  create.set_valid_seconds(3600);
  create.set_request_id("r1");
  ASSERT_OK_AND_ASSIGN(const v1::Token token, Call(&Stub::CreateToken, create));
  EXPECT_TRUE(absl::StartsWith(token.secret(), "sout_"));
  EXPECT_EQ(token.expire_time().seconds() - token.create_time().seconds(), 3600);
  EXPECT_FALSE(token.has_revoke_time());
  ASSERT_OK_AND_ASSIGN(const v1::Token again, Call(&Stub::CreateToken, create));
  EXPECT_EQ(again.name(), token.name());
  EXPECT_EQ(again.secret(), "");
  ASSERT_OK_AND_ASSIGN(const v1::AuthenticateTokenResponse holder, Authenticate(token.secret()));
  EXPECT_EQ(holder.grants(0).role(), access::ROLE_STAFF);

  v1::RevokeTokenRequest revoke;
  revoke.set_name(token.name());
  ASSERT_OK_AND_ASSIGN(const v1::Token revoked, Call(&Stub::RevokeToken, revoke));
  EXPECT_TRUE(revoked.has_revoke_time());
  EXPECT_THAT(Authenticate(token.secret()),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_REVOKED")));
  ASSERT_OK_AND_ASSIGN(const v1::ListTokensResponse tokens, Call(&Stub::ListTokens, v1::ListTokensRequest()));
  EXPECT_EQ(tokens.tokens_size(), 2);
  for (const v1::Token& listed : tokens.tokens()) EXPECT_EQ(listed.secret(), "");
}

TEST_F(AccountServiceTest, LogsNoSecret) {
  v1::CreateTokenRequest create;
  ASSERT_OK_AND_ASSIGN(const v1::Token token, Call(&Stub::CreateToken, create));
  EXPECT_OK(Authenticate(token.secret()));
  for (const std::string& line : pipeline_.LogLines())
    EXPECT_FALSE(absl::StrContains(line, token.secret())) << line;
}

TEST_F(AccountServiceTest, RefusesLifetimesAndNamesThatMakeNoSense) {
  v1::CreateTokenRequest create;
  for (const int64_t seconds :
       {int64_t{1}, int64_t{-1}, std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()}) {
    create.set_valid_seconds(seconds);
    EXPECT_THAT(Call(&Stub::CreateToken, create), StatusIs(absl::StatusCode::kInvalidArgument)) << seconds;
  }
  v1::RevokeTokenRequest revoke;
  for (const char* name : {"", "accounts/a", "accounts/a/tokens/", "accounts/a/tokens/b/c", "tokens/b"}) {
    revoke.set_name(name);
    EXPECT_THAT(Call(&Stub::RevokeToken, revoke), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

}  // namespace
}  // namespace soutenance::directory
