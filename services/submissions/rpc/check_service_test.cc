#include "services/submissions/rpc/check_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "services/submissions/rpc/checks_proto.h"
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

using runtime::testing::Pipeline;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using Stub = pb::DraftCheckService::Stub;

constexpr char kMsi[] = "programmes/msi";

class FixedInspector final : public Inspector {
 public:
  absl::StatusOr<Inspection> Inspect(const ContentId&, std::stop_token) override { return next; }
  Inspection next{.media_type = "application/pdf",
                  .pages = 3,
                  .findings = {{"pdf_encryption", "PDF_RESTRICTED", ""}, {"text", "OK", ""}},
                  .text = "un deux"};
};

class CheckServiceTest : public ::testing::Test {
 protected:
  CheckServiceTest() {
    pipeline_.authenticator().Add("staff", {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}});
    pipeline_.authenticator().Add("ana", ana_);
    pipeline_.authenticator().Add("zoe", {.account = "accounts/zoe", .person = "people/zoe"});
    stub_ = pb::DraftCheckService::NewStub(pipeline_.Serve({&service_}));
    EXPECT_OK(theses_.Write([](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42",
                            .title = "T",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .programme = kMsi});
    }));
  }

  void Submit(const std::string& bytes) {
    storage::files::Sha256 sha256;
    sha256.Add(bytes);
    ASSERT_OK_AND_ASSIGN(
        const UploadProgress upload,
        drafts_.CreateUpload(ana_,
                             {.thesis = "42",
                              .content = {sha256.Finish(), static_cast<int64_t>(bytes.size())},
                              .file_name = "memoire.pdf"},
                             {}));
    ASSERT_OK_AND_ASSIGN(const auto writer, drafts_.OpenUpload(ana_, {"42", upload.upload.id}));
    ASSERT_OK(writer->Write(0, bytes));
    ASSERT_OK(drafts_.SubmitDraft(ana_, {"42", upload.upload.id}, {}));
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(const std::string& token,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    grpc::ClientContext context;
    Pipeline::Prepare(context, token);
    Response response;
    const absl::Status status = runtime::FromGrpc((stub_.get()->*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<pb::DraftChecks> Get(const std::string& token, const std::string& name) {
    pb::GetDraftChecksRequest request;
    request.set_name(name);
    return Call(token, &Stub::GetDraftChecks, request);
  }

  const Caller ana_{.account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, kMsi}}};
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
  const receipts::SigningKey key_ = *receipts::SigningKey::Create(std::string(64, '7'));
  const std::string institution_ = "U";
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Milestones milestones_{draft_store_, clock_};
  Drafts drafts_{{.store = draft_store_,
                  .contents = *contents_,
                  .key = key_,
                  .institution = institution_,
                  .clock = clock_},
                 {}};
  FixedInspector inspector_;
  Checks checks_{{.store = store_,
                  .texts = *texts_,
                  .contents = *contents_,
                  .drafts = drafts_,
                  .milestones = milestones_,
                  .inspector = inspector_,
                  .scanner = nullptr,
                  .clock = clock_}};
  int woken_ = 0;
  Pipeline pipeline_{"submissions", {pb::DraftCheckService::service_full_name()}};
  CheckService service_{checks_, pipeline_.calls(), [this] { ++woken_; }};
  std::unique_ptr<Stub> stub_;
};

TEST_F(CheckServiceTest, TellsWhatWasFoundInSentences) {
  Submit("one");
  ASSERT_OK_AND_ASSIGN(const pb::DraftChecks pending, Get("ana", "theses/42/drafts/1"));
  EXPECT_EQ(pending.state(), pb::DraftChecks::STATE_PENDING);
  EXPECT_EQ(pending.outcome(), pb::CHECK_MEANING_UNSPECIFIED);
  ASSERT_OK(checks_.CheckNext({}));
  ASSERT_OK_AND_ASSIGN(const pb::DraftChecks done, Get("ana", "theses/42/drafts/1"));
  EXPECT_EQ(done.state(), pb::DraftChecks::STATE_DONE);
  EXPECT_EQ(done.outcome(), pb::CHECK_MEANING_REMARK);
  EXPECT_EQ(done.pages(), 3);
  EXPECT_EQ(done.check_time().seconds(), 1'800'000'000);
  ASSERT_EQ(done.findings_size(), 2);
  EXPECT_EQ(done.findings(0).verdict(), pb::CHECK_VERDICT_WARNING);
  EXPECT_EQ(done.findings(0).reason(), "PDF_RESTRICTED");
  EXPECT_FALSE(done.findings(0).sentence().empty());
  EXPECT_FALSE(done.findings(0).way_out().empty());
  EXPECT_EQ(done.findings(1).verdict(), pb::CHECK_VERDICT_OK);
}

TEST_F(CheckServiceTest, HidesAThesisWithItsChecks) {
  Submit("one");
  EXPECT_THAT(Get("zoe", "theses/42/drafts/1"),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(Get("zoe", "theses/43/drafts/1"),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  pb::ListDraftChecksRequest list;
  list.set_parent("theses/42");
  EXPECT_THAT(Call("zoe", &Stub::ListDraftChecks, list), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get("ana", "theses/42/drafts/x"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(CheckServiceTest, PagesThroughTheVersionsOfAThesis) {
  Submit("one");
  Submit("two");
  pb::ListDraftChecksRequest list;
  list.set_parent("theses/42");
  list.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto first, Call("ana", &Stub::ListDraftChecks, list));
  ASSERT_EQ(first.checks_size(), 1);
  list.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, Call("ana", &Stub::ListDraftChecks, list));
  EXPECT_EQ(second.checks(0).draft(), "theses/42/drafts/2");
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(CheckServiceTest, WakesTheInspectorForARepetition) {
  Submit("one");
  pb::RecheckDraftRequest request;
  request.set_name("theses/42/drafts/1");
  EXPECT_THAT(Call("ana", &Stub::RecheckDraft, request), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(woken_, 0);
  ASSERT_OK(Call("staff", &Stub::RecheckDraft, request));
  EXPECT_EQ(woken_, 1);
}

TEST_F(CheckServiceTest, TellsTheAuthorWhoAcceptedWhatAndWhy) {
  inspector_.next.findings = {{"pdf_active_content", "PDF_LAUNCH", ""}};
  Submit("one");
  ASSERT_OK(checks_.CheckNext({}));
  pb::OverrideFindingRequest request;
  request.set_name("theses/42/drafts/1");
  request.set_reason("read by the programme");
  EXPECT_THAT(Call("staff", &Stub::OverrideFinding, request), StatusIs(absl::StatusCode::kInvalidArgument))
      << "without a finding";
  request.set_finding("PDF_LAUNCH");
  EXPECT_THAT(Call("ana", &Stub::OverrideFinding, request), StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK(Call("staff", &Stub::OverrideFinding, request));
  ASSERT_OK_AND_ASSIGN(const pb::DraftChecks seen, Get("ana", "theses/42/drafts/1"));
  EXPECT_EQ(seen.outcome(), pb::CHECK_MEANING_REMARK);
  EXPECT_TRUE(seen.findings(0).can_be_overridden());
  EXPECT_TRUE(seen.findings(0).is_overridden());
  EXPECT_EQ(seen.findings(0).decision().reason(), "read by the programme");
  EXPECT_EQ(seen.findings(0).decision().account(), "accounts/staff");
  EXPECT_EQ(seen.findings(0).decision().decision_time().seconds(), 1'800'000'000);
  pb::WithdrawOverrideRequest withdraw;
  withdraw.set_name("theses/42/drafts/1");
  withdraw.set_finding("PDF_LAUNCH");
  withdraw.set_reason("a mistake");
  ASSERT_OK_AND_ASSIGN(const pb::DraftChecks after, Call("staff", &Stub::WithdrawOverride, withdraw));
  EXPECT_EQ(after.outcome(), pb::CHECK_MEANING_TO_CORRECT);
  EXPECT_EQ(after.decisions_size(), 2);
}

TEST_F(CheckServiceTest, ComparesTwoVersionsOfOneThesis) {
  Submit("one");
  ASSERT_OK(checks_.CheckNext({}));
  inspector_.next.text = "un trois";
  Submit("two");
  ASSERT_OK(checks_.CheckNext({}));
  pb::CompareDraftsRequest request;
  request.set_name("theses/42/drafts/1");
  request.set_other("theses/42/drafts/2");
  ASSERT_OK_AND_ASSIGN(const auto comparison, Call("ana", &Stub::CompareDrafts, request));
  ASSERT_EQ(comparison.differences_size(), 1);
  ASSERT_EQ(comparison.differences(0).parts_size(), 3);
  EXPECT_EQ(comparison.differences(0).parts(1).kind(), pb::ComparedText::KIND_REMOVED);
  EXPECT_EQ(comparison.differences(0).parts(1).text(), "deux");
  EXPECT_EQ(comparison.differences(0).parts(2).text(), "trois");
  request.set_other("theses/43/drafts/2");
  EXPECT_THAT(Call("ana", &Stub::CompareDrafts, request), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(CheckServiceTest, SetsWhatFindingsMeanForAMilestone) {
  ASSERT_OK(milestones_.Create({.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}},
                               {.programme = kMsi,
                                .id = "final",
                                .title = "Final",
                                .kind = DraftKind::kDeposit,
                                .due = clock_.Now() + absl::Hours(1),
                                .time_zone = "Europe/Paris"},
                               {}));
  pb::SetCheckPolicyRequest set;
  set.mutable_policy()->set_milestone("programmes/msi/milestones/final");
  set.mutable_policy()->set_pages_max(80);
  set.mutable_policy()->add_rules()->set_reason("PDF_XFA");
  EXPECT_THAT(Call("staff", &Stub::SetCheckPolicy, set), StatusIs(absl::StatusCode::kInvalidArgument))
      << "a rule without a meaning";
  set.mutable_policy()->mutable_rules(0)->set_meaning(pb::CHECK_MEANING_TO_CORRECT);
  EXPECT_THAT(Call("ana", &Stub::SetCheckPolicy, set), StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK(Call("staff", &Stub::SetCheckPolicy, set));
  pb::GetCheckPolicyRequest get;
  get.set_milestone("programmes/msi/milestones/final");
  ASSERT_OK_AND_ASSIGN(const auto policy, Call("ana", &Stub::GetCheckPolicy, get));
  EXPECT_EQ(policy.pages_max(), 80);
  EXPECT_EQ(policy.rules(0).reason(), "PDF_XFA");
}

}  // namespace
}  // namespace soutenance::submissions
