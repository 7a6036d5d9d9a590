#include "services/directory/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "services/directory/directory.h"
#include "services/directory/testing/callers.h"
#include "services/directory/token_secret.h"
#include "storage/sql/account_store.h"
#include "storage/sql/database.h"
#include "storage/sql/directory_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::directory {
namespace {

using ::soutenance::testing::FakeClock;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::AllOf;
using testing::AnAdministrator;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Repeatable;
using testing::Staff;
using testing::With;

MATCHER_P3(IsCaller, account, person, grants, "") {
  return arg.account == account && arg.person == person &&
         ::testing::ExplainMatchResult(grants, arg.grants, result_listener);
}

class AccountsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(accounts_.EnsureFirstAdministrator([&](absl::string_view secret) {
      first_secret_ = std::string(secret);
      return absl::OkStatus();
    }));
    ASSERT_OK(Directory(people_, clock_).CreatePerson(Staff(), {.id = "ana", .family_name = "Martin"}, {}));
  }

  Account Create(const std::string& id, std::vector<Grant> grants) {
    absl::StatusOr<Account> account =
        accounts_.CreateAccount(AnAdministrator(), {.id = id, .grants = std::move(grants)}, {});
    EXPECT_OK(account);
    return *std::move(account);
  }
  // A new token of the account `id`.
  std::string SecretOf(const std::string& id, std::vector<Role> scopes = {}) {
    const absl::StatusOr<NewToken> token = accounts_.CreateToken(
        AnAdministrator(), {.account = id, .title = "laptop", .scopes = std::move(scopes)}, {});
    EXPECT_OK(token);
    return token->secret;
  }
  Caller Known(const std::string& secret) {
    absl::StatusOr<Caller> caller = accounts_.Authenticate(secret);
    EXPECT_OK(caller);
    return *std::move(caller);
  }

  FakeClock clock_{absl::UnixEpoch() + absl::Hours(500000)};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::DirectoryStore people_{*database_};
  storage::sql::AccountStore store_{*database_};
  Accounts accounts_{store_, clock_};
  std::string first_secret_;
};

TEST_F(AccountsTest, FirstStartMakesAnAdministratorOnce) {
  EXPECT_THAT(Known(first_secret_),
              IsCaller("accounts/administrator", "", ElementsAre(Grant{Role::kAdministrator, ""})));
  EXPECT_THAT(
      accounts_.EnsureFirstAdministrator([](absl::string_view) { return absl::InternalError("never"); }),
      IsOkAndHolds(false));
}

TEST(FirstStart, LeavesNoAccountWhoseSecretNobodyCouldKeep) {
  const auto database = *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::AccountStore store(*database);
  FakeClock clock(absl::UnixEpoch());
  Accounts accounts(store, clock);
  EXPECT_THAT(accounts.EnsureFirstAdministrator(
                  [](absl::string_view) { return absl::PermissionDeniedError("disk"); }),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(accounts.EnsureFirstAdministrator([](absl::string_view) { return absl::OkStatus(); }),
              IsOkAndHolds(true));
}

TEST(TokenSecret, HasAPrefixAnd256Bits) {
  const std::string secret = NewTokenSecret();
  EXPECT_EQ(secret.substr(0, 5), "sout_");
  EXPECT_TRUE(LooksLikeTokenSecret(secret));
  EXPECT_NE(secret, NewTokenSecret());
  EXPECT_NE(TokenHash(secret), TokenHash(NewTokenSecret()));
  EXPECT_FALSE(LooksLikeTokenSecret(secret + "x"));
  EXPECT_FALSE(LooksLikeTokenSecret("sout_" + std::string(43, ' ')));
}

TEST_F(AccountsTest, IdentifiesTheHolderOfAToken) {
  ASSERT_OK(accounts_.CreateAccount(
      AnAdministrator(), {.id = "a1", .person = "ana", .grants = {{Role::kStaff, "programmes/msi"}}}, {}));
  EXPECT_THAT(Known(SecretOf("a1")),
              IsCaller("accounts/a1", "people/ana", ElementsAre(Grant{Role::kStaff, "programmes/msi"})));
}

TEST_F(AccountsTest, KnowsNobodyByAWrongSecret) {
  for (const std::string& secret : {std::string(), std::string("sout_"), NewTokenSecret(),
                                    first_secret_ + "A", first_secret_.substr(1), TokenHash(first_secret_)}) {
    const absl::Status status = accounts_.Authenticate(secret).status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_INVALID")));
  }
}

TEST_F(AccountsTest, TellsNoSecretInItsErrors) {
  const std::string secret = NewTokenSecret();
  EXPECT_THAT(std::string(accounts_.Authenticate(secret).status().ToString()),
              Not(HasSubstr(secret.substr(5))));
}

TEST_F(AccountsTest, KeepsNoSecret) {
  const std::string secret = SecretOf("administrator");
  int found = 0;
  ASSERT_OK(database_->Read([&](storage::sql::Session& session) {
    return session.Query("SELECT account || id || hash || title || scopes FROM tokens", {},
                         [&](const storage::sql::Row& row) {
                           if (row.Text(0).find(secret.substr(5)) != std::string::npos) ++found;
                         });
  }));
  EXPECT_EQ(found, 0);
}

TEST_F(AccountsTest, TokensExpire) {
  ASSERT_OK_AND_ASSIGN(
      const NewToken token,
      accounts_.CreateToken(AnAdministrator(), {.account = "administrator", .valid_for = absl::Minutes(5)},
                            {}));
  clock_.Advance(absl::Minutes(5) - absl::Seconds(1));
  EXPECT_OK(accounts_.Authenticate(token.secret));
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(accounts_.Authenticate(token.secret),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_EXPIRED")));
}

TEST_F(AccountsTest, RevocationTakesEffectOnTheNextCall) {
  ASSERT_OK_AND_ASSIGN(const NewToken token,
                       accounts_.CreateToken(AnAdministrator(), {.account = "administrator"}, {}));
  EXPECT_OK(accounts_.Authenticate(token.secret));
  ASSERT_OK_AND_ASSIGN(const Token revoked,
                       accounts_.RevokeToken(AnAdministrator(), "administrator", token.token.id, {}));
  EXPECT_THAT(accounts_.Authenticate(token.secret),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_REVOKED")));
  clock_.Advance(absl::Hours(1));
  EXPECT_THAT(accounts_.RevokeToken(AnAdministrator(), "administrator", token.token.id, {}),
              IsOkAndHolds(revoked));
}

TEST_F(AccountsTest, ADisabledAccountProvesNobodyUntilItIsEnabled) {
  Account account = Create("a1", {{Role::kStaff, "programmes/msi"}});
  const std::string secret = SecretOf("a1");
  account.disabled = true;
  ASSERT_OK(accounts_.UpdateAccount(AnAdministrator(), account, 1, {}));
  EXPECT_THAT(accounts_.Authenticate(secret),
              StatusIs(absl::StatusCode::kUnauthenticated, Reason("TOKEN_REVOKED")));
  account.disabled = false;
  ASSERT_OK(accounts_.UpdateAccount(AnAdministrator(), account, 2, {}));
  EXPECT_OK(accounts_.Authenticate(secret));
}

TEST_F(AccountsTest, ScopesLimitAToken) {
  Create("a1", {{Role::kStaff, "programmes/msi"}, {Role::kJuror, "programmes/law"}});
  EXPECT_THAT(Known(SecretOf("a1", {Role::kJuror})).grants,
              ElementsAre(Grant{Role::kJuror, "programmes/law"}));
  EXPECT_THAT(Known(SecretOf("a1", {Role::kAdministrator})).grants, IsEmpty());
  EXPECT_THAT(Known(SecretOf("administrator", {Role::kStaff})).grants, ElementsAre(Grant{Role::kStaff, ""}));
}

TEST_F(AccountsTest, ALimitedTokenCannotMakeAWiderOne) {
  Create("a1", {{Role::kStaff, "programmes/msi"}, {Role::kJuror, "programmes/law"}});
  const Caller juror = Known(SecretOf("a1", {Role::kJuror}));
  EXPECT_THAT(accounts_.CreateToken(juror, {.scopes = {Role::kStaff}}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("SCOPE_TOO_WIDE")));
  ASSERT_OK_AND_ASSIGN(const NewToken copy, accounts_.CreateToken(juror, {}, {}));
  EXPECT_EQ(Known(copy.secret).grants, juror.grants);
  const Caller nothing = Known(SecretOf("a1", {Role::kReviewer}));
  EXPECT_THAT(accounts_.CreateToken(nothing, {}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("SCOPE_TOO_WIDE")));
}

TEST_F(AccountsTest, EverybodyMakesSeesAndRevokesTheirOwnTokens) {
  Create("a1", {{Role::kJuror, "programmes/msi"}});
  const Caller caller = Known(SecretOf("a1"));
  ASSERT_OK_AND_ASSIGN(const NewToken made, accounts_.CreateToken(caller, {.title = "phone"}, {}));
  EXPECT_EQ(made.token.expire_time, clock_.Now() + absl::Hours(24 * 90));
  ASSERT_OK_AND_ASSIGN(const Page<Token> tokens, accounts_.ListTokens(caller, "", {}));
  EXPECT_EQ(tokens.items.size(), 2u);
  EXPECT_OK(accounts_.RevokeToken(caller, "a1", made.token.id, {}));
}

TEST_F(AccountsTest, OthersTokensAreAsIfTheyDidNotExist) {
  Create("a1", {{Role::kJuror, "programmes/msi"}});
  Create("a2", {{Role::kJuror, "programmes/msi"}});
  const Caller caller = Known(SecretOf("a1"));
  const std::string token = accounts_.ListTokens(AnAdministrator(), "administrator", {})->items[0].id;
  EXPECT_THAT(accounts_.ListTokens(caller, "a2", {}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(accounts_.CreateToken(caller, {.account = "a2"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("ACCOUNT_NOT_FOUND")));
  EXPECT_EQ(accounts_.RevokeToken(caller, "administrator", token, {}).status().code(),
            accounts_.RevokeToken(caller, "administrator", "nothing", {}).status().code());
}

TEST_F(AccountsTest, RepeatedRequestReturnsTheTokenWithoutItsSecret) {
  ASSERT_OK_AND_ASSIGN(
      const NewToken first,
      accounts_.CreateToken(AnAdministrator(), {.account = "administrator"}, Repeatable("r1")));
  ASSERT_OK_AND_ASSIGN(
      const NewToken second,
      accounts_.CreateToken(AnAdministrator(), {.account = "administrator"}, Repeatable("r1")));
  EXPECT_EQ(second.token, first.token);
  EXPECT_EQ(second.secret, "");
}

TEST_F(AccountsTest, RefusesATokenThatLivesTooLongOrTooShort) {
  for (const absl::Duration valid_for : {absl::Seconds(59), absl::Hours(24 * 366) + absl::Seconds(1),
                                         -absl::Seconds(1), absl::InfiniteDuration()}) {
    EXPECT_THAT(
        accounts_.CreateToken(AnAdministrator(), {.account = "administrator", .valid_for = valid_for}, {}),
        StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST_F(AccountsTest, TellsTheCallerWhoTheyAre) {
  Create("a1", {{Role::kStaff, "programmes/msi"}, {Role::kJuror, "programmes/law"}});
  const Caller caller = Known(SecretOf("a1", {Role::kJuror}));
  EXPECT_THAT(
      accounts_.WhoAmI(caller),
      IsOkAndHolds(AllOf(Field(&Account::id, "a1"),
                         Field(&Account::grants, ElementsAre(Grant{Role::kJuror, "programmes/law"})))));
}

TEST_F(AccountsTest, RefusesASecondAccountOfAPersonAndAPersonWhoDoesNotExist) {
  ASSERT_OK(accounts_.CreateAccount(AnAdministrator(), {.id = "a1", .person = "ana"}, {}));
  EXPECT_THAT(accounts_.CreateAccount(AnAdministrator(), {.id = "a2", .person = "ana"}, {}),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("ACCOUNT_EXISTS")));
  EXPECT_THAT(accounts_.CreateAccount(AnAdministrator(), {.id = "a1"}, {}),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("ACCOUNT_EXISTS")));
  EXPECT_THAT(accounts_.CreateAccount(AnAdministrator(), {.id = "a3", .person = "nobody"}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(AccountsTest, ChoosesAnIdIfNoneIsGiven) {
  ASSERT_OK_AND_ASSIGN(const Account account,
                       accounts_.CreateAccount(AnAdministrator(), {}, Repeatable("r1")));
  EXPECT_FALSE(account.id.empty());
  EXPECT_THAT(accounts_.CreateAccount(AnAdministrator(), {}, Repeatable("r1")), IsOkAndHolds(account));
}

TEST_F(AccountsTest, SomebodyIsLeftToAdminister) {
  Account first = *accounts_.GetAccount(AnAdministrator(), "administrator");
  first.grants = {{Role::kStaff, ""}};
  EXPECT_THAT(accounts_.UpdateAccount(AnAdministrator(), first, {}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("LAST_ADMINISTRATOR")));
  Account second = Create("second", {{Role::kAdministrator, ""}});
  second.disabled = true;
  ASSERT_OK(accounts_.UpdateAccount(AnAdministrator(), second, {}, {}));
  EXPECT_THAT(accounts_.UpdateAccount(AnAdministrator(), first, {}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("LAST_ADMINISTRATOR")));
  second.disabled = false;
  ASSERT_OK(accounts_.UpdateAccount(AnAdministrator(), second, {}, {}));
  EXPECT_THAT(accounts_.UpdateAccount(AnAdministrator(), first, {}, {}), IsOk());
}

TEST_F(AccountsTest, UpdatesWithAnEtagAndNeverThePerson) {
  Account account = Create("a1", {});
  account.title = "Export";
  EXPECT_THAT(accounts_.UpdateAccount(AnAdministrator(), account, 5, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  ASSERT_OK_AND_ASSIGN(const Account updated, accounts_.UpdateAccount(AnAdministrator(), account, 1, {}));
  EXPECT_EQ(updated.version, 2);
  account.person = "ana";
  EXPECT_THAT(accounts_.UpdateAccount(AnAdministrator(), account, {}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(AccountsTest, AnAdministratorOfOneProgrammeStaysInIt) {
  const Caller msi = With(Role::kAdministrator, "programmes/msi");
  Create("of_law", {{Role::kStaff, "programmes/law"}});
  Account of_msi = Create("of_msi", {{Role::kStaff, "programmes/msi"}});
  EXPECT_THAT(accounts_.ListAccounts(msi, {}),
              IsOkAndHolds(Field(&Page<Account>::items, ElementsAre(Field(&Account::id, "of_msi")))));
  EXPECT_THAT(accounts_.GetAccount(msi, "of_law"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(accounts_.GetAccount(msi, "administrator"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(accounts_.CreateToken(msi, {.account = "administrator"}, {}),
              StatusIs(absl::StatusCode::kNotFound));
  of_msi.grants = {{Role::kAdministrator, ""}};
  EXPECT_THAT(accounts_.UpdateAccount(msi, of_msi, {}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(accounts_.CreateAccount(msi, {.id = "new", .grants = {{Role::kStaff, "programmes/law"}}}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  of_msi.grants = {{Role::kAdministrator, "programmes/msi"}};
  EXPECT_OK(accounts_.UpdateAccount(msi, of_msi, {}, {}));
}

TEST_F(AccountsTest, ListsAccountsInPages) {
  for (const char* id : {"a", "b", "c"}) Create(id, {});
  ASSERT_OK_AND_ASSIGN(const Page<Account> page, accounts_.ListAccounts(AnAdministrator(), {.size = 3}));
  EXPECT_THAT(page.items, ElementsAre(Field(&Account::id, "a"), Field(&Account::id, "administrator"),
                                      Field(&Account::id, "b")));
  EXPECT_THAT(accounts_.ListAccounts(AnAdministrator(), {.size = 3, .after = page.next}),
              IsOkAndHolds(Field(&Page<Account>::items, ElementsAre(Field(&Account::id, "c")))));
}

}  // namespace
}  // namespace soutenance::directory
