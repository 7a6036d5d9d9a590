#include "storage/sql/account_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/base/status.h"
#include "storage/sql/requests.h"

namespace soutenance::storage::sql {
namespace {

using directory::Account;
using directory::Token;
using directory::TokenHolder;

absl::StatusOr<Role> ParseRole(absl::string_view name) {
  for (const Role role : kAllRoles) {
    if (RoleName(role) == name) return role;
  }
  return absl::DataLossError(absl::StrCat("not a role: ", name));
}

std::string ScopesText(const std::vector<Role>& scopes) {
  return absl::StrJoin(scopes, " ",
                       [](std::string* out, Role role) { absl::StrAppend(out, RoleName(role)); });
}

absl::StatusOr<std::vector<Role>> ParseScopes(absl::string_view text) {
  std::vector<Role> scopes;
  for (const absl::string_view name : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    ASSIGN_OR_RETURN(const Role role, ParseRole(name));
    scopes.push_back(role);
  }
  return scopes;
}

Account ReadAccount(const Row& row) {
  return {.id = row.Text(0),
          .version = row.Integer(1),
          .person = row.Text(2),
          .title = row.Text(3),
          .disabled = row.Bool(4),
          .create_time = row.Time(5)};
}

// Seven columns: account, id, title, scopes, create, expire and revoke time.
absl::StatusOr<Token> ReadToken(const Row& row) {
  ASSIGN_OR_RETURN(std::vector<Role> scopes, ParseScopes(row.Text(3)));
  return Token{.account = row.Text(0),
               .id = row.Text(1),
               .title = row.Text(2),
               .scopes = std::move(scopes),
               .create_time = row.Time(4),
               .expire_time = row.Time(5),
               .revoke_time = row.OptionalTime(6)};
}

// The reading half of both Reader and Writer.
template <typename Base>
class Reading : public Base {
 public:
  explicit Reading(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<TokenHolder>> FindHolder(absl::string_view token_hash) const override {
    std::optional<TokenHolder> holder;
    // One row a grant, and one without grant for an account that has none.
    RETURN_IF_ERROR(session_.Query(
        "SELECT t.account, t.id, t.title, t.scopes, t.create_time_us, t.expire_time_us, t.revoke_time_us, "
        "a.person, a.disabled, g.role, g.programme FROM tokens t JOIN accounts a ON a.id = t.account "
        "LEFT JOIN account_grants g ON g.account = a.id WHERE t.hash = :hash ORDER BY g.position",
        {token_hash}, [&](const Row& row) -> absl::Status {
          if (!holder) {
            ASSIGN_OR_RETURN(Token token, ReadToken(row));
            holder = TokenHolder{.token = std::move(token), .person = row.Text(7), .disabled = row.Bool(8)};
          }
          if (row.IsNull(9)) return absl::OkStatus();
          ASSIGN_OR_RETURN(const Role role, ParseRole(row.Text(9)));
          holder->grants.push_back({role, row.Text(10)});
          return absl::OkStatus();
        }));
    return holder;
  }

  absl::StatusOr<std::optional<Account>> FindAccount(absl::string_view id) const override {
    std::optional<Account> account;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, version, person, title, disabled, create_time_us FROM accounts WHERE id = :id", {id},
        [&](const Row& row) { account = ReadAccount(row); }));
    if (account) RETURN_IF_ERROR(ReadGrants(*account));
    return account;
  }

  absl::StatusOr<std::optional<Account>> FindAccountOfPerson(absl::string_view person) const override {
    std::optional<Account> account;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, version, person, title, disabled, create_time_us FROM accounts WHERE person = :person",
        {person}, [&](const Row& row) { account = ReadAccount(row); }));
    if (account) RETURN_IF_ERROR(ReadGrants(*account));
    return account;
  }

  absl::StatusOr<Page<Account>> ListAccounts(const PageRequest& page) const override {
    Page<Account> result;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, version, person, title, disabled, create_time_us FROM accounts WHERE id > :after "
        "ORDER BY id LIMIT :count",
        {page.after, page.size + 1}, [&](const Row& row) { result.items.push_back(ReadAccount(row)); }));
    Cut(result, page);
    for (Account& account : result.items) RETURN_IF_ERROR(ReadGrants(account));
    return result;
  }

  absl::StatusOr<bool> HasAccounts() const override { return Any("SELECT 1 FROM accounts LIMIT 1", {}); }

  absl::StatusOr<bool> HasFullAdministratorBesides(absl::string_view id) const override {
    return Any(
        "SELECT 1 FROM accounts a JOIN account_grants g ON g.account = a.id WHERE a.id <> :id AND "
        "a.disabled = 0 AND g.role = 'administrator' AND g.programme = '' LIMIT 1",
        {id});
  }

  absl::StatusOr<bool> HasPerson(absl::string_view id) const override {
    return Any("SELECT 1 FROM people WHERE id = :id", {id});
  }

  absl::StatusOr<std::optional<Token>> FindToken(absl::string_view account,
                                                 absl::string_view id) const override {
    std::optional<Token> token;
    RETURN_IF_ERROR(session_.Query(
        "SELECT account, id, title, scopes, create_time_us, expire_time_us, revoke_time_us FROM tokens "
        "WHERE account = :account AND id = :id",
        {account, id}, [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(token, ReadToken(row));
          return absl::OkStatus();
        }));
    return token;
  }

  absl::StatusOr<Page<Token>> ListTokens(absl::string_view account, const PageRequest& page) const override {
    Page<Token> result;
    RETURN_IF_ERROR(session_.Query(
        "SELECT account, id, title, scopes, create_time_us, expire_time_us, revoke_time_us FROM tokens "
        "WHERE account = :account AND id > :after ORDER BY id LIMIT :count",
        {account, page.after, page.size + 1}, [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(Token token, ReadToken(row));
          result.items.push_back(std::move(token));
          return absl::OkStatus();
        }));
    Cut(result, page);
    return result;
  }

 protected:
  Session& session_;

 private:
  absl::StatusOr<bool> Any(absl::string_view sql, absl::Span<const Value> values) const {
    bool any = false;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row&) { any = true; }));
    return any;
  }

  absl::Status ReadGrants(Account& account) const {
    return session_.Query("SELECT role, programme FROM account_grants WHERE account = :id ORDER BY position",
                          {account.id}, [&](const Row& row) -> absl::Status {
                            ASSIGN_OR_RETURN(const Role role, ParseRole(row.Text(0)));
                            account.grants.push_back({role, row.Text(1)});
                            return absl::OkStatus();
                          });
  }

  // One more row than wanted was read: whether there is a next page, needs no second query.
  template <typename T>
  static void Cut(Page<T>& page, const PageRequest& request) {
    if (page.items.size() <= static_cast<std::size_t>(request.size)) return;
    page.items.resize(static_cast<std::size_t>(request.size));
    page.next = page.items.back().id;
  }
};

class Writing final : public Reading<directory::AccountStore::Writer> {
 public:
  using Reading::Reading;

  absl::Status PutAccount(const Account& account) override {
    const std::optional<std::string> person =
        account.person.empty() ? std::nullopt : std::optional(account.person);
    RETURN_IF_ERROR(session_.Execute(
        "INSERT INTO accounts (id, version, person, title, disabled, create_time_us) "
        "VALUES (:id, :version, :person, :title, :disabled, :create_time) "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, person = excluded.person, "
        "title = excluded.title, disabled = excluded.disabled",
        {account.id, account.version, person, account.title, account.disabled, account.create_time}));
    RETURN_IF_ERROR(session_.Execute("DELETE FROM account_grants WHERE account = :id", {account.id}));
    int position = 0;
    for (const Grant& grant : account.grants) {
      RETURN_IF_ERROR(
          session_.Execute("INSERT INTO account_grants (account, position, role, programme) "
                           "VALUES (:account, :position, :role, :programme)",
                           {account.id, position++, RoleName(grant.role), grant.programme}));
    }
    return absl::OkStatus();
  }

  absl::Status InsertToken(const Token& token, absl::string_view token_hash) override {
    return session_.Execute(
        "INSERT INTO tokens (account, id, hash, title, scopes, create_time_us, expire_time_us, "
        "revoke_time_us) VALUES (:account, :id, :hash, :title, :scopes, :create_time, :expire_time, "
        ":revoke_time)",
        {token.account, token.id, token_hash, token.title, ScopesText(token.scopes), token.create_time,
         token.expire_time, token.revoke_time});
  }

  absl::Status RevokeToken(const Token& token, absl::Time now) override {
    return session_.Execute(
        "UPDATE tokens SET revoke_time_us = :now WHERE account = :account AND id = :id AND "
        "revoke_time_us IS NULL",
        {now, token.account, token.id});
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) override {
    return sql::FindRequest(session_, key);
  }
  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }
};

}  // namespace

absl::Status AccountStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Writing writer(session);
    return work(writer);
  });
}

absl::Status AccountStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Reading<Reader> reader(session);
    return look(reader);
  });
}

}  // namespace soutenance::storage::sql
