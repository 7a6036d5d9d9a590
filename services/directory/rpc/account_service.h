#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_ACCOUNT_SERVICE_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_ACCOUNT_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "services/directory/accounts.h"
#include "services/runtime/calls.h"
#include "soutenance/directory/v1/accounts.grpc.pb.h"

namespace soutenance::directory {

// The wire of Accounts (accounts.proto): one short method per RPC. Safe for concurrent use.
class AccountService final : public v1::AccountService::Service {
 public:
  // Both must outlive the service.
  AccountService(Accounts& accounts, const runtime::Calls& calls) : accounts_(accounts), calls_(calls) {}

  grpc::Status WhoAmI(grpc::ServerContext* context, const v1::WhoAmIRequest* request,
                      v1::Account* response) override;
  grpc::Status GetAccount(grpc::ServerContext* context, const v1::GetAccountRequest* request,
                          v1::Account* response) override;
  grpc::Status ListAccounts(grpc::ServerContext* context, const v1::ListAccountsRequest* request,
                            v1::ListAccountsResponse* response) override;
  grpc::Status CreateAccount(grpc::ServerContext* context, const v1::CreateAccountRequest* request,
                             v1::Account* response) override;
  grpc::Status UpdateAccount(grpc::ServerContext* context, const v1::UpdateAccountRequest* request,
                             v1::Account* response) override;
  grpc::Status CreateToken(grpc::ServerContext* context, const v1::CreateTokenRequest* request,
                           v1::Token* response) override;
  grpc::Status ListTokens(grpc::ServerContext* context, const v1::ListTokensRequest* request,
                          v1::ListTokensResponse* response) override;
  grpc::Status RevokeToken(grpc::ServerContext* context, const v1::RevokeTokenRequest* request,
                           v1::Token* response) override;
  grpc::Status AuthenticateToken(grpc::ServerContext* context, const v1::AuthenticateTokenRequest* request,
                                 v1::AuthenticateTokenResponse* response) override;

 private:
  Accounts& accounts_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_ACCOUNT_SERVICE_H_
