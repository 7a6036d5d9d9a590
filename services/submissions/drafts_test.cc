#include "services/submissions/drafts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/submissions/milestones.h"
#include "storage/files/content_store.h"
#include "storage/files/sha256.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOk;
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

Mutation Protected(const Caller& caller, const std::string& id, const std::string& content = "c") {
  return {.request = {.request_id = id, .account = caller.account, .method = "m", .fingerprint = content}};
}

class DraftsTest : public ::testing::Test {
 protected:
  DraftsTest() {
    Insert(
        {.id = "42", .title = "T", .authors = {"people/ana"}, .supervisor = "people/sam", .programme = kMsi});
    EXPECT_OK(milestones_.Create(Staff(),
                                 {.programme = kMsi,
                                  .id = "final",
                                  .title = "Final thesis",
                                  .kind = DraftKind::kDeposit,
                                  .due = due_,
                                  .grace_minutes = 15,
                                  .hard = due_ + absl::Hours(48),
                                  .time_zone = "Europe/Paris"},
                                 {}));
  }

  void Insert(const Thesis& thesis) {
    EXPECT_OK(thesis_store_.Write([&](SubmissionStore::Writer& writer) { return writer.Insert(thesis); }));
  }

  static Upload Of(const std::string& bytes, DraftKind kind = DraftKind::kDeposit,
                   const std::string& milestone = kFinal) {
    storage::files::Sha256 sha256;
    sha256.Add(bytes);
    return {.thesis = "42",
            .kind = kind,
            .milestone = milestone,
            .content = {.sha256 = sha256.Finish(), .size = static_cast<int64_t>(bytes.size())},
            .file_name = "memoire.pdf"};
  }

  absl::StatusOr<Upload> Begin(const std::string& bytes, const Caller& caller = Ana()) {
    ASSIGN_OR_RETURN(const UploadProgress progress, drafts_.CreateUpload(caller, Of(bytes), {}));
    return progress.upload;
  }
  absl::Status Send(const Upload& upload, const std::string& bytes, const Caller& caller = Ana()) {
    ASSIGN_OR_RETURN(const auto writer, drafts_.OpenUpload(caller, {"42", upload.id}));
    return writer->Write(0, bytes);
  }
  // Everything that makes one version.
  absl::StatusOr<Draft> Submit(const std::string& bytes, const Caller& caller = Ana()) {
    ASSIGN_OR_RETURN(const Upload upload, Begin(bytes, caller));
    if (upload.state == UploadState::kOpen && !upload.known) RETURN_IF_ERROR(Send(upload, bytes, caller));
    return drafts_.SubmitDraft(caller, {"42", upload.id}, {});
  }
  std::string ReceiptField(const Draft& draft, const std::string& name) {
    const auto receipt = receipts::Verify(draft.receipt, key_.public_key());
    if (!receipt.ok()) return std::string(receipt.status().message());
    for (const receipts::Field& field : receipts::FieldsOf(receipt->statement)) {
      if (field.name == name) return field.value;
    }
    return "no such field";
  }

  soutenance::testing::TemporaryFolder folder_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore thesis_store_{*database_};
  storage::sql::DraftStore store_{*database_};
  std::unique_ptr<storage::files::ContentStore> contents_ =
      *storage::files::ContentStore::Open(storage::files::PosixFileSystem(), folder_.path());
  const receipts::SigningKey key_ = *receipts::SigningKey::Create(receipts::SigningKey::NewSeed());
  const std::string institution_ = "Université d’exemple";
  const absl::Time due_ = absl::FromUnixSeconds(1'811'887'199);
  soutenance::testing::FakeClock clock_{due_ - absl::Hours(1)};
  Milestones milestones_{store_, clock_};
  DraftLimits limits_{
      .file_bytes_max = 1 << 20, .account_bytes_max = 3'000'000, .programme_bytes_max = 5'000'000};
  Drafts drafts_{
      {.store = store_, .contents = *contents_, .key = key_, .institution = institution_, .clock = clock_},
      limits_};
};

TEST_F(DraftsTest, MakesNumberedVersionsWithReceipts) {
  ASSERT_OK_AND_ASSIGN(const Draft first, Submit("%PDF-1.7 one"));
  clock_.Advance(absl::Minutes(1));
  ASSERT_OK_AND_ASSIGN(const Draft second, Submit("%PDF-1.7 two"));
  EXPECT_EQ(first.Name(), "theses/42/drafts/1");
  EXPECT_EQ(second.number, 2);
  EXPECT_EQ(second.media_type, "application/pdf");
  EXPECT_EQ(second.punctuality, (Punctuality{.verdict = Verdict::kOnTime}));
  EXPECT_FALSE(second.on_behalf);
  EXPECT_EQ(ReceiptField(second, "version"), "theses/42/drafts/2");
  EXPECT_EQ(ReceiptField(second, "sha256"), second.content.sha256);
  EXPECT_EQ(ReceiptField(second, "verdict"), "on_time");
  EXPECT_EQ(ReceiptField(second, "institution"), institution_);
  ASSERT_OK_AND_ASSIGN(const auto list, drafts_.ListDrafts(Supervisor(), "42", {}));
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_FALSE(list.items[0].current);
  EXPECT_TRUE(list.items[1].current);
  for (int number = 1; number <= 2; ++number) {
    ASSERT_OK_AND_ASSIGN(const auto reader, drafts_.OpenDraft(Ana(), "42", number));
    EXPECT_THAT(reader->Read(0, 100), IsOkAndHolds(number == 1 ? "%PDF-1.7 one" : "%PDF-1.7 two"));
  }
  EXPECT_THAT(contents_->Uploads(), IsOkAndHolds(IsEmpty()));
}

TEST_F(DraftsTest, CountsTheInstantOfTheCommitmentNotThatOfTheBytes) {
  clock_.Set(due_);
  ASSERT_OK_AND_ASSIGN(const Upload upload, Begin("late bytes"));
  ASSERT_OK_AND_ASSIGN(const auto receipt, receipts::Verify(upload.receipt, key_.public_key()));
  EXPECT_EQ(receipt.statement.event, "committed");
  EXPECT_EQ(receipt.statement.verdict, "on_time");
  clock_.Advance(absl::Hours(5));
  ASSERT_OK(Send(upload, "late bytes"));
  ASSERT_OK_AND_ASSIGN(const Draft draft, drafts_.SubmitDraft(Ana(), {"42", upload.id}, {}));
  EXPECT_EQ(draft.begun, due_);
  EXPECT_EQ(draft.received, due_ + absl::Hours(5));
  EXPECT_EQ(draft.punctuality, (Punctuality{.verdict = Verdict::kOnTime}));
}

TEST_F(DraftsTest, RefusesOtherBytesThanWereCommitted) {
  ASSERT_OK_AND_ASSIGN(const Upload upload, Begin("promised"));
  ASSERT_OK(Send(upload, "prom1sed"));
  EXPECT_THAT(drafts_.SubmitDraft(Ana(), {"42", upload.id}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("DIGEST_MISMATCH")));
  ASSERT_OK_AND_ASSIGN(const auto list, drafts_.ListDrafts(Ana(), "42", {}));
  EXPECT_THAT(list.items, IsEmpty());
  ASSERT_OK(Send(upload, "promised"));
  EXPECT_OK(drafts_.SubmitDraft(Ana(), {"42", upload.id}, {}));
}

TEST_F(DraftsTest, SaysOnTimeGraceLateOrClosedToTheMicrosecond) {
  const absl::Duration tick = absl::Microseconds(1);
  struct Case {
    absl::Time begun;
    std::string verdict;
  };
  const Case cases[] = {{due_ - tick, "on_time"},
                        {due_, "on_time"},
                        {due_ + tick, "grace 1 min"},
                        {due_ + absl::Minutes(1), "grace 1 min"},
                        {due_ + absl::Minutes(1) + tick, "grace 2 min"},
                        {due_ + absl::Minutes(15), "grace 15 min"},
                        {due_ + absl::Minutes(15) + tick, "late 16 min"},
                        {due_ + absl::Hours(48), "late 2880 min"}};
  for (const Case& each : cases) {
    clock_.Set(each.begun);
    ASSERT_OK_AND_ASSIGN(const Draft draft, Submit(absl::StrCat("begun ", absl::ToUnixMicros(each.begun))));
    EXPECT_EQ(draft.punctuality.Text(), each.verdict);
    EXPECT_EQ(ReceiptField(draft, "verdict"), each.verdict);
  }
  clock_.Set(due_ + absl::Hours(48) + tick);
  EXPECT_THAT(Submit("too late"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("MILESTONE_CLOSED")));
}

TEST_F(DraftsTest, GivesMoreTimeToWhomItWasGranted) {
  Insert(
      {.id = "43", .title = "U", .authors = {"people/bob"}, .supervisor = "people/sam", .programme = kMsi});
  ASSERT_OK(milestones_.Grant(Staff(),
                              {.programme = kMsi,
                               .milestone = "final",
                               .person = "people/ana",
                               .until = due_ + absl::Hours(72),
                               .reason = "illness"},
                              {}));
  clock_.Set(due_ + absl::Hours(72));
  ASSERT_OK_AND_ASSIGN(const Draft draft, Submit("with more time"));
  EXPECT_EQ(draft.punctuality.Text(), "on_time");
  ASSERT_OK_AND_ASSIGN(const auto statuses, milestones_.ListStatuses(Staff(), {kMsi, "final"}, "", {}));
  ASSERT_EQ(statuses.items.size(), 2u);
  EXPECT_EQ(statuses.items[0].state, MilestoneStatus::State::kReceived);
  EXPECT_TRUE(statuses.items[0].limits.extended);
  EXPECT_EQ(statuses.items[1].state, MilestoneStatus::State::kMissing);
  EXPECT_FALSE(statuses.items[1].limits.extended);
  EXPECT_THAT(milestones_.ListStatuses(Ana(), {kMsi, "final"}, "", {}),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DraftsTest, NeverMakesWorseWhatWasPromisedAndLetsAnExtensionMakeItBetter) {
  clock_.Set(due_ + absl::Hours(1));
  ASSERT_OK_AND_ASSIGN(const Upload late, Begin("late"));
  EXPECT_EQ(late.punctuality.Text(), "late 60 min");
  ASSERT_OK(milestones_.Grant(Staff(),
                              {.programme = kMsi,
                               .milestone = "final",
                               .person = "people/ana",
                               .until = due_ + absl::Hours(2),
                               .reason = "outage"},
                              {}));
  ASSERT_OK(Send(late, "late"));
  ASSERT_OK_AND_ASSIGN(const Draft draft, drafts_.SubmitDraft(Ana(), {"42", late.id}, {}));
  EXPECT_EQ(draft.punctuality.Text(), "on_time");

  ASSERT_OK_AND_ASSIGN(const Upload promised, Begin("promised"));
  EXPECT_EQ(promised.punctuality.Text(), "on_time");
  ASSERT_OK_AND_ASSIGN(Milestone milestone, milestones_.Get(Staff(), {kMsi, "final"}));
  milestone.due = due_ - absl::Hours(9);
  ASSERT_OK(milestones_.Grant(Staff(),
                              {.programme = kMsi,
                               .milestone = "final",
                               .person = "people/ana",
                               .until = due_ + absl::Minutes(1),
                               .reason = "mistake"},
                              {}));
  ASSERT_OK(milestones_.Update(Staff(), {.values = milestone, .fields = {MilestoneField::kDue}}, {}));
  ASSERT_OK(Send(promised, "promised"));
  ASSERT_OK_AND_ASSIGN(const Draft kept, drafts_.SubmitDraft(Ana(), {"42", promised.id}, {}));
  EXPECT_EQ(kept.punctuality.Text(), "on_time");
  // What was received keeps its verdict.
  EXPECT_EQ(drafts_.GetDraft(Ana(), "42", 1)->punctuality.Text(), "on_time");
}

TEST_F(DraftsTest, MakesNothingTwice) {
  const Mutation begin = Protected(Ana(), "r1"), submit = Protected(Ana(), "r2");
  ASSERT_OK_AND_ASSIGN(const auto first, drafts_.CreateUpload(Ana(), Of("bytes"), begin));
  ASSERT_OK_AND_ASSIGN(const auto again, drafts_.CreateUpload(Ana(), Of("bytes"), begin));
  EXPECT_EQ(again.upload, first.upload);
  ASSERT_OK_AND_ASSIGN(const auto other_id, drafts_.CreateUpload(Ana(), Of("bytes"), Protected(Ana(), "r3")));
  EXPECT_EQ(other_id.upload.id, first.upload.id) << "the open upload is the same commitment";
  EXPECT_THAT(drafts_.CreateUpload(Ana(), Of("others"), Protected(Ana(), "r1", "other content")),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));

  ASSERT_OK(Send(first.upload, "bytes"));
  const UploadKey key{"42", first.upload.id};
  ASSERT_OK_AND_ASSIGN(const Draft draft, drafts_.SubmitDraft(Ana(), key, submit));
  EXPECT_THAT(drafts_.SubmitDraft(Ana(), key, submit), IsOkAndHolds(draft));
  EXPECT_THAT(drafts_.SubmitDraft(Ana(), key, {}), IsOkAndHolds(draft));
  EXPECT_THAT(drafts_.SubmitDraft(Ana(), key, Protected(Ana(), "r4")), IsOkAndHolds(draft));
  // The whole submission again, as a person does who did not see its end.
  EXPECT_THAT(Submit("bytes"), IsOkAndHolds(draft));
  EXPECT_THAT(drafts_.SubmitDraft(Ana(), key, Protected(Ana(), "r2", "other content")),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
  EXPECT_EQ(drafts_.ListDrafts(Ana(), "42", {})->items.size(), 1u);
  EXPECT_EQ(drafts_.LogHead()->size, 2);
}

TEST_F(DraftsTest, TakesKnownContentWithoutSendingItAgain) {
  ASSERT_OK(Submit("bytes"));
  ASSERT_OK_AND_ASSIGN(const auto progress,
                       drafts_.CreateUpload(Ana(), Of("bytes", DraftKind::kArchive, ""), {}));
  EXPECT_TRUE(progress.upload.known);
  EXPECT_THAT(progress.received, ElementsAre(ByteRange{0, 5}));
  ASSERT_OK_AND_ASSIGN(const Draft draft, drafts_.SubmitDraft(Ana(), {"42", progress.upload.id}, {}));
  EXPECT_EQ(draft.punctuality.Text(), "no_deadline");
  EXPECT_EQ(draft.number, 2);
}

TEST_F(DraftsTest, GivesNobodyAFileForKnowingItsDigest) {
  ASSERT_OK(Submit("hers"));
  Insert(
      {.id = "43", .title = "U", .authors = {"people/zoe"}, .supervisor = "people/sam", .programme = kMsi});
  Upload stolen = Of("hers");
  stolen.thesis = "43";
  ASSERT_OK_AND_ASSIGN(const auto progress, drafts_.CreateUpload(Stranger(), stolen, {}));
  EXPECT_FALSE(progress.upload.known);
  EXPECT_THAT(progress.received, IsEmpty());
  EXPECT_THAT(drafts_.SubmitDraft(Stranger(), {"43", progress.upload.id}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UPLOAD_INCOMPLETE")));
}

TEST_F(DraftsTest, CountsBytesInFlightAgainstTheQuota) {
  Upload large = Of("x");
  for (int i = 0; i < 3; ++i) {
    large.content = Of(absl::StrCat(i)).content;
    large.content.size = 1'000'000;
    ASSERT_OK(drafts_.CreateUpload(Ana(), large, {}));
  }
  large.content = Of("fourth").content;
  EXPECT_THAT(drafts_.CreateUpload(Ana(), large, {}),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("QUOTA_EXCEEDED")));
  large.content.size = 1'999'999;
  EXPECT_THAT(drafts_.CreateUpload(Staff(), large, {}),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("CONTENT_TOO_LARGE")));
  large.content.size = 1 << 20;
  ASSERT_OK(drafts_.CreateUpload(Staff(), large, {}));
  large.content = Of("fifth").content;
  large.content.size = 1 << 20;
  EXPECT_THAT(drafts_.CreateUpload(Staff(), large, {}),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("QUOTA_EXCEEDED")));
}

TEST_F(DraftsTest, CollectsWhatWasAbandonedAndNothingElse) {
  ASSERT_OK(Submit("kept"));
  ASSERT_OK_AND_ASSIGN(const Upload abandoned, Begin("abandoned"));
  ASSERT_OK(Send(abandoned, "abandon"));
  ASSERT_OK_AND_ASSIGN(const Upload cancelled, Begin("cancelled"));
  ASSERT_OK(Send(cancelled, "cancelled"));
  ASSERT_OK(drafts_.CancelUpload(Ana(), {"42", cancelled.id}, {}));
  // A process that ended between the disk and the commit.
  ASSERT_OK_AND_ASSIGN(const Upload cut, Begin("cut off"));
  ASSERT_OK(Send(cut, "cut off"));
  ASSERT_OK(contents_->Finish(cut.id, cut.content));
  ASSERT_OK(drafts_.CollectGarbage());
  EXPECT_EQ(contents_->Contents()->size(), 2u);
  EXPECT_EQ(contents_->Uploads()->size(), 2u);

  clock_.Advance(absl::Hours(25));
  ASSERT_OK(drafts_.CollectGarbage());
  EXPECT_THAT(contents_->Contents(), IsOkAndHolds(ElementsAre(Of("kept").content.sha256)));
  EXPECT_THAT(contents_->Uploads(), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ(drafts_.GetUpload(Ana(), {"42", abandoned.id})->upload.state, UploadState::kExpired);
  EXPECT_THAT(drafts_.SubmitDraft(Ana(), {"42", abandoned.id}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UPLOAD_CLOSED")));
}

TEST_F(DraftsTest, ShowsVersionsToThoseWhoReadTheThesis) {
  ASSERT_OK_AND_ASSIGN(const Draft draft, Submit("secret"));
  for (const Caller& reader : {Ana(), Supervisor(), Staff()}) {
    EXPECT_OK(drafts_.OpenDraft(reader, "42", 1));
    EXPECT_OK(drafts_.DraftReceipt(reader, "42", 1));
  }
  EXPECT_THAT(drafts_.ListDrafts(Stranger(), "42", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(drafts_.OpenDraft(Stranger(), "42", 1),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  // Who knows of the thesis and may not read it cannot tell whether there are versions.
  EXPECT_THAT(drafts_.ListDrafts(Liaison(), "42", {})->items, IsEmpty());
  EXPECT_EQ(drafts_.GetDraft(Liaison(), "42", 1).status().code(),
            drafts_.GetDraft(Liaison(), "42", 7).status().code());
  EXPECT_THAT(Submit("not mine", Supervisor()),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_AN_AUTHOR")));
  ASSERT_OK_AND_ASSIGN(const Draft on_behalf, Submit("for her", Staff()));
  EXPECT_TRUE(on_behalf.on_behalf);
}

TEST_F(DraftsTest, NeverReceivesBeforeItBegan) {
  ASSERT_OK_AND_ASSIGN(const Upload upload, Begin("bytes"));
  clock_.Advance(-absl::Hours(1));
  ASSERT_OK(Send(upload, "bytes"));
  ASSERT_OK_AND_ASSIGN(const Draft draft, drafts_.SubmitDraft(Ana(), {"42", upload.id}, {}));
  EXPECT_EQ(draft.received, draft.begun);
}

}  // namespace
}  // namespace soutenance::submissions
