#include "services/directory/accounts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/directory/carry_out.h"
#include "services/directory/checks.h"
#include "services/directory/fill_page.h"
#include "services/directory/in_transaction.h"
#include "services/directory/permissions.h"

namespace soutenance::directory {
namespace {

using Reader = AccountStore::Reader;
using Writer = AccountStore::Writer;

// What the caller may not know of is as absent as what does not exist.
absl::StatusOr<Account> FindAdministered(const Reader& reader, const Caller& caller, absl::string_view id) {
  ASSIGN_OR_RETURN(std::optional<Account> account, reader.FindAccount(id));
  if (!account || !Administers(caller, *account)) return NotFound("account", AccountName(id));
  return *std::move(account);
}

absl::StatusOr<std::string> OwnId(const Caller& caller) { return ParseName(caller.account, "accounts"); }

absl::Status AccountExists(absl::string_view what, const std::string& name) {
  return Error(absl::StatusCode::kAlreadyExists, absl::StrCat(what, " ", name, "; update that one instead"),
               {.reason = "ACCOUNT_EXISTS", .metadata = {{"account", name}}});
}

absl::Status CheckNewAccount(const Reader& reader, const Account& account) {
  ASSIGN_OR_RETURN(const std::optional<Account> same_id, reader.FindAccount(account.id));
  if (same_id) return AccountExists("there is already", AccountName(account.id));
  if (account.person.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool person_exists, reader.HasPerson(account.person));
  if (!person_exists) {
    return InvalidFields({{"account.person", absl::StrCat("people/", account.person, " does not exist")}});
  }
  ASSIGN_OR_RETURN(const std::optional<Account> same_person, reader.FindAccountOfPerson(account.person));
  if (same_person) return AccountExists("the person has the account", AccountName(same_person->id));
  return absl::OkStatus();
}

// Accounts that do not administer everything may be changed freely; the last one that does, may not stop
// doing so.
absl::Status CheckSomebodyIsLeft(const Reader& reader, const Account& before, const Account& after) {
  if (!IsFullAdministrator(before) || IsFullAdministrator(after)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool others, reader.HasFullAdministratorBesides(before.id));
  if (others) return absl::OkStatus();
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat(AccountName(before.id),
                   " is the last account that administers every programme; give another one that role first"),
      {.reason = "LAST_ADMINISTRATOR", .metadata = {{"account", AccountName(before.id)}}});
}

Work<AccountStore, Account> WorkOnAccount(std::function<absl::StatusOr<Account>(const Reader&)> plan) {
  return {.plan = std::move(plan),
          .put = [](Writer& writer, const Account& account) { return writer.PutAccount(account); },
          .remember = [](const Account& account) { return account.id; },
          .recall = [](const Reader& reader, absl::string_view id) -> absl::StatusOr<Account> {
            ASSIGN_OR_RETURN(std::optional<Account> account, reader.FindAccount(id));
            if (!account) return NotFound("account", AccountName(id));
            return *std::move(account);
          }};
}

}  // namespace

absl::StatusOr<Account> Accounts::WhoAmI(const Caller& caller) const {
  ASSIGN_OR_RETURN(const std::string id, OwnId(caller));
  absl::StatusOr<std::optional<Account>> account =
      ReadFrom<std::optional<Account>>(store_, [&](const Reader& reader) { return reader.FindAccount(id); });
  RETURN_IF_ERROR(account.status());
  if (!*account) return NotFound("account", caller.account);
  (*account)->grants = caller.grants;
  return **std::move(account);
}

absl::StatusOr<Account> Accounts::GetAccount(const Caller& caller, absl::string_view id) const {
  return ReadFrom<Account>(store_,
                           [&](const Reader& reader) { return FindAdministered(reader, caller, id); });
}

absl::StatusOr<Page<Account>> Accounts::ListAccounts(const Caller& caller, const PageRequest& page) const {
  return ReadFrom<Page<Account>>(store_, [&](const Reader& reader) {
    return FillPage<Account>(
        page, [&](const PageRequest& part) { return reader.ListAccounts(part); },
        [&](const Account& account) { return Administers(caller, account); });
  });
}

absl::StatusOr<Account> Accounts::CreateAccount(const Caller& caller, Account account,
                                                const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  if (account.id.empty()) account.id = NewId();
  CheckIdField(account.id, "account_id", problems);
  Check(account, "account.", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(AllowGrants(caller, account.grants));
  account.version = 1;
  account.create_time = StoredNow(clock_);
  const auto plan = [&](const Reader& reader) -> absl::StatusOr<Account> {
    RETURN_IF_ERROR(CheckNewAccount(reader, account));
    return account;
  };
  return CarryOut(store_, clock_, mutation, WorkOnAccount(plan));
}

absl::StatusOr<Account> Accounts::UpdateAccount(const Caller& caller, const Account& account,
                                                std::optional<int64_t> expected_version,
                                                const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  Check(account, "account.", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  const auto plan = [&](const Reader& reader) -> absl::StatusOr<Account> {
    ASSIGN_OR_RETURN(const Account before, FindAdministered(reader, caller, account.id));
    if (!account.person.empty() && account.person != before.person) {
      return InvalidFields({{"account.person", "cannot change; create another account instead"}});
    }
    if (expected_version && *expected_version != before.version) return StaleEtag(AccountName(account.id));
    RETURN_IF_ERROR(AllowGrants(caller, account.grants));
    Account after = before;
    after.title = account.title;
    after.grants = account.grants;
    after.disabled = account.disabled;
    RETURN_IF_ERROR(CheckSomebodyIsLeft(reader, before, after));
    if (!(after == before)) ++after.version;
    return after;
  };
  return CarryOut(store_, clock_, mutation, WorkOnAccount(plan));
}

absl::StatusOr<Page<Token>> Accounts::ListTokens(const Caller& caller, absl::string_view account,
                                                 const PageRequest& page) const {
  std::string id(account);
  if (id.empty()) {
    ASSIGN_OR_RETURN(id, OwnId(caller));
  }
  return ReadFrom<Page<Token>>(store_, [&](const Reader& reader) -> absl::StatusOr<Page<Token>> {
    ASSIGN_OR_RETURN(const std::optional<Account> owner, reader.FindAccount(id));
    if (!owner || !MayUseTokensOf(caller, *owner)) return NotFound("account", AccountName(id));
    return reader.ListTokens(id, page);
  });
}

absl::StatusOr<Token> Accounts::RevokeToken(const Caller& caller, absl::string_view account,
                                            absl::string_view id, const Mutation& mutation) {
  const absl::Time now = StoredNow(clock_);
  const auto find = [&](const Reader& reader) -> absl::StatusOr<Token> {
    ASSIGN_OR_RETURN(const std::optional<Account> owner, reader.FindAccount(account));
    ASSIGN_OR_RETURN(std::optional<Token> token, reader.FindToken(account, id));
    if (!owner || !MayUseTokensOf(caller, *owner) || !token) return NotFound("token", TokenName(account, id));
    return *std::move(token);
  };
  const Work<AccountStore, Token> work = {
      .plan = [&](const Reader& reader) -> absl::StatusOr<Token> {
        ASSIGN_OR_RETURN(Token token, find(reader));
        if (!token.revoke_time) token.revoke_time = now;
        return token;
      },
      .put = [](Writer& writer, const Token& token) { return writer.RevokeToken(token, *token.revoke_time); },
      .remember = [](const Token& token) { return token.id; },
      .recall = [&](const Reader& reader, absl::string_view) { return find(reader); }};
  return CarryOut(store_, clock_, mutation, work);
}

}  // namespace soutenance::directory
