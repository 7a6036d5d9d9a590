#include "services/submissions/checks/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/submissions/checks/checks_met.h"
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

  void Submit(const std::string& bytes, const std::string& file_name = "memoire.pdf",
              const std::string& thesis = "42") {
    storage::files::Sha256 sha256;
    sha256.Add(bytes);
    ASSERT_OK_AND_ASSIGN(
        const UploadProgress upload,
        drafts_.CreateUpload(Ana(),
                             {.thesis = thesis,
                              .kind = DraftKind::kDeposit,
                              .milestone = kFinal,
                              .content = {sha256.Finish(), static_cast<int64_t>(bytes.size())},
                              .file_name = file_name},
                             {}));
    {
      ASSERT_OK_AND_ASSIGN(const auto writer, drafts_.OpenUpload(Ana(), {thesis, upload.upload.id}));
      ASSERT_OK(writer->Write(0, bytes));
    }
    ASSERT_OK(drafts_.SubmitDraft(Ana(), {thesis, upload.upload.id}, {}));
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

  // The words of what the checks require before an event.
  std::vector<std::string> UnmetToReceive(ThesisEvent event = ThesisEvent::kReceive) {
    std::vector<std::string> words;
    const auto unmet = ChecksMet(store_).UnmetFor(event, {.id = "42", .programme = kMsi});
    EXPECT_OK(unmet);
    for (const Unmet& each : *unmet) words.push_back(each.word);
    return words;
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

// Counts who is inside at the same time, and waits there until everybody who is expected has come.
class MeetingInspector final : public Inspector {
 public:
  explicit MeetingInspector(int expected) : expected_(expected) {}
  absl::StatusOr<Inspection> Inspect(const ContentId& content, std::stop_token) override {
    const absl::MutexLock lock(&mutex_);
    seen.push_back(content.sha256);
    ++inside_;
    most = std::max(most, inside_);
    if (most < expected_) {
      mutex_.AwaitWithTimeout(
          absl::Condition(
              +[](MeetingInspector* self) { return self->most >= self->expected_; }, this),
          absl::Seconds(20));
    }
    --inside_;
    return Inspection{.media_type = "application/pdf"};
  }
  int most = 0;
  std::vector<std::string> seen;

 private:
  const int expected_;
  int inside_ = 0;
  absl::Mutex mutex_;
};

TEST_F(ChecksTest, AreDoneForSeveralThesesAtOnceAndForOneThesisOneAfterTheOther) {
  for (const std::string id : {"43", "44"}) {
    ASSERT_OK(theses_.Write([&](SubmissionStore::Writer& writer) {
      return writer.Insert(
          {.id = id, .title = "T", .authors = {"people/ana"}, .supervisor = "people/sam", .programme = kMsi});
    }));
  }
  // Somebody submits ten versions before two others submit one each.
  for (int i = 0; i < 10; ++i) Submit(absl::StrCat("flood ", i));
  for (const std::string id : {"43", "44"}) Submit(absl::StrCat("one of ", id), "memoire.pdf", id);
  MeetingInspector inspector(3);
  Checks checks({.store = store_,
                 .texts = *texts_,
                 .contents = *contents_,
                 .drafts = drafts_,
                 .milestones = milestones_,
                 .inspector = inspector,
                 .scanner = nullptr,
                 .clock = clock_});
  std::vector<std::jthread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] {
      for (;;) {
        const auto checked = checks.CheckNext({});
        EXPECT_OK(checked);
        if (!checked.ok() || !*checked) return;
      }
    });
  }
  workers.clear();
  EXPECT_EQ(inspector.most, 3) << "three theses, one version of each at a time";
  EXPECT_EQ(std::set<std::string>(inspector.seen.begin(), inspector.seen.end()).size(), 12u);
  EXPECT_EQ(inspector.seen.size(), 12u) << "each once";
  for (const std::string id : {"43", "44"}) EXPECT_FALSE(checks.Get(Ana(), id, 1)->checks.pending);
  EXPECT_FALSE(checks.Get(Ana(), "42", 10)->checks.pending);
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

TEST_F(ChecksTest, AreOverriddenOneByOneWithAReasonThatTheAuthorSees) {
  Submit("one");
  inspector_.next->findings = {{"pdf_active_content", "PDF_JAVASCRIPT", "in the form"},
                               {"pdf_active_content", "PDF_LAUNCH", ""},
                               {"pdf_fonts", "FONTS_NOT_EMBEDDED", "Arial"}};
  const FindingKey javascript{.thesis = "42", .number = 1, .reason = "PDF_JAVASCRIPT"};
  EXPECT_THAT(checks_.Override(Staff(), javascript, "a form", {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CHECKS_PENDING")));
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_THAT(UnmetToReceive(), ElementsAre("checks_met"));
  EXPECT_THAT(checks_.Override(Ana(), javascript, "a form", {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(checks_.Override(Stranger(), javascript, "a form", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(checks_.Override(Staff(), javascript, " ", {}), StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK_AND_ASSIGN(const JudgedChecks supposed,
                       checks_.Override(Staff(), javascript, "a form", {.validate_only = true}));
  EXPECT_TRUE(supposed.findings.front().is_overridden);
  EXPECT_EQ(Found(1)["PDF_JAVASCRIPT"], CheckMeaning::kToCorrect) << "a dry run changes nothing";

  ASSERT_OK(checks_.Override(Staff(), javascript, "a form", {}));
  EXPECT_THAT(Found(1), ElementsAre(std::pair("FONTS_NOT_EMBEDDED", CheckMeaning::kRemark),
                                    std::pair("PDF_JAVASCRIPT", CheckMeaning::kRemark),
                                    std::pair("PDF_LAUNCH", CheckMeaning::kToCorrect)));
  ASSERT_OK_AND_ASSIGN(const JudgedChecks seen, checks_.Get(Ana(), "42", 1));
  EXPECT_EQ(seen.outcome, CheckMeaning::kToCorrect) << "the other finding stays";
  const FindingDecision decision{.finding = {"pdf_active_content", "PDF_JAVASCRIPT", "in the form"},
                                 .why = "a form",
                                 .account = "accounts/staff",
                                 .decided = clock_.Now()};
  EXPECT_THAT(seen.decisions, ElementsAre(decision));
  EXPECT_EQ(seen.findings.front().decision, decision);
  EXPECT_THAT(UnmetToReceive(), ElementsAre("checks_met"));
  ASSERT_OK(checks_.Override(Staff(), {"42", 1, "PDF_LAUNCH"}, "harmless", {}));
  EXPECT_THAT(UnmetToReceive(), IsEmpty()) << "each that has to be corrected is accepted";
}

TEST_F(ChecksTest, RefuseToOverrideWhatIsNotToBeCorrectedOrMayNotBeAccepted) {
  Submit("EICAR");
  inspector_.next->findings = {{"pdf_fonts", "FONTS_NOT_EMBEDDED", "Arial"}, {"pages", "OK", ""}};
  ASSERT_OK(checks_.CheckNext({}));
  const auto override = [&](const std::string& reason) {
    return checks_.Override(Staff(), {"42", 1, reason}, "why", {});
  };
  EXPECT_THAT(override("VIRUS_FOUND"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("FINDING_FINAL")));
  EXPECT_THAT(override("FONTS_NOT_EMBEDDED"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("FINDING_NOT_RED")));
  EXPECT_THAT(override("PDF_LAUNCH"), StatusIs(absl::StatusCode::kNotFound, Reason("FINDING_NOT_FOUND")));
  EXPECT_THAT(override("NO_SUCH"), StatusIs(absl::StatusCode::kNotFound, Reason("FINDING_NOT_FOUND")));
  // A policy decides what is red, and what is red may then be accepted.
  ASSERT_OK(checks_.SetPolicy(
      Staff(),
      {.milestone = kFinal, .rules = {{"FONTS_NOT_EMBEDDED", CheckMeaning::kToCorrect}}, .pages_max = 39},
      {}));
  EXPECT_OK(override("FONTS_NOT_EMBEDDED"));
  EXPECT_OK(override("PAGES_TOO_MANY"));
  EXPECT_THAT(override("PAGES_TOO_MANY"),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("OVERRIDE_EXISTS")));
}

TEST_F(ChecksTest, AreNoLongerOverriddenAfterAWithdrawalOrWhenSomethingElseIsFound) {
  Submit("one");
  inspector_.next->findings = {{"archive_names", "NAME_DUPLICATE", "a.txt"}};
  ASSERT_OK(checks_.CheckNext({}));
  const FindingKey name{.thesis = "42", .number = 1, .reason = "NAME_DUPLICATE"};
  EXPECT_THAT(checks_.WithdrawOverride(Staff(), name, "why", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("OVERRIDE_NOT_FOUND")));
  ASSERT_OK(checks_.Override(Staff(), name, "both are the same", {}));
  EXPECT_THAT(UnmetToReceive(), IsEmpty());
  // Looked at again with the same result: the decision holds. With another: it does not.
  ASSERT_OK(checks_.Recheck(Staff(), "42", 1, {}));
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_EQ(Found(1)["NAME_DUPLICATE"], CheckMeaning::kRemark);
  inspector_.next->findings = {{"archive_names", "NAME_DUPLICATE", "b.txt"}};
  ASSERT_OK(checks_.Recheck(Staff(), "42", 1, {}));
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_EQ(Found(1)["NAME_DUPLICATE"], CheckMeaning::kToCorrect);
  ASSERT_OK(checks_.Override(Staff(), name, "this one too", {}));
  ASSERT_OK(checks_.WithdrawOverride(Staff(), name, "they differ", {}));
  EXPECT_EQ(Found(1)["NAME_DUPLICATE"], CheckMeaning::kToCorrect);
  EXPECT_THAT(UnmetToReceive(), ElementsAre("checks_met"));
  ASSERT_OK_AND_ASSIGN(const JudgedChecks seen, checks_.Get(Ana(), "42", 1));
  ASSERT_EQ(seen.decisions.size(), 4u) << "two were accepted, two taken back";
  EXPECT_EQ(seen.decisions.back().why, "they differ");
}

TEST_F(ChecksTest, HoldUpOnlyTheReceptionOfTheLatestDeposit) {
  inspector_.next->findings = {{"pdf_active_content", "PDF_LAUNCH", ""}};
  EXPECT_THAT(UnmetToReceive(), IsEmpty()) << "there is none";
  Submit("one");
  EXPECT_THAT(UnmetToReceive(), IsEmpty()) << "not looked at yet";
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_THAT(UnmetToReceive(), ElementsAre("checks_met"));
  EXPECT_THAT(UnmetToReceive(ThesisEvent::kDeposit), IsEmpty());
  inspector_.next->findings = {};
  Submit("two");
  ASSERT_OK(checks_.CheckNext({}));
  EXPECT_THAT(UnmetToReceive(), IsEmpty()) << "a better version replaced it";
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
