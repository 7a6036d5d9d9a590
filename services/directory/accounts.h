#ifndef SOUTENANCE_SERVICES_DIRECTORY_ACCOUNTS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_ACCOUNTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/directory/account.h"
#include "services/directory/account_store.h"

namespace soutenance::directory {

// What a new token is to be. `account` empty: the caller's own. `valid_for` zero: 90 days.
struct TokenWish {
  std::string account;  // id
  std::string title;
  std::vector<Role> scopes;
  absl::Duration valid_for;  // kTokenLifetimeMin to kTokenLifetimeMax
};

inline constexpr absl::Duration kTokenLifetimeMin = absl::Minutes(1);
inline constexpr absl::Duration kTokenLifetimeMax = absl::Hours(24 * 366);
inline constexpr absl::Duration kTokenLifetimeDefault = absl::Hours(24 * 90);

// A token just made. The secret is empty if this is the answer to a repeated call.
struct NewToken {
  Token token;
  std::string secret;
};

// Accounts, their roles, and the tokens that prove them (accounts.proto). An administrator of one programme
// sees and changes the accounts whose grants all lie in that programme; others are NOT_FOUND. Safe for
// concurrent use.
class Accounts {
 public:
  // `store` and `clock` must outlive the accounts.
  Accounts(AccountStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  // Who presents `secret`: the account, its person, and its grants within the token's scopes. UNAUTHENTICATED
  // with reason TOKEN_INVALID, TOKEN_EXPIRED or TOKEN_REVOKED (also if the account is disabled). One indexed
  // read; never cached, so revocation takes effect on the next call. No error contains the secret.
  absl::StatusOr<Caller> Authenticate(absl::string_view secret) const;

  // If there is no account at all, creates the first administrator with a token valid for 366 days. `keep`
  // receives the secret before anything is written and puts it where the administrator will find it; if it
  // fails, nothing is written and its error is returned. Returns whether an account was created. To be called
  // at start, by one process at a time.
  absl::StatusOr<bool> EnsureFirstAdministrator(
      absl::FunctionRef<absl::Status(absl::string_view secret)> keep);

  // The account of the caller, with the grants that the caller's token gives.
  absl::StatusOr<Account> WhoAmI(const Caller& caller) const;
  absl::StatusOr<Account> GetAccount(const Caller& caller, absl::string_view id) const;
  absl::StatusOr<Page<Account>> ListAccounts(const Caller& caller, const PageRequest& page) const;
  // An empty id is chosen by the server. ALREADY_EXISTS ACCOUNT_EXISTS; INVALID_ARGUMENT, also for a person
  // that does not exist; PERMISSION_DENIED ROLE_NOT_ALLOWED for a grant outside the caller's programmes.
  absl::StatusOr<Account> CreateAccount(const Caller& caller, Account account, const Mutation& mutation);
  // Replaces title, grants and disabled. FAILED_PRECONDITION LAST_ADMINISTRATOR; ABORTED STALE_ETAG.
  absl::StatusOr<Account> UpdateAccount(const Caller& caller, const Account& account,
                                        std::optional<int64_t> expected_version, const Mutation& mutation);

  // PERMISSION_DENIED SCOPE_TOO_WIDE if a caller asks for roles that their own token does not give.
  absl::StatusOr<NewToken> CreateToken(const Caller& caller, const TokenWish& wish, const Mutation& mutation);
  // `account` empty: the caller's own.
  absl::StatusOr<Page<Token>> ListTokens(const Caller& caller, absl::string_view account,
                                         const PageRequest& page) const;
  absl::StatusOr<Token> RevokeToken(const Caller& caller, absl::string_view account, absl::string_view id,
                                    const Mutation& mutation);

 private:
  AccountStore& store_;
  const Clock& clock_;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_ACCOUNTS_H_
