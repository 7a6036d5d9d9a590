#include "services/submissions/checks/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/files/content_store.h"
#include "storage/files/sha256.h"
#include "storage/files/text_store.h"
#include "storage/open.h"
#include "storage/sql/check_store.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kMsi[] = "programmes/msi";
constexpr char kFinal[] = "programmes/msi/milestones/final";

Caller Ana() {
  return {.account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, kMsi}}};
}
Caller Supervisor() {
  return {.account = "accounts/sam", .person = "people/sam", .grants = {{Role::kSupervisor, kMsi}}};
}
Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
Caller Liaison() { return {.account = "accounts/lia", .grants = {{Role::kCompanyLiaison, kMsi}}}; }
Caller Stranger() {
  return {.account = "accounts/zoe", .person = "people/zoe", .grants = {{Role::kStudent, kMsi}}};
}

// Finds what a test says.
class FakeInspector final : public Inspector {
 public:
  absl::StatusOr<Inspection> Inspect(const ContentId&, std::stop_token) override {
    ++calls;
    return next;
  }
  absl::StatusOr<Inspection> next = Inspection{.media_type = "application/pdf",
                                               .pages = 40,
                                               .findings = {{"file_type", "OK", ""}, {"pdf_fonts", "OK", ""}},
                                               .text = "un deux trois"};
  int calls = 0;
};

class FakeScanner final : public VirusScanner {
 public:
  Finding Scan(const ContentStore::Reader& content) override {
    return content.Read(0, 100)->find("EICAR") == std::string::npos
               ? Finding{"virus", "OK", ""}
               : Finding{"virus", "VIRUS_FOUND", "Eicar"};
  }
};

class ChecksTest : public ::testing::Test {
 protected:
  ChecksTest() {
    EXPECT_OK(theses_.Write([](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42",
                            .title = "T",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .programme = kMsi});
    }));
    EXPECT_OK(milestones_.Create(Staff(),
                                 {.programme = kMsi,
                                  .id = "final",
                                  .title = "Final",
                                  .kind = DraftKind::kDeposit,
                                  .due = clock_.Now() + absl::Hours(1),
                                  .time_zone = "Europe/Paris"},
                                 {}));
  }

  void Submit(const std::string& bytes, const std::string& file_name = "memoire.pdf") {
    storage::files::Sha256 sha256;
    sha256.Add(bytes);
    ASSERT_OK_AND_ASSIGN(
        const UploadProgress upload,
        drafts_.CreateUpload(Ana(),
                             {.thesis = "42",
                              .kind = DraftKind::kDeposit,
                              .milestone = kFinal,
                              .content = {sha256.Finish(), static_cast<int64_t>(bytes.size())},
                              .file_name = file_name},
                             {}));
    {
      ASSERT_OK_AND_ASSIGN(const auto writer, drafts_.OpenUpload(Ana(), {"42", upload.upload.id}));
      ASSERT_OK(writer->Write(0, bytes));
    }
    ASSERT_OK(drafts_.SubmitDraft(Ana(), {"42", upload.upload.id}, {}));
    clock_.Advance(absl::Seconds(1));
  }

  // The reasons found in version `number` and what follows, as its author sees it.
  std::map<std::string, CheckMeaning> Found(int64_t number) {
    std::map<std::string, CheckMeaning> found;
    const auto judged = checks_.Get(Ana(), "42", number);
    EXPECT_OK(judged);
    for (const JudgedFinding& each : judged->findings) {
      if (each.finding.reason != "OK") found[each.finding.reason] = each.meaning;
    }
    return found;
  }

  soutenance::testing::TemporaryFolder folder_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore theses_{*database_};
  storage::sql::DraftStore draft_store_{*database_};
  storage::sql::CheckStore store_{*database_};
  std::unique_ptr<storage::files::ContentStore> contents_ =
      *storage::files::ContentStore::Open(storage::files::PosixFileSystem(), folder_.path());
  std::unique_ptr<storage::files::TextStore> texts_ =
      *storage::files::TextStore::Open(storage::files::PosixFileSystem(), folder_.path());
  const receipts::SigningKey key_ = *receipts::SigningKey::Create(receipts::SigningKey::NewSeed());
  const std::string institution_ = "U";
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'811'887'199)};
  int received_ = 0;
  Milestones milestones_{draft_store_, clock_};
  Drafts drafts_{{.store = draft_store_,
                  .contents = *contents_,
                  .key = key_,
                  .institution = institution_,
                  .clock = clock_,
                  .on_received = [this] { ++received_; }},
                 {}};
  FakeInspector inspector_;
  FakeScanner scanner_;
  Checks checks_{{.store = store_,
                  .texts = *texts_,
                  .contents = *contents_,
                  .drafts = drafts_,
                  .milestones = milestones_,
                  .inspector = inspector_,
                  .scanner = &scanner_,
                  .clock = clock_}};
};

TEST_F(ChecksTest, AreDoneOnceForEveryVersionInTheOrderOfTheirArrival) {
  EXPECT_THAT(checks_.CheckNext({}), IsOkAndHolds(false));
  Submit("one");
  Submit("two");
  EXPECT_EQ(received_, 2) << "whoever looks at versions is told of each";
  EXPECT_TRUE(checks_.Get(Ana(), "42", 1)->checks.pending);
  EXPECT_THAT(checks_.CheckNext({}), IsOkAndHolds(true));
  EXPECT_FALSE(checks_.Get(Ana(), "42", 1)->checks.pending);
  EXPECT_TRUE(checks_.Get(Ana(), "42", 2)->checks.pending);
  EXPECT_THAT(checks_.CheckNext({}), IsOkAndHolds(true));
  EXPECT_THAT(checks_.CheckNext({}), IsOkAndHolds(false));
  EXPECT_EQ(inspector_.calls, 2);
  ASSERT_OK_AND_ASSIGN(const JudgedChecks judged, checks_.Get(Ana(), "42", 2));
  EXPECT_EQ(judged.checks.pages, 40);
  EXPECT_EQ(judged.checks.text_bytes, 13);
  EXPECT_EQ(judged.outcome, CheckMeaning::kNone);
  EXPECT_EQ(judged.findings.size(), 3u) << "what is well is told, too";
}

TEST_F(ChecksTest, AreStillPendingAfterAnErrorAndAfterARestart) {
  Submit("one");
  inspector_.next = absl::UnavailableError("no inspector");
  EXPECT_THAT(checks_.CheckNext({}), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_TRUE(checks_.Get(Ana(), "42", 1)->checks.pending);
  // Another process, on what was written.
  inspector_.next = Inspection{.media_type = "application/pdf"};
  storage::sql::CheckStore store(*database_);
  Checks again({.store = store,
                .texts = *texts_,
                .contents = *contents_,
                .drafts = drafts_,
                .milestones = milestones_,
                .inspector = inspector_,
                .scanner = nullptr,
                .clock = clock_});
  EXPECT_THAT(again.CheckNext({}), IsOkAndHolds(true));
  EXPECT_FALSE(checks_.Get(Ana(), "42", 1)->checks.pending);
}

TEST_F(ChecksTest, DoNotWaitForContentThatIsGone) {
  Submit("one");
  const std::string sha256 = drafts_.GetDraft(Ana(), "42", 1)->content.sha256;
  ASSERT_OK(contents_->RemoveUnless(sha256, [] { return false; }));
  Submit("two");
  EXPECT_THAT(checks_.CheckNext({}), IsOkAndHolds(true));
  EXPECT_THAT(checks_.CheckNext({}), IsOkAndHolds(true));
  EXPECT_THAT(Found(1), ElementsAre(std::pair("CONTENT_MISSING", CheckMeaning::kRemark)));
  EXPECT_THAT(Found(2), IsEmpty());
}

TEST_F(ChecksTest, LookForVirusesAndCompareTheNameWithTheContent) {
  Submit("EICAR", "memoire.docx");
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_THAT(Found(1), ElementsAre(std::pair("TYPE_MISMATCH", CheckMeaning::kRemark),
                                    std::pair("VIRUS_FOUND", CheckMeaning::kToCorrect)));
  EXPECT_EQ(checks_.Get(Ana(), "42", 1)->outcome, CheckMeaning::kToCorrect);
}

TEST_F(ChecksTest, AreSeenByThoseWhoSeeTheVersion) {
  Submit("one");
  ASSERT_OK(checks_.CheckNext({}));
  for (const Caller& caller : {Ana(), Supervisor(), Staff()}) {
    EXPECT_OK(checks_.Get(caller, "42", 1)) << caller.account;
    EXPECT_EQ(checks_.List(caller, "42", {})->items.size(), 1u);
  }
  EXPECT_THAT(checks_.Get(Liaison(), "42", 1),
              StatusIs(absl::StatusCode::kNotFound, Reason("DRAFT_NOT_FOUND")));
  EXPECT_THAT(checks_.List(Liaison(), "42", {})->items, IsEmpty());
  EXPECT_THAT(checks_.Get(Stranger(), "42", 1),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(checks_.List(Stranger(), "42", {}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(checks_.Get(Ana(), "42", 2), StatusIs(absl::StatusCode::kNotFound, Reason("DRAFT_NOT_FOUND")));
}

TEST_F(ChecksTest, AreRepeatedForThoseWhoRunTheProgramme) {
  Submit("one");
  ASSERT_OK(checks_.CheckNext({}));
  const Mutation once{
      .request = {.request_id = "r", .account = "accounts/staff", .method = "m", .fingerprint = "f"}};
  EXPECT_THAT(checks_.Recheck(Ana(), "42", 1, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(checks_.Recheck(Stranger(), "42", 1, {}), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const JudgedChecks pending, checks_.Recheck(Staff(), "42", 1, once));
  EXPECT_TRUE(pending.checks.pending);
  EXPECT_THAT(pending.findings, IsEmpty());
  EXPECT_THAT(checks_.CheckNext({}), IsOkAndHolds(true));
  ASSERT_OK_AND_ASSIGN(const JudgedChecks repeated, checks_.Recheck(Staff(), "42", 1, once));
  EXPECT_FALSE(repeated.checks.pending) << "the same request asks for it once";
}

TEST_F(ChecksTest, MeanWhatTheMilestoneSays) {
  Submit("one");
  inspector_.next->findings = {{"pdf_fonts", "FONTS_NOT_EMBEDDED", "Arial"},
                               {"pdf_encryption", "PDF_ENCRYPTED", ""}};
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_THAT(Found(1), ElementsAre(std::pair("FONTS_NOT_EMBEDDED", CheckMeaning::kRemark),
                                    std::pair("PDF_ENCRYPTED", CheckMeaning::kToCorrect)));
  const CheckPolicy policy{
      .milestone = kFinal,
      .rules = {{"FONTS_NOT_EMBEDDED", CheckMeaning::kToCorrect}, {"PDF_ENCRYPTED", CheckMeaning::kNone}},
      .media_types = {"application/zip"},
      .pages_max = 39};
  EXPECT_THAT(checks_.SetPolicy(Ana(), policy, {}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(checks_.SetPolicy(Stranger(), policy, {}), StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK(checks_.SetPolicy(Staff(), policy, {}));
  EXPECT_THAT(checks_.GetPolicy(Ana(), {kMsi, "final"}), IsOkAndHolds(policy));
  EXPECT_THAT(Found(1), ElementsAre(std::pair("FONTS_NOT_EMBEDDED", CheckMeaning::kToCorrect),
                                    std::pair("PAGES_TOO_MANY", CheckMeaning::kToCorrect),
                                    std::pair("PDF_ENCRYPTED", CheckMeaning::kNone),
                                    std::pair("TYPE_NOT_ACCEPTED", CheckMeaning::kToCorrect)));
}

TEST_F(ChecksTest, RefuseAPolicyThatMeansNothing) {
  const auto set = [&](const CheckPolicy& policy) { return checks_.SetPolicy(Staff(), policy, {}); };
  EXPECT_THAT(set({.milestone = kFinal, .rules = {{"NO_SUCH", CheckMeaning::kNone}}}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(set({.milestone = kFinal, .rules = {{"OK", CheckMeaning::kToCorrect}}}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(set({.milestone = kFinal, .media_types = {"pdf"}}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(set({.milestone = kFinal, .pages_max = -1}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(set({.milestone = "programmes/msi/milestones/none"}), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ChecksTest, CompareTheTextsOfTwoVersions) {
  Submit("one");
  ASSERT_OK(checks_.CheckNext({}));
  Submit("two");
  EXPECT_THAT(checks_.Compare(Supervisor(), "42", 1, 2),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("TEXT_MISSING")))
      << "the second is still to be looked at";
  inspector_.next->text = "un trois trois";
  inspector_.next->text_cut_off = true;
  ASSERT_OK(checks_.CheckNext({}));
  ASSERT_OK_AND_ASSIGN(const DraftComparison comparison, checks_.Compare(Supervisor(), "42", 1, 2));
  EXPECT_EQ(comparison.texts.words_removed, 1);
  EXPECT_TRUE(comparison.cut_off);
  EXPECT_THAT(checks_.Compare(Liaison(), "42", 1, 2), StatusIs(absl::StatusCode::kNotFound));
  Submit("three");
  inspector_.next->text = "";
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_THAT(checks_.Compare(Ana(), "42", 1, 3),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("TEXT_MISSING")));
}

TEST(Reasons, AreUniqueAndOfKnownChecks) {
  std::map<absl::string_view, int> times;
  for (const CheckReason& reason : AllReasons()) {
    EXPECT_EQ(++times[reason.name], 1) << std::string(reason.name);
    EXPECT_FALSE(reason.sentence.empty());
    const auto all = AllChecks();
    EXPECT_TRUE(reason.check.empty() || std::find(all.begin(), all.end(), reason.check) != all.end());
  }
}

TEST(CheckPolicy, IsReadAsItWasWritten) {
  const CheckPolicy policy{.milestone = kFinal,
                           .rules = {{"PDF_LAUNCH", CheckMeaning::kRemark}, {"PDF_XFA", CheckMeaning::kNone}},
                           .media_types = {"application/pdf", "application/zip"},
                           .pages_max = 80};
  EXPECT_THAT(CheckPolicy::Parse(policy.Serialize()), IsOkAndHolds(policy));
  EXPECT_FALSE(CheckPolicy::Parse("nonsense").ok());
}

}  // namespace
}  // namespace soutenance::submissions
