#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_ACCOUNTS_PROTO_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_ACCOUNTS_PROTO_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/base/caller.h"
#include "services/base/page.h"
#include "services/directory/accounts.h"
#include "soutenance/directory/v1/accounts.pb.h"

namespace soutenance::directory {

// New values of an account.
struct AccountUpdate {
  Account account;
  std::optional<int64_t> expected_version;
};

// Whose tokens are wanted; empty: the caller's own.
struct TokenQuery {
  std::string account;
  PageRequest page;
};

// Which token is meant.
struct TokenKey {
  std::string account;
  std::string id;
};

// Read a request; as directory_proto.h.
absl::StatusOr<std::string> FromProto(const v1::GetAccountRequest& request);
absl::StatusOr<PageRequest> FromProto(const v1::ListAccountsRequest& request);
absl::StatusOr<Account> FromProto(const v1::CreateAccountRequest& request);
absl::StatusOr<AccountUpdate> FromProto(const v1::UpdateAccountRequest& request);
absl::StatusOr<TokenWish> FromProto(const v1::CreateTokenRequest& request);
absl::StatusOr<TokenQuery> FromProto(const v1::ListTokensRequest& request);
absl::StatusOr<TokenKey> FromProto(const v1::RevokeTokenRequest& request);

// Write an answer. Cannot fail.
v1::Account ToProto(const Account& account);
v1::ListAccountsResponse ToProto(const Page<Account>& page);
v1::Token ToProto(const Token& token);
v1::Token ToProto(const NewToken& token);
v1::ListTokensResponse ToProto(const Page<Token>& page);
v1::AuthenticateTokenResponse ToProto(const Caller& caller);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_ACCOUNTS_PROTO_H_
