// The part of Accounts that makes and knows the secrets of tokens.

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/directory/accounts.h"
#include "services/directory/carry_out.h"
#include "services/directory/checks.h"
#include "services/directory/in_transaction.h"
#include "services/directory/permissions.h"
#include "services/directory/token_secret.h"

namespace soutenance::directory {
namespace {

using Reader = AccountStore::Reader;
using Writer = AccountStore::Writer;

constexpr std::size_t kScopesMax = std::size(kAllRoles);

absl::Status Unauthenticated(absl::string_view reason, absl::string_view sentence) {
  return Error(absl::StatusCode::kUnauthenticated, sentence, {.reason = std::string(reason)});
}

void CheckWish(const TokenWish& wish, std::vector<FieldViolation>& problems) {
  CheckText(wish.title, Presence::kOptional, kNameCharactersMax, "title", problems);
  if (wish.scopes.size() > kScopesMax) {
    problems.push_back(
        {"scopes", absl::StrCat("has ", wish.scopes.size(), " entries; at most ", kScopesMax)});
  }
  const bool is_default = wish.valid_for == absl::ZeroDuration();
  if (!is_default && (wish.valid_for < kTokenLifetimeMin || wish.valid_for > kTokenLifetimeMax)) {
    problems.push_back({"valid_seconds",
                        absl::StrCat("is ", absl::ToInt64Seconds(wish.valid_for), "; expected 60 to ",
                                     absl::ToInt64Seconds(kTokenLifetimeMax), " seconds, or 0 for 90 days")});
  }
}

absl::Status ScopeTooWide(Role role) {
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("your own token does not give the role ", RoleName(role),
                            ", so it cannot make one that does; use a token with that role"),
               {.reason = "SCOPE_TOO_WIDE", .metadata = {{"role", std::string(RoleName(role))}}});
}

// The scopes of a token that `caller` makes for their own account: never more than their present token gives,
// or a limited token could make itself an unlimited one.
absl::StatusOr<std::vector<Role>> OwnScopes(const Caller& caller, const Account& account,
                                            const std::vector<Role>& wished) {
  for (const Role role : wished) {
    const bool has_every_role = caller.HasRole(Role::kAdministrator, "");
    if (!has_every_role && !caller.HasRoleAnywhere(role)) return ScopeTooWide(role);
  }
  if (!wished.empty() || caller.grants == account.grants) return wished;
  std::vector<Role> scopes;
  for (const Grant& grant : caller.grants) {
    if (std::find(scopes.begin(), scopes.end(), grant.role) == scopes.end()) scopes.push_back(grant.role);
  }
  // No scope at all would mean every role.
  if (scopes.empty()) return ScopeTooWide(account.grants.front().role);
  return scopes;
}

}  // namespace

absl::StatusOr<Caller> Accounts::Authenticate(absl::string_view secret) const {
  std::optional<TokenHolder> holder;
  if (LooksLikeTokenSecret(secret)) {
    const auto look = [hash = TokenHash(secret)](const Reader& reader) { return reader.FindHolder(hash); };
    ASSIGN_OR_RETURN(holder, ReadFrom<std::optional<TokenHolder>>(store_, look));
  }
  if (!holder) return Unauthenticated("TOKEN_INVALID", "the token is not one of this system; log in again");
  if (holder->token.revoke_time) {
    return Unauthenticated("TOKEN_REVOKED", "the token was revoked; log in again");
  }
  if (holder->disabled) {
    return Unauthenticated("TOKEN_REVOKED", "the account is disabled; ask an administrator");
  }
  if (holder->token.expire_time <= clock_.Now()) {
    return Unauthenticated("TOKEN_EXPIRED", "the token has expired; log in again");
  }
  return Caller{.account = AccountName(holder->token.account),
                .person = holder->person.empty() ? "" : absl::StrCat("people/", holder->person),
                .grants = WithinScopes(holder->grants, holder->token.scopes)};
}

absl::StatusOr<bool> Accounts::EnsureFirstAdministrator(
    absl::FunctionRef<absl::Status(absl::string_view secret)> keep) {
  ASSIGN_OR_RETURN(const bool has_accounts,
                   ReadFrom<bool>(store_, [](const Reader& reader) { return reader.HasAccounts(); }));
  if (has_accounts) return false;
  const absl::Time now = StoredNow(clock_);
  const std::string secret = NewTokenSecret();
  const Account account = {.id = "administrator",
                           .version = 1,
                           .title = "First administrator",
                           .grants = {{Role::kAdministrator, ""}},
                           .create_time = now};
  const Token token = {.account = account.id,
                       .id = NewId(),
                       .title = "first start",
                       .create_time = now,
                       .expire_time = now + kTokenLifetimeMax};
  // Kept first: if we stopped in between, the next start would make another secret. The other way round, an
  // account would exist whose secret nobody knows.
  RETURN_IF_ERROR(keep(secret));
  const absl::Status written = store_.Write([&](Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutAccount(account));
    return writer.InsertToken(token, TokenHash(secret));
  });
  RETURN_IF_ERROR(written);
  return true;
}

absl::StatusOr<NewToken> Accounts::CreateToken(const Caller& caller, const TokenWish& wish,
                                               const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckWish(wish, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  std::string account_id = wish.account;
  if (account_id.empty()) {
    ASSIGN_OR_RETURN(account_id, ParseName(caller.account, "accounts"));
  }
  const absl::Time now = StoredNow(clock_);
  const std::string secret = NewTokenSecret();
  const std::string token_id = NewId();
  const Work<AccountStore, NewToken> work = {
      .plan = [&](const Reader& reader) -> absl::StatusOr<NewToken> {
        ASSIGN_OR_RETURN(const std::optional<Account> owner, reader.FindAccount(account_id));
        if (!owner || !MayUseTokensOf(caller, *owner)) return NotFound("account", AccountName(account_id));
        std::vector<Role> scopes = wish.scopes;
        if (caller.account == AccountName(account_id)) {
          ASSIGN_OR_RETURN(scopes, OwnScopes(caller, *owner, wish.scopes));
        }
        const absl::Duration valid_for =
            wish.valid_for == absl::ZeroDuration() ? kTokenLifetimeDefault : wish.valid_for;
        return NewToken{.token = {.account = account_id,
                                  .id = token_id,
                                  .title = wish.title,
                                  .scopes = std::move(scopes),
                                  .create_time = now,
                                  .expire_time = now + valid_for},
                        .secret = secret};
      },
      .put = [](Writer& writer,
                const NewToken& made) { return writer.InsertToken(made.token, TokenHash(made.secret)); },
      .remember = [](const NewToken& made) { return made.token.id; },
      .recall = [&](const Reader& reader, absl::string_view id) -> absl::StatusOr<NewToken> {
        ASSIGN_OR_RETURN(std::optional<Token> token, reader.FindToken(account_id, id));
        if (!token) return NotFound("token", TokenName(account_id, id));
        return NewToken{.token = *std::move(token)};
      }};
  return CarryOut(store_, clock_, mutation, work);
}

}  // namespace soutenance::directory
