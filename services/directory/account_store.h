#ifndef SOUTENANCE_SERVICES_DIRECTORY_ACCOUNT_STORE_H_
#define SOUTENANCE_SERVICES_DIRECTORY_ACCOUNT_STORE_H_

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/directory/account.h"

namespace soutenance::directory {

// Remembers accounts and the hashes of their tokens. Safe for concurrent use.
class AccountStore {
 public:
  // What was written, as one consistent snapshot. Nothing found is no error.
  class Reader {
   public:
    virtual ~Reader() = default;

    // Who holds the token with this hash. One indexed read: every call of the system begins with it.
    virtual absl::StatusOr<std::optional<TokenHolder>> FindHolder(absl::string_view token_hash) const = 0;

    virtual absl::StatusOr<std::optional<Account>> FindAccount(absl::string_view id) const = 0;
    virtual absl::StatusOr<std::optional<Account>> FindAccountOfPerson(absl::string_view person) const = 0;
    virtual absl::StatusOr<Page<Account>> ListAccounts(const PageRequest& page) const = 0;
    virtual absl::StatusOr<bool> HasAccounts() const = 0;
    // Whether an account other than `id` is a full administrator (see IsFullAdministrator).
    virtual absl::StatusOr<bool> HasFullAdministratorBesides(absl::string_view id) const = 0;
    // Whether there is a person with this id.
    virtual absl::StatusOr<bool> HasPerson(absl::string_view id) const = 0;

    virtual absl::StatusOr<std::optional<Token>> FindToken(absl::string_view account,
                                                           absl::string_view id) const = 0;
    virtual absl::StatusOr<Page<Token>> ListTokens(absl::string_view account,
                                                   const PageRequest& page) const = 0;
  };

  // A Reader that also writes. No other writer is active meanwhile.
  class Writer : public Reader {
   public:
    // Inserts or replaces, version as given.
    virtual absl::Status PutAccount(const Account& account) = 0;
    virtual absl::Status InsertToken(const Token& token, absl::string_view token_hash) = 0;
    virtual absl::Status RevokeToken(const Token& token, absl::Time now) = 0;

    // The result of the earlier call with this key, if there was one. INVALID_ARGUMENT REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) = 0;
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~AccountStore() = default;

  // As DirectoryStore.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_ACCOUNT_STORE_H_
