#include "services/directory/rpc/account_service.h"

#include <string>
#include <utility>

#include "services/base/status.h"
#include "services/directory/rpc/accounts_proto.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::directory {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &v1::AccountService::service_full_name;

}  // namespace

grpc::Status AccountService::WhoAmI(grpc::ServerContext* context, const v1::WhoAmIRequest* request,
                                    v1::Account* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Account account, accounts_.WhoAmI(call.caller()));
        *response = ToProto(account);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::GetAccount(grpc::ServerContext* context, const v1::GetAccountRequest* request,
                                        v1::Account* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Account account, accounts_.GetAccount(call.caller(), id));
        *response = ToProto(account);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::ListAccounts(grpc::ServerContext* context,
                                          const v1::ListAccountsRequest* request,
                                          v1::ListAccountsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PageRequest wanted, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Account> page, accounts_.ListAccounts(call.caller(), wanted));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::CreateAccount(grpc::ServerContext* context,
                                           const v1::CreateAccountRequest* request, v1::Account* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Account given, FromProto(*request));
        ASSIGN_OR_RETURN(const Account account,
                         accounts_.CreateAccount(call.caller(), std::move(given),
                                                 MakeMutation(call.caller(), "CreateAccount", *request)));
        *response = ToProto(account);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::UpdateAccount(grpc::ServerContext* context,
                                           const v1::UpdateAccountRequest* request, v1::Account* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const AccountUpdate update, FromProto(*request));
        ASSIGN_OR_RETURN(const Account account,
                         accounts_.UpdateAccount(call.caller(), update.account, update.expected_version,
                                                 MakeMutation(call.caller(), "UpdateAccount", *request)));
        *response = ToProto(account);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::CreateToken(grpc::ServerContext* context, const v1::CreateTokenRequest* request,
                                         v1::Token* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const TokenWish wish, FromProto(*request));
        ASSIGN_OR_RETURN(
            const NewToken token,
            accounts_.CreateToken(call.caller(), wish, MakeMutation(call.caller(), "CreateToken", *request)));
        *response = ToProto(token);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::ListTokens(grpc::ServerContext* context, const v1::ListTokensRequest* request,
                                        v1::ListTokensResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const TokenQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Token> page,
                         accounts_.ListTokens(call.caller(), query.account, query.page));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::RevokeToken(grpc::ServerContext* context, const v1::RevokeTokenRequest* request,
                                         v1::Token* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const TokenKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const Token token,
                         accounts_.RevokeToken(call.caller(), key.account, key.id,
                                               MakeMutation(call.caller(), "RevokeToken", *request)));
        *response = ToProto(token);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AccountService::AuthenticateToken(grpc::ServerContext* context,
                                               const v1::AuthenticateTokenRequest* request,
                                               v1::AuthenticateTokenResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const Caller caller, accounts_.Authenticate(request->secret()));
        *response = ToProto(caller);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::directory
