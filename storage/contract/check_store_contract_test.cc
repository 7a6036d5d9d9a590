#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/contract/backends.h"
#include "storage/sql/check_store.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage {
namespace {

using namespace submissions;  // NOLINT: the test speaks of nothing else
using ::soutenance::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNoon = absl::FromUnixMicros(1'800'000'000'123'456);

class CheckStoreContract : public contract::OnEveryBackend {
 protected:
  CheckStoreContract() {
    EXPECT_OK(theses_.Write([](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42",
                            .title = "T",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .programme = "programmes/msi"});
    }));
  }

  // Version `number`, received so many minutes after noon.
  void InsertDraft(int64_t number, int minutes, DraftKind kind = DraftKind::kDraft) {
    const Upload upload{
        .thesis = "42",
        .id = absl::StrCat("u", number),
        .content = {.sha256 = std::string(64, static_cast<char>('a' + number)), .size = number},
        .file_name = "mémoire.pdf",
        .begun = kNoon,
        .expires = kNoon + absl::Hours(24),
        .account = "accounts/ana",
        .receipt = "r"};
    EXPECT_OK(drafts_.Write([&](submissions::DraftStore::Writer& writer) -> absl::Status {
      EXPECT_OK(writer.InsertUpload(upload));
      return writer.InsertDraft({.thesis = "42",
                                 .number = number,
                                 .kind = kind,
                                 .content = upload.content,
                                 .file_name = upload.file_name,
                                 .begun = kNoon,
                                 .received = kNoon + absl::Minutes(minutes),
                                 .account = "accounts/ana",
                                 .upload = upload.id,
                                 .receipt = "r"});
    }));
  }

  absl::Status Put(const DraftChecks& checks) {
    return store_.Write([&](submissions::CheckStore::Writer& writer) { return writer.Put(checks); });
  }
  template <typename F>
  auto Read(F look) {
    decltype(look(std::declval<const submissions::CheckStore::Reader&>())) answer = absl::UnknownError("");
    EXPECT_OK(store_.Read([&](const submissions::CheckStore::Reader& reader) {
      answer = look(reader);
      return answer.status();
    }));
    return answer;
  }
  std::string PendingNumbers(int count = 10) {
    std::string numbers;
    const auto pending = Read([&](const auto& reader) { return reader.FindPending(count); });
    for (const auto& each : *pending) absl::StrAppend(&numbers, each.number, " ");
    return numbers;
  }

  std::unique_ptr<sql::Database> database_ = OpenDatabase("submissions");
  sql::SubmissionStore theses_{*database_};
  sql::DraftStore drafts_{*database_};
  sql::CheckStore store_{*database_};
};

DraftChecks Done(int64_t number) {
  return {.thesis = "42",
          .number = number,
          .pending = false,
          .media_type = "application/pdf",
          .pages = 12,
          .text_bytes = 5'000'000'000,
          .text_cut_off = true,
          .findings = {{"pdf_fonts", "FONTS_NOT_EMBEDDED", "Café, ?"}, {"text", "OK", ""}},
          .checked = kNoon};
}

TEST_P(CheckStoreContract, TakesEveryVersionForPendingOfWhichNothingIsKnown) {
  InsertDraft(1, 5);
  InsertDraft(2, 3);
  InsertDraft(3, 4);
  EXPECT_EQ(PendingNumbers(), "2 3 1 ") << "those that came first come first";
  EXPECT_EQ(PendingNumbers(1), "2 ");
  EXPECT_TRUE(Read([](const auto& reader) { return reader.Find("42", 2); })->pending);
  ASSERT_OK(Put(Done(2)));
  EXPECT_EQ(PendingNumbers(), "3 1 ");
  ASSERT_OK(Put({.thesis = "42", .number = 2, .pending = true}));
  EXPECT_EQ(PendingNumbers(), "2 3 1 ");
  const auto pending = Read([](const auto& reader) { return reader.FindPending(1); });
  EXPECT_EQ(pending->front().file_name, "mémoire.pdf");
  EXPECT_EQ(pending->front().content, (ContentId{std::string(64, 'c'), 2}));
}

TEST_P(CheckStoreContract, KeepsAndReplacesWhatWasFound) {
  InsertDraft(1, 0);
  ASSERT_OK(Put(Done(1)));
  EXPECT_THAT(Read([](const auto& reader) { return reader.Find("42", 1); }), IsOkAndHolds(Done(1)));
  DraftChecks other = Done(1);
  other.findings = {{"text", "TEXT_NONE", ""}};
  ASSERT_OK(Put(other));
  EXPECT_THAT(Read([](const auto& reader) { return reader.Find("42", 1); }), IsOkAndHolds(other));
}

TEST_P(CheckStoreContract, KeepsDecisionsInTheirOrder) {
  InsertDraft(1, 0);
  InsertDraft(2, 1);
  const FindingDecision override{.finding = {"pdf_fonts", "FONTS_NOT_EMBEDDED", "Café"},
                                 .why = "imprimé",
                                 .account = "accounts/staff",
                                 .decided = kNoon};
  FindingDecision withdraw = override;
  withdraw.kind = FindingDecision::Kind::kWithdraw;
  for (const FindingDecision& each : {override, withdraw, override}) {
    ASSERT_OK(store_.Write(
        [&](submissions::CheckStore::Writer& writer) { return writer.AddDecision("42", 1, each); }));
  }
  EXPECT_THAT(Read([](const auto& reader) { return reader.ListDecisions("42", 1); }),
              IsOkAndHolds(ElementsAre(override, withdraw, override)));
  EXPECT_THAT(Read([](const auto& reader) { return reader.ListDecisions("42", 2); }),
              IsOkAndHolds(IsEmpty()));
  // What is found again does not take the decisions away.
  ASSERT_OK(Put(Done(1)));
  EXPECT_EQ(Read([](const auto& reader) { return reader.ListDecisions("42", 1); })->size(), 3u);
}

TEST_P(CheckStoreContract, FindsTheLatestDeposit) {
  InsertDraft(1, 0);
  EXPECT_FALSE(Read([](const auto& reader) { return reader.FindDeposit("42"); })->has_value());
  InsertDraft(2, 1, DraftKind::kDeposit);
  InsertDraft(3, 2, DraftKind::kDeposit);
  InsertDraft(4, 3, DraftKind::kCorrected);
  const auto deposit = Read([](const auto& reader) { return reader.FindDeposit("42"); });
  ASSERT_TRUE(deposit->has_value());
  EXPECT_EQ((*deposit)->number, 3);
  EXPECT_EQ(Read([](const auto& reader) { return reader.FindThesis("42"); })->value().supervisor,
            "people/sam");
  EXPECT_FALSE(Read([](const auto& reader) { return reader.FindThesis("43"); })->has_value());
}

TEST_P(CheckStoreContract, KnowsTheProgrammeOfAThesis) {
  EXPECT_THAT(Read([](const auto& reader) { return reader.ProgrammeOf("42"); }),
              IsOkAndHolds("programmes/msi"));
  EXPECT_THAT(Read([](const auto& reader) { return reader.ProgrammeOf("43"); }), IsOkAndHolds(""));
}

TEST_P(CheckStoreContract, KeepsThePolicyOfAMilestone) {
  const std::string name = "programmes/msi/milestones/final";
  EXPECT_THAT(Read([&](const auto& reader) { return reader.FindPolicy(name); }),
              IsOkAndHolds(CheckPolicy{.milestone = name}));
  CheckPolicy policy{.milestone = name,
                     .rules = {{"PDF_XFA", CheckMeaning::kNone}},
                     .media_types = {"application/pdf"},
                     .pages_max = 80};
  for (const int pages : {80, 90}) {
    policy.pages_max = pages;
    ASSERT_OK(
        store_.Write([&](submissions::CheckStore::Writer& writer) { return writer.PutPolicy(policy); }));
    EXPECT_THAT(Read([&](const auto& reader) { return reader.FindPolicy(name); }), IsOkAndHolds(policy));
  }
}

SOUTENANCE_ON_EVERY_BACKEND(CheckStoreContract);

}  // namespace
}  // namespace soutenance::storage
