#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/check_store.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/migrations.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/status_matchers.h"

// What SubmissionStore remembers of the life of theses and of the bank of problems.
namespace soutenance::storage::sql {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using namespace submissions;  // NOLINT: the test speaks of nothing else
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using Writer = SubmissionStore::Writer;
using Reader = SubmissionStore::Reader;

const absl::Time kNoon = absl::FromUnixMicros(1'800'000'000'123'456);

class LifeStoreContract : public contract::OnEveryBackend {
 protected:
  void SetUp() override {
    EXPECT_OK(store_.Write([](Writer& writer) {
      return writer.Insert({.id = "42",
                            .title = "Title",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .programme = "programmes/msi"});
    }));
  }
  absl::StatusOr<int64_t> Add(ThesisEvent event, ThesisState to, absl::Time time = kNoon) {
    int64_t number = 0;
    RETURN_IF_ERROR(store_.Write([&](Writer& writer) -> absl::Status {
      ASSIGN_OR_RETURN(number, writer.AddChange({.thesis = "42", .event = event, .to = to, .time = time}));
      return absl::OkStatus();
    }));
    return number;
  }
  template <typename T>
  absl::StatusOr<T> Ask(std::function<absl::StatusOr<T>(const Reader&)> question) {
    std::optional<T> answer;
    RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(answer, question(reader));
      return absl::OkStatus();
    }));
    return *std::move(answer);
  }

  std::unique_ptr<Database> database_ = OpenDatabase("submissions");
  SubmissionStore store_{*database_};
};

TEST_P(LifeStoreContract, NumbersWhatHappensToAThesisAndPagesThroughIt) {
  EXPECT_THAT(Add(ThesisEvent::kDeposit, ThesisState::kDeposited), IsOkAndHolds(1));
  const ThesisChange full{.thesis = "42",
                          .event = ThesisEvent::kAskCompletion,
                          .from = ThesisState::kDeposited,
                          .to = ThesisState::kIncomplete,
                          .reason = "pages\nmissing; --'",
                          .account = "accounts/staff",
                          .time = kNoon,
                          .until = kNoon + absl::Hours(1),
                          .waived = {"one", "two"}};
  EXPECT_OK(store_.Write([&](Writer& writer) { return writer.AddChange(full).status(); }));
  const auto list = [&](const PageRequest& page) {
    return Ask<Page<ThesisChange>>([&](const Reader& reader) { return reader.ListChanges("42", page); });
  };
  ASSERT_OK_AND_ASSIGN(const auto first, list({.size = 1}));
  ASSERT_EQ(first.items.size(), 1u);
  EXPECT_EQ(first.items[0].from, std::nullopt);
  ASSERT_OK_AND_ASSIGN(const auto second, list({.size = 1, .after = first.next}));
  ThesisChange expected = full;
  expected.number = 2;
  EXPECT_THAT(second.items, ElementsAre(expected));
  EXPECT_EQ(second.next, "");
}

TEST_P(LifeStoreContract, KeepsOneOpinionOfEachSideForEachProposal) {
  const auto put = [&](Opinion::Verdict verdict) {
    EXPECT_OK(store_.Write([&](Writer& writer) {
      return writer.PutOpinion({.thesis = "42",
                                .side = Opinion::Side::kCompany,
                                .verdict = verdict,
                                .comment = "c",
                                .given = kNoon});
    }));
  };
  const auto verdicts = [&] {
    std::vector<Opinion::Verdict> found;
    const auto opinions =
        Ask<std::vector<Opinion>>([](const Reader& reader) { return reader.ListOpinions("42"); });
    EXPECT_OK(opinions);
    for (const Opinion& opinion : *opinions) found.push_back(opinion.verdict);
    return found;
  };
  ASSERT_OK(Add(ThesisEvent::kSubmitSubject, ThesisState::kSubjectProposed));
  put(Opinion::Verdict::kReserved);
  put(Opinion::Verdict::kFavourable);
  EXPECT_THAT(verdicts(), ElementsAre(Opinion::Verdict::kFavourable));
  ASSERT_OK(Add(ThesisEvent::kSubmitSubject, ThesisState::kSubjectProposed));
  EXPECT_THAT(verdicts(), IsEmpty());
  put(Opinion::Verdict::kUnfavourable);
  EXPECT_THAT(verdicts(), ElementsAre(Opinion::Verdict::kUnfavourable));
}

TEST_P(LifeStoreContract, KnowsWhenADepositWasLastDeclared) {
  ASSERT_OK(Add(ThesisEvent::kDeposit, ThesisState::kDeposited, kNoon));
  ASSERT_OK(Add(ThesisEvent::kDeposit, ThesisState::kDeposited, kNoon + absl::Hours(2)));
  ASSERT_OK_AND_ASSIGN(const LifeFacts facts,
                       Ask<LifeFacts>([](const Reader& reader) { return reader.FindLifeFacts("42"); }));
  EXPECT_EQ(facts.last_deposit, kNoon + absl::Hours(2));
  EXPECT_EQ(facts.last_correction, std::nullopt);
  EXPECT_EQ(facts.deposit, std::nullopt);
  EXPECT_FALSE(facts.has_copy_to_archive);
}

TEST_P(LifeStoreContract, HoldsANoticeOnceForEachChangeAndRecipient) {
  ASSERT_OK(Add(ThesisEvent::kDeposit, ThesisState::kDeposited));
  const Notice to_ana{.thesis = "42",
                      .change = 1,
                      .event = ThesisEvent::kDeposit,
                      .to = ThesisState::kDeposited,
                      .person = "people/ana",
                      .programme = "programmes/msi",
                      .time = kNoon};
  Notice to_staff = to_ana;
  to_staff.person = "";
  to_staff.role = "staff";
  for (const Notice& notice : {to_ana, to_staff, to_ana}) {
    EXPECT_OK(store_.Write([&](Writer& writer) { return writer.AddNotice(notice); }));
  }
  const auto list = [&](const NoticeSelection& selection, const PageRequest& page) {
    return Ask<Page<Notice>>([&](const Reader& reader) { return reader.ListNotices(selection, page); });
  };
  ASSERT_OK_AND_ASSIGN(const auto all, list({.programme = "programmes/msi"}, {}));
  EXPECT_THAT(all.items, ElementsAre(to_ana, to_staff));
  ASSERT_OK_AND_ASSIGN(const auto own, list({.person = "people/ana"}, {}));
  EXPECT_THAT(own.items, ElementsAre(to_ana));
  ASSERT_OK_AND_ASSIGN(const auto first, list({.programme = "programmes/msi"}, {.size = 1}));
  ASSERT_OK_AND_ASSIGN(const auto rest,
                       list({.programme = "programmes/msi"}, {.size = 1, .after = first.next}));
  EXPECT_THAT(rest.items, ElementsAre(to_staff));
}

TEST_P(LifeStoreContract, KeepsEveryFieldOfAProblemAndCountsItsWishes) {
  Problem problem{.id = "p1",
                  .title = "Forecasts",
                  .statement = "Two\nlines",
                  .teaser = "t",
                  .data = "d",
                  .conditions = "c",
                  .level = Confidentiality::kJury,
                  .confidential_until = kNoon,
                  .capacity = 3,
                  .programme = "programmes/msi",
                  .owner = "people/tom",
                  .company = "Voltis",
                  .supervisor = "people/sam",
                  .company_tutor = "people/tom",
                  .keywords = {"a", "b"},
                  .language = "en",
                  .is_closed = true,
                  .taken = 1};
  EXPECT_OK(store_.Write([&](Writer& writer) { return writer.InsertProblem(problem); }));
  EXPECT_THAT(store_.Write([&](Writer& writer) { return writer.InsertProblem(problem); }),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("PROBLEM_EXISTS")));
  problem.version = 1;
  const auto find = [&] {
    return Ask<std::optional<Problem>>([](const Reader& reader) { return reader.FindProblem("p1"); });
  };
  EXPECT_THAT(find(), IsOkAndHolds(Optional(problem)));
  const Wish wish{.problem = "p1",
                  .student = "people/ana",
                  .partner = "people/bob",
                  .motivation = "m",
                  .rank = 2,
                  .thesis = "",
                  .time = kNoon};
  EXPECT_OK(store_.Write([&](Writer& writer) { return writer.PutWish(wish); }));
  problem.wishes = 1;
  EXPECT_THAT(find(), IsOkAndHolds(Optional(problem)));
  EXPECT_THAT(Ask<std::vector<Wish>>([](const Reader& reader) { return reader.ListWishes("p1"); }),
              IsOkAndHolds(ElementsAre(wish)));
  EXPECT_OK(store_.Write([&](Writer& writer) { return writer.UpdateProblem(problem); }));
  EXPECT_THAT(store_.Write([&](Writer& writer) { return writer.UpdateProblem(problem); }),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_THAT(
      Ask<Page<Problem>>([](const Reader& reader) { return reader.ListProblems("programmes/law", {}); }),
      IsOkAndHolds(::testing::Field(&Page<Problem>::items, IsEmpty())));
}

TEST_P(LifeStoreContract, FindsWhatIsDisseminatedOfAPersonAndByName) {
  const auto insert = [&](const std::string& id, ThesisState state, const std::string& cohort) {
    EXPECT_OK(store_.Write([&](Writer& writer) {
      return writer.Insert({.id = id,
                            .title = "T",
                            .authors = {"people/bob"},
                            .supervisor = "people/kim",
                            .programme = "programmes/law",
                            .cohort = cohort,
                            .state = state});
    }));
  };
  insert("a", ThesisState::kDisseminated, "programmes/law/cohorts/1");
  insert("b", ThesisState::kInReview, "");
  insert("c", ThesisState::kDisseminated, "");
  const auto list = [&](const ThesisSelection& selection, int size = 100, const std::string& after = "") {
    std::vector<std::string> ids;
    const auto page = Ask<Page<Thesis>>(
        [&](const Reader& reader) { return reader.List(selection, {.size = size, .after = after}); });
    EXPECT_OK(page);
    for (const Thesis& thesis : page->items) ids.push_back(thesis.id);
    return ids;
  };
  EXPECT_THAT(list({.person = "people/ana", .has_disseminated = true}), ElementsAre("42", "a", "c"));
  EXPECT_THAT(list({.has_disseminated = true, .ids = {"42", "b"}}), ElementsAre("42", "a", "b", "c"));
  EXPECT_THAT(list({.has_disseminated = true, .ids = {"42", "b"}}, 2, "a"), ElementsAre("b", "c"));
  EXPECT_THAT(list({.all = true, .only_cohort = "programmes/law/cohorts/1"}), ElementsAre("a"));
  EXPECT_THAT(list({.all = true, .only_states = {ThesisState::kInReview, ThesisState::kActive}}),
              ElementsAre("42", "b"));
  EXPECT_THAT(list({.only_programme = "programmes/law", .has_disseminated = true, .ids = {"42", "b"}}),
              ElementsAre("a", "b", "c"));
}

SOUTENANCE_ON_EVERY_BACKEND(LifeStoreContract);

// A database from before theses had a life.
TEST_P(LifeStoreContract, TakesOverWhatWasStoredBeforeThesesHadALife) {
  if (GetParam() != contract::Backend::kSqliteFile) GTEST_SKIP() << "made with the library of SQLite";
  const std::string uri = Uri("before");
  const std::string path = uri.substr(uri.find(':') + 1);
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &file), SQLITE_OK);
  const auto run = [&](const std::string& sql) {
    ASSERT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(file);
  };
  run("CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  for (const Migration& migration : AllMigrations()) {
    if (migration.dialect != "sqlite" || migration.number > 2) continue;
    if (migration.service != "every_service" && migration.service != "submissions") continue;
    run(std::string(migration.sql));
    run(absl::StrCat("INSERT INTO schema_version VALUES (", migration.number, ", '", migration.name, "')"));
  }
  run("INSERT INTO theses VALUES ('1', 3, 'Open', 'people/ana', NULL, 'people/sam', NULL, 'programmes/msi', "
      "NULL, "
      "0, 'fr', NULL, NULL, NULL)");
  run("INSERT INTO theses VALUES ('2', 3, 'Closed', 'people/ana', NULL, 'people/sam', NULL, "
      "'programmes/msi', "
      "NULL, 1, 'fr', 'left', 'accounts/x', 5)");
  // A version of 100 bytes, and an upload of 7 on its way.
  run("INSERT INTO uploads VALUES ('u1', '1', 'deposit', '', 'ab', 100, 'f', 'finished', 0, 1, 9, 'on_time', "
      "0, "
      "'accounts/ana', 1, ''), ('u2', '1', 'deposit', '', 'cd', 7, 'f', 'open', 0, 1, 9, 'on_time', 0, "
      "'accounts/bob', NULL, '')");
  run("INSERT INTO drafts VALUES ('1', 1, 'deposit', '', 'ab', 100, 'f', 'application/pdf', 1, 2, "
      "'accounts/ana', "
      "0, 'on_time', 0, 'u1', '')");
  run("PRAGMA user_version=2");
  run("PRAGMA application_id=0x534F5554");  // "SOUT"
  sqlite3_close(file);

  ASSERT_OK_AND_ASSIGN(const auto opened, Database::Open(uri, Options("submissions")));
  SubmissionStore store(*opened);
  std::vector<Thesis> theses;
  ASSERT_OK(store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(theses, reader.FindAll(std::vector<std::string>{"1", "2"}));
    return absl::OkStatus();
  }));
  ASSERT_EQ(theses.size(), 2u);
  EXPECT_EQ(theses[0].level, Confidentiality::kInternal);
  EXPECT_EQ(theses[0].state, ThesisState::kActive);
  EXPECT_EQ(theses[1].level, Confidentiality::kClosedSession);
  EXPECT_EQ(theses[1].state, ThesisState::kWithdrawn);
  EXPECT_EQ(theses[1].state_before, ThesisState::kActive);
  EXPECT_EQ(theses[1].version, 3);
  DraftStore drafts(*opened);
  CheckStore checks(*opened);
  ASSERT_OK(drafts.Read([&](const submissions::DraftStore::Reader& reader) -> absl::Status {
    EXPECT_THAT(reader.BytesOfAccount("accounts/ana"), IsOkAndHolds(100));
    EXPECT_THAT(reader.BytesOfAccount("accounts/bob"), IsOkAndHolds(7));
    EXPECT_THAT(reader.BytesOfProgramme("programmes/msi"), IsOkAndHolds(107));
    return absl::OkStatus();
  }));
  ASSERT_OK(checks.Read([&](const submissions::CheckStore::Reader& reader) -> absl::Status {
    EXPECT_EQ(reader.FindPending(10)->size(), 1u);
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace soutenance::storage::sql
