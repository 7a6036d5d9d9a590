#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/account_store.h"
#include "storage/sql/directory_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using directory::Account;
using directory::Token;
using directory::TokenHolder;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using Reader = AccountStore::Reader;
using Writer = AccountStore::Writer;

const absl::Time kNow = absl::UnixEpoch() + absl::Hours(500000);

class AccountStoreContract : public contract::OnEveryBackend {
 protected:
  void Put(const Account& account) {
    ASSERT_OK(store_.Write([&](Writer& writer) { return writer.PutAccount(account); }));
  }
  void Insert(const Token& token, const std::string& hash) {
    ASSERT_OK(store_.Write([&](Writer& writer) { return writer.InsertToken(token, hash); }));
  }
  template <typename Look>
  auto Read(Look look) {
    std::invoke_result_t<Look, const Reader&> result = absl::UnknownError("not run");
    EXPECT_OK(store_.Read([&](const Reader& reader) {
      result = look(reader);
      return result.status();
    }));
    return *std::move(result);
  }
  std::optional<TokenHolder> Holder(const std::string& hash) {
    return Read([&](const Reader& reader) { return reader.FindHolder(hash); });
  }

  std::unique_ptr<Database> database_ = OpenDatabase("directory");
  AccountStore store_{*database_};
};

Account AnAccount(const std::string& id, std::vector<Grant> grants = {}) {
  return {.id = id, .version = 1, .title = "Ana's", .grants = std::move(grants), .create_time = kNow};
}
Token AToken(const std::string& account, const std::string& id) {
  return {.account = account,
          .id = id,
          .title = "laptop",
          .scopes = {Role::kStaff, Role::kCompanyTutor},
          .create_time = kNow,
          .expire_time = kNow + absl::Hours(1)};
}

TEST_P(AccountStoreContract, KeepsEveryField) {
  Account account = AnAccount("a", {{Role::kStaff, "programmes/msi"}, {Role::kAdministrator, ""}});
  account.person = "ana";
  account.disabled = true;
  Put(account);
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindAccount("a"); }), Optional(account));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindAccountOfPerson("ana"); }),
              Optional(account));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.ListAccounts({}); }).items, ElementsAre(account));
  account.version = 2;
  account.grants = {{Role::kJuror, ""}};
  Put(account);
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindAccount("a"); }), Optional(account));
}

TEST_P(AccountStoreContract, FindsNothingWithoutError) {
  EXPECT_FALSE(Read([](const Reader& reader) { return reader.HasAccounts(); }));
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindAccount("a"); }), std::nullopt);
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindAccountOfPerson(""); }), std::nullopt);
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindToken("a", "t"); }), std::nullopt);
  EXPECT_FALSE(Holder("hash").has_value());
}

TEST_P(AccountStoreContract, LetsManyAccountsBelongToNobody) {
  Put(AnAccount("a"));
  Put(AnAccount("b"));
  EXPECT_TRUE(Read([](const Reader& reader) { return reader.HasAccounts(); }));
}

TEST_P(AccountStoreContract, FindsTheHolderOfAToken) {
  Account account = AnAccount("a", {{Role::kJuror, "programmes/law"}, {Role::kStaff, "programmes/msi"}});
  account.person = "ana";
  Put(account);
  Put(AnAccount("b"));
  Insert(AToken("a", "t1"), "hash1");
  Insert(AToken("b", "t1"), "hash2");
  const std::optional<TokenHolder> ana = Holder("hash1");
  ASSERT_TRUE(ana.has_value());
  EXPECT_EQ(ana->token, AToken("a", "t1"));
  EXPECT_EQ(ana->person, "ana");
  EXPECT_EQ(ana->grants, account.grants);
  EXPECT_FALSE(ana->disabled);
  EXPECT_THAT(Holder("hash2")->grants, IsEmpty());
}

TEST_P(AccountStoreContract, RevokesATokenOnce) {
  Put(AnAccount("a"));
  Insert(AToken("a", "t1"), "hash1");
  for (const absl::Time now : {kNow, kNow + absl::Hours(2)}) {
    ASSERT_OK(store_.Write([&](Writer& writer) { return writer.RevokeToken(AToken("a", "t1"), now); }));
    EXPECT_THAT(Holder("hash1")->token.revoke_time, Optional(kNow));
  }
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindToken("a", "t1"); })->revoke_time,
              Optional(kNow));
}

TEST_P(AccountStoreContract, ListsTokensOfOneAccountInPages) {
  Put(AnAccount("a"));
  Put(AnAccount("b"));
  Insert(AToken("a", "t2"), "1");
  Insert(AToken("a", "t1"), "2");
  Insert(AToken("b", "t0"), "3");
  const Page<Token> page = Read([](const Reader& reader) { return reader.ListTokens("a", {.size = 1}); });
  EXPECT_THAT(page.items, ElementsAre(AToken("a", "t1")));
  EXPECT_THAT(Read([&](const Reader& reader) { return reader.ListTokens("a", {.after = page.next}); }).items,
              ElementsAre(AToken("a", "t2")));
}

TEST_P(AccountStoreContract, KnowsWhetherAnotherAccountAdministersEverything) {
  const auto others = [&] {
    return Read([](const Reader& reader) { return reader.HasFullAdministratorBesides("a"); });
  };
  Put(AnAccount("a", {{Role::kAdministrator, ""}}));
  Put(AnAccount("b", {{Role::kAdministrator, "programmes/msi"}, {Role::kStaff, ""}}));
  EXPECT_FALSE(others());
  Account other = AnAccount("c", {{Role::kAdministrator, ""}});
  other.disabled = true;
  Put(other);
  EXPECT_FALSE(others());
  other.disabled = false;
  Put(other);
  EXPECT_TRUE(others());
}

TEST_P(AccountStoreContract, KnowsThePeopleOfTheDirectory) {
  DirectoryStore people(*database_);
  ASSERT_OK(people.Write([](DirectoryStore::Writer& writer) {
    return writer.PutPeople({{.id = "ana", .version = 1, .family_name = "Martin"}});
  }));
  EXPECT_TRUE(Read([](const Reader& reader) { return reader.HasPerson("ana"); }));
  EXPECT_FALSE(Read([](const Reader& reader) { return reader.HasPerson("bob"); }));
}

TEST_P(AccountStoreContract, RefusesTheSameHashTwice) {
  Put(AnAccount("a"));
  Insert(AToken("a", "t1"), "hash");
  EXPECT_THAT(store_.Write([](Writer& writer) { return writer.InsertToken(AToken("a", "t2"), "hash"); }),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

SOUTENANCE_ON_EVERY_BACKEND(AccountStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
