#include "services/submissions/statements/statements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/statement_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Decision = StatementDecision;
using Kind = StatementKind;

constexpr char kMsi[] = "programmes/msi";

Caller Person(const std::string& id, Role role) {
  return {.account = absl::StrCat("accounts/", id),
          .person = absl::StrCat("people/", id),
          .grants = {{role, kMsi}}};
}
Caller Ana() { return Person("ana", Role::kStudent); }
Caller Bea() { return Person("bea", Role::kStudent); }
Caller Sam() { return Person("sam", Role::kSupervisor); }
Caller Zoe() { return Person("zoe", Role::kStudent); }
Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }

Statement A(Kind kind, const std::string& text = "my own work") {
  return {.key = {.thesis = "42", .kind = kind}, .text = text};
}

class StatementsTest : public ::testing::Test {
 protected:
  StatementsTest() { Insert("42", {"people/ana", "people/bea"}, true); }

  void Insert(const std::string& id, std::vector<std::string> authors, bool confidential) {
    EXPECT_OK(theses_.Write([&](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = id,
                            .title = "T",
                            .authors = authors,
                            .supervisor = "people/sam",
                            .programme = kMsi,
                            .level = confidential ? Confidentiality::kJury : Confidentiality::kInternal});
    }));
  }
  void InsertDraft() {
    storage::sql::DraftStore drafts(*database_);
    EXPECT_OK(drafts.Write([](DraftStore::Writer& writer) -> absl::Status {
      if (absl::Status status = writer.InsertUpload({.thesis = "42", .id = "u"}); !status.ok()) return status;
      return writer.InsertDraft({.thesis = "42", .number = 1, .upload = "u"});
    }));
  }
  absl::StatusOr<Statement> Decide(const std::string& name, Decision decision,
                                   const std::string& reason = "why") {
    const auto key = ParseStatementName(name);
    EXPECT_OK(key);
    return statements_.Decide(Staff(), *key, decision, reason, {});
  }
  std::vector<std::string> Missing(std::vector<Kind> kinds = {}) {
    std::vector<std::string> names;
    const auto page = statements_.ListMissing(Staff(), kMsi, "", kinds, {});
    EXPECT_OK(page);
    for (const MissingStatement& each : page->items) {
      names.push_back(
          absl::StrCat(each.key.Name(), each.state ? absl::StrCat(" ", StateName(*each.state)) : ""));
    }
    return names;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore theses_{*database_};
  storage::sql::StatementStore store_{*database_};
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Statements statements_{store_, clock_};
};

TEST_F(StatementsTest, AreMadeByEachAuthorForThemselves) {
  ASSERT_OK_AND_ASSIGN(const Statement made, statements_.Make(Ana(), A(Kind::kOriginality), {}));
  EXPECT_EQ(made.key.Name(), "theses/42/statements/ana.originality");
  EXPECT_EQ(made.made, clock_.Now());
  EXPECT_THAT(statements_.Make(Sam(), A(Kind::kOriginality), {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_AN_AUTHOR")));
  EXPECT_THAT(statements_.Make(Staff(), A(Kind::kOriginality), {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_AN_AUTHOR")));
  EXPECT_THAT(statements_.Make(Zoe(), A(Kind::kOriginality), {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(statements_.ListOfThesis(Zoe(), "42"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(StatementsTest, AreValidatedRefusedAndRevokedByThreeDecisions) {
  const std::string name = "theses/42/statements/ana.ai_use";
  EXPECT_OK(statements_.Make(Ana(), A(Kind::kAiUse), {}));
  EXPECT_THAT(Decide(name, Decision::kRefuse, " "), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Decide(name, Decision::kRevoke),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("STATEMENT_DECIDED")));
  EXPECT_OK(Decide(name, Decision::kRefuse));
  EXPECT_THAT(Decide(name, Decision::kValidate), StatusIs(absl::StatusCode::kFailedPrecondition));
  // A refused one is made again; a validated one only after it was revoked.
  EXPECT_OK(statements_.Make(Ana(), A(Kind::kAiUse, "spelling"), {}));
  EXPECT_OK(Decide(name, Decision::kValidate, ""));
  EXPECT_THAT(statements_.Make(Ana(), A(Kind::kAiUse, "more"), {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("STATEMENT_VALIDATED")));
  EXPECT_OK(Decide(name, Decision::kRevoke));
  EXPECT_OK(statements_.Make(Ana(), A(Kind::kAiUse, "more"), {}));
}

TEST_F(StatementsTest, SayAllThatTheirKindAsksFor) {
  Statement data = A(Kind::kDataProtection, "interviews");
  EXPECT_THAT(statements_.Make(Ana(), data, {}), StatusIs(absl::StatusCode::kInvalidArgument));
  data.legal_basis = "consent";
  EXPECT_THAT(statements_.Make(Ana(), data, {}), StatusIs(absl::StatusCode::kInvalidArgument));
  data.controller = "Hospital, Dr. Œ";
  data.until_date = "2030-02-30";
  EXPECT_THAT(statements_.Make(Ana(), data, {}), StatusIs(absl::StatusCode::kInvalidArgument));
  data.until_date = "2030-12-31";
  EXPECT_OK(statements_.Make(Ana(), data, {}));
  Statement none = A(Kind::kDataProtection, "no data about people");
  none.legal_basis = "none";
  EXPECT_OK(statements_.Make(Bea(), none, {}));
  EXPECT_THAT(statements_.Make(Ana(), A(Kind::kConfidentiality), {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(statements_.Make(Ana(), A(Kind::kOriginality, "  "), {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(StatementsTest, ThatAreMissingAreListedByAuthorAndKind) {
  Insert("43", {"people/cal"}, false);
  EXPECT_OK(statements_.Make(Ana(), A(Kind::kOriginality), {}));
  EXPECT_OK(statements_.Make(Bea(), A(Kind::kOriginality), {}));
  EXPECT_OK(Decide("theses/42/statements/bea.originality", Decision::kRefuse));
  EXPECT_THAT(Missing({Kind::kOriginality}), ElementsAre("theses/42/statements/bea.originality refused",
                                                         "theses/43/statements/cal.originality"));
  // Confidentiality is asked of the confidential thesis alone: 2 authors x 4 - 1 made, and 3.
  EXPECT_THAT(Missing(), SizeIs(7 + 3));
  EXPECT_THAT(statements_.ListMissing(Ana(), kMsi, "", {}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(StatementsTest, ReadingsAreRecordedByWhoConcludes) {
  InsertDraft();
  SimilarityReading reading{.thesis = "42", .draft = 1, .tool = "tool", .rate_per_mille = 124};
  ASSERT_OK_AND_ASSIGN(const SimilarityReading first, statements_.RecordReading(Sam(), reading, {}));
  EXPECT_EQ(first.Name(), "theses/42/similarityReadings/1");
  EXPECT_EQ(first.reader, "accounts/sam");
  EXPECT_THAT(statements_.RecordReading(Ana(), reading, {}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(statements_.RecordReading(Zoe(), reading, {}), StatusIs(absl::StatusCode::kNotFound));
  reading.indexed = true;
  EXPECT_THAT(statements_.RecordReading(Staff(), reading, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFIDENTIAL_NOT_INDEXED")));
  reading.indexed = false;
  reading.draft = 2;
  EXPECT_THAT(statements_.RecordReading(Staff(), reading, {}), StatusIs(absl::StatusCode::kInvalidArgument));
  reading.draft = 1;
  reading.conclusion = Conclusion::kToExplain;
  EXPECT_THAT(statements_.RecordReading(Staff(), reading, {}), StatusIs(absl::StatusCode::kInvalidArgument));
  reading.comment = "page 12";
  EXPECT_OK(statements_.RecordReading(Staff(), reading, {}));

  // An author learns of what they are to explain, and of nothing else.
  ASSERT_OK_AND_ASSIGN(const auto of_ana, statements_.ListReadings(Ana(), "42"));
  ASSERT_THAT(of_ana, SizeIs(1));
  EXPECT_EQ(of_ana[0].number, 2);
  EXPECT_THAT(*statements_.ListReadings(Sam(), "42"), SizeIs(2));
  EXPECT_THAT(*statements_.ListReadings(Staff(), "42"), SizeIs(2));
}

TEST_F(StatementsTest, HaveNamesThatAreReadBackWhateverIdsHaveInThem) {
  for (const Kind kind : kStatementKinds) {
    const StatementKey key{.thesis = "m2.017", .author = "people/a.b_c", .kind = kind};
    ASSERT_OK_AND_ASSIGN(const StatementKey read, ParseStatementName(key.Name()));
    EXPECT_EQ(read.Name(), key.Name());
    EXPECT_EQ(read.author, key.author);
  }
  for (const char* name :
       {"theses/42/statements/ana", "theses/42/statements/ana.age", "theses/42/statements/.ai_use",
        "theses//statements/ana.ai_use", "theses/42/statement/ana.ai_use", ""}) {
    EXPECT_THAT(ParseStatementName(name), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

}  // namespace
}  // namespace soutenance::submissions
