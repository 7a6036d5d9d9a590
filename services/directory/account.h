#ifndef SOUTENANCE_SERVICES_DIRECTORY_ACCOUNT_H_
#define SOUTENANCE_SERVICES_DIRECTORY_ACCOUNT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/base/error.h"

namespace soutenance::directory {

// Somebody, or something, that may call.
struct Account {
  std::string id;
  int64_t version = 0;
  std::string person;  // id; empty for an account that is not a person's
  std::string title;
  std::vector<Grant> grants;  // without repetition
  bool disabled = false;      // its tokens prove nobody
  absl::Time create_time;

  friend bool operator==(const Account&, const Account&) = default;
};

// A bearer token. Its secret is not part of it: only a hash is kept, and only the store sees that.
struct Token {
  std::string account;  // id
  std::string id;
  std::string title;
  std::vector<Role> scopes;  // if not empty, the caller is limited to these of the account's roles
  absl::Time create_time;
  absl::Time expire_time;                 // after this instant it proves nobody
  std::optional<absl::Time> revoke_time;  // set once revoked

  friend bool operator==(const Token&, const Token&) = default;
};

// What a token proves, as the store knows it.
struct TokenHolder {
  Token token;
  std::string person;  // id of the account's person, or empty
  std::vector<Grant> grants;
  bool disabled = false;
};

// "accounts/{id}".
std::string AccountName(absl::string_view id);

// "accounts/{account}/tokens/{id}".
std::string TokenName(absl::string_view account, absl::string_view id);

// Whether the account may administer everything, and is not disabled.
bool IsFullAdministrator(const Account& account);

// What `grants` give within `scopes`; everything if `scopes` is empty. Who administers everything has every
// role, so a token of theirs may be limited to any.
std::vector<Grant> WithinScopes(const std::vector<Grant>& grants, const std::vector<Role>& scopes);

// Appends everything that is wrong with `account`; the paths begin with `prefix`.
void Check(const Account& account, absl::string_view prefix, std::vector<FieldViolation>& problems);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_ACCOUNT_H_
