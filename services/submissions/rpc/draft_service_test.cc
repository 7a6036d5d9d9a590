#include "services/submissions/rpc/draft_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "services/submissions/rpc/drafts_proto.h"
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

using runtime::testing::Pipeline;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using Stub = pb::DraftService::Stub;

constexpr char kMsi[] = "programmes/msi";

std::string Sha256Of(const std::string& bytes) {
  storage::files::Sha256 sha256;
  sha256.Add(bytes);
  return sha256.Finish();
}

class DraftServiceTest : public ::testing::Test {
 protected:
  DraftServiceTest() {
    Know("staff", {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}});
    Know("law", {.account = "accounts/law", .grants = {{Role::kStaff, "programmes/law"}}});
    Know("ana", {.account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, kMsi}}});
    Know("zoe", {.account = "accounts/zoe", .person = "people/zoe", .grants = {{Role::kStudent, kMsi}}});
    Know("lia", {.account = "accounts/lia", .grants = {{Role::kCompanyLiaison, kMsi}}});
    stub_ = pb::DraftService::NewStub(pipeline_.Serve({&service_}));
  }

  void Know(const std::string& token, Caller caller) {
    pipeline_.authenticator().Add(token, std::move(caller));
  }

  void InsertThesis() {
    EXPECT_OK(theses_.Write([](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42",
                            .title = "T",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .programme = kMsi});
    }));
  }

  template <typename Request, typename Response>
  grpc::Status Send(const std::string& token,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response) {
    grpc::ClientContext context;
    Pipeline::Prepare(context, token);
    return (stub_.get()->*method)(&context, request, &response);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(const std::string& token,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    Response response;
    const absl::Status status = runtime::FromGrpc(Send(token, method, request, response));
    if (!status.ok()) return status;
    return response;
  }

  static pb::CreateUploadRequest UploadOf(const std::string& bytes) {
    pb::CreateUploadRequest request;
    request.set_parent("theses/42");
    request.mutable_upload()->set_kind(pb::DRAFT_KIND_DRAFT);
    request.mutable_upload()->set_sha256(Sha256Of(bytes));
    request.mutable_upload()->set_size(static_cast<int64_t>(bytes.size()));
    request.mutable_upload()->set_file_name("memoire.pdf");
    return request;
  }

  absl::StatusOr<pb::UploadContentResponse> SendPiece(const std::string& token, const std::string& upload,
                                                      int64_t offset, const std::string& bytes) {
    grpc::ClientContext context;
    if (!token.empty()) Pipeline::Prepare(context, token);
    pb::UploadContentResponse response;
    const auto writer = stub_->UploadContent(&context, &response);
    pb::UploadContentRequest piece;
    piece.set_name(upload);
    piece.set_offset(offset);
    piece.set_content(bytes);
    writer->Write(piece);
    writer->WritesDone();
    const absl::Status status = runtime::FromGrpc(writer->Finish());
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<pb::Draft> Submit(const std::string& bytes) {
    const auto upload = Call("ana", &Stub::CreateUpload, UploadOf(bytes));
    if (!upload.ok()) return upload.status();
    EXPECT_OK(SendPiece("ana", upload->name(), 0, bytes));
    pb::SubmitDraftRequest submit;
    submit.set_upload(upload->name());
    return Call("ana", &Stub::SubmitDraft, submit);
  }

  soutenance::testing::TemporaryFolder folder_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore theses_{*database_};
  storage::sql::DraftStore store_{*database_};
  std::unique_ptr<storage::files::ContentStore> contents_ =
      *storage::files::ContentStore::Open(storage::files::PosixFileSystem(), folder_.path());
  const receipts::SigningKey key_ = *receipts::SigningKey::Create(std::string(64, '7'));
  const std::string institution_ = "U";
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Milestones milestones_{store_, clock_};
  Drafts drafts_{
      {.store = store_, .contents = *contents_, .key = key_, .institution = institution_, .clock = clock_},
      {}};
  Pipeline pipeline_{"submissions", {pb::DraftService::service_full_name()}};
  DraftService service_{milestones_, drafts_, pipeline_.calls()};
  std::unique_ptr<Stub> stub_;
};

TEST_F(DraftServiceTest, ReceivesPiecesAndGivesThemBack) {
  InsertThesis();
  const std::string bytes(700'000, 'x');
  ASSERT_OK_AND_ASSIGN(const pb::Upload upload, Call("ana", &Stub::CreateUpload, UploadOf(bytes)));
  EXPECT_EQ(upload.verdict(), pb::VERDICT_NO_DEADLINE);
  ASSERT_OK_AND_ASSIGN(const auto part, SendPiece("ana", upload.name(), 500'000, bytes.substr(500'000)));
  ASSERT_EQ(part.received_size(), 1);
  EXPECT_EQ(part.received(0).begin(), 500'000);
  pb::SubmitDraftRequest submit;
  submit.set_upload(upload.name());
  EXPECT_THAT(Call("ana", &Stub::SubmitDraft, submit),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UPLOAD_INCOMPLETE")));
  ASSERT_OK(SendPiece("ana", upload.name(), 0, bytes.substr(0, 500'000)));
  ASSERT_OK_AND_ASSIGN(const pb::Draft draft, Call("ana", &Stub::SubmitDraft, submit));
  EXPECT_EQ(draft.name(), "theses/42/drafts/1");
  EXPECT_TRUE(draft.current());

  grpc::ClientContext context;
  Pipeline::Prepare(context, "ana");
  pb::DownloadDraftRequest download;
  download.set_name(draft.name());
  download.set_offset(100'000);
  const auto reader = stub_->DownloadDraft(&context, download);
  std::string got;
  pb::DownloadDraftResponse piece;
  while (reader->Read(&piece)) got += piece.content();
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(got, bytes.substr(100'000));

  pb::ListReceiptLogEntriesRequest entries;
  entries.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto first, Call("zoe", &Stub::ListReceiptLogEntries, entries));
  entries.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, Call("zoe", &Stub::ListReceiptLogEntries, entries));
  EXPECT_EQ(second.first_index(), 1);
  EXPECT_EQ(Call("zoe", &Stub::GetReceiptLogHead, pb::GetReceiptLogHeadRequest())->size(), 2);
}

TEST_F(DraftServiceTest, TakesNoPieceFromStrangersNorOneThatIsTooLong) {
  InsertThesis();
  ASSERT_OK_AND_ASSIGN(const pb::Upload upload, Call("ana", &Stub::CreateUpload, UploadOf("bytes")));
  EXPECT_THAT(SendPiece("", upload.name(), 0, "bytes"), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(SendPiece("zoe", upload.name(), 0, "bytes"),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(SendPiece("ana", "theses/42/uploads/../x", 0, "bytes"),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(SendPiece("ana", upload.name(), 0, std::string((1 << 20) + 1, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(SendPiece("ana", upload.name(), 1, "bytes"),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST_F(DraftServiceTest, AnswersAboutWhatIsHiddenAsAboutWhatIsAbsent) {
  std::string name = "theses/42/drafts/1", upload = "theses/42/uploads/aaaaaaaaaaaaaaaaaaaaaaaaaa";
  const auto ask = [&](const std::string& token, auto method, const auto& request, auto response) {
    const grpc::Status status = Send(token, method, request, response);
    return absl::StrCat(status.error_code(), "|", status.error_message(), "|", status.error_details(), "|",
                        response.SerializeAsString(), "\n");
  };
  const auto everything = [&](const std::string& token) {
    pb::GetDraftRequest get;
    get.set_name(name);
    pb::ListDraftsRequest list;
    list.set_parent("theses/42");
    pb::GetReceiptRequest receipt;
    receipt.set_name(name);
    pb::GetUploadRequest get_upload;
    get_upload.set_name(upload);
    pb::SubmitDraftRequest submit;
    submit.set_upload(upload);
    pb::CancelUploadRequest cancel;
    cancel.set_name(upload);
    return absl::StrCat(ask(token, &Stub::GetDraft, get, pb::Draft()),
                        ask(token, &Stub::ListDrafts, list, pb::ListDraftsResponse()),
                        ask(token, &Stub::GetReceipt, receipt, pb::GetReceiptResponse()),
                        ask(token, &Stub::GetUpload, get_upload, pb::Upload()),
                        ask(token, &Stub::SubmitDraft, submit, pb::Draft()),
                        ask(token, &Stub::CancelUpload, cancel, pb::Upload()),
                        ask(token, &Stub::CreateUpload, UploadOf("bytes"), pb::Upload()));
  };
  const std::string absent_zoe = everything("zoe"), absent_law = everything("law");
  InsertThesis();
  const std::string without_lia = everything("lia");
  ASSERT_OK(Submit("bytes"));
  EXPECT_EQ(everything("zoe"), absent_zoe);
  EXPECT_EQ(everything("law"), absent_law);
  // Who knows of the thesis and may not read it cannot tell whether it has versions.
  EXPECT_EQ(everything("lia"), without_lia);
}

TEST_F(DraftServiceTest, LetsThoseWhoRunTheProgrammeSetMilestones) {
  pb::CreateMilestoneRequest create;
  create.set_parent(kMsi);
  create.set_milestone_id("final");
  create.mutable_milestone()->set_title("Final");
  create.mutable_milestone()->set_kind(pb::DRAFT_KIND_DEPOSIT);
  create.mutable_milestone()->mutable_due_time()->set_seconds(1'900'000'000);
  create.mutable_milestone()->mutable_due_time()->set_nanos(1000);
  create.mutable_milestone()->set_time_zone("Europe/Paris");
  EXPECT_THAT(Call("ana", &Stub::CreateMilestone, create), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Call("law", &Stub::CreateMilestone, create), StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const pb::Milestone made, Call("staff", &Stub::CreateMilestone, create));
  EXPECT_EQ(made.due_time().nanos(), 1000);
  pb::UpdateMilestoneRequest update;
  *update.mutable_milestone() = made;
  update.mutable_milestone()->set_grace_minutes(20);
  update.mutable_update_mask()->add_paths("grace_minutes");
  ASSERT_OK_AND_ASSIGN(const pb::Milestone updated, Call("staff", &Stub::UpdateMilestone, update));
  EXPECT_EQ(updated.grace_minutes(), 20);
  EXPECT_THAT(Call("staff", &Stub::UpdateMilestone, update),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  pb::ListMilestonesRequest list;
  list.set_parent(kMsi);
  EXPECT_EQ(Call("ana", &Stub::ListMilestones, list)->milestones_size(), 1);
  EXPECT_EQ(Call("law", &Stub::ListMilestones, list)->milestones_size(), 0);
  create.mutable_milestone()->set_time_zone("Mars/Olympus");
  create.mutable_milestone()->clear_due_time();
  EXPECT_THAT(Call("staff", &Stub::CreateMilestone, create), StatusIs(absl::StatusCode::kInvalidArgument));

  pb::GrantExtensionRequest grant;
  grant.mutable_extension()->set_milestone(made.name());
  grant.mutable_extension()->set_person("people/ana");
  grant.mutable_extension()->mutable_until_time()->set_seconds(1'900'086'400);
  grant.mutable_extension()->set_reason("illness");
  ASSERT_OK_AND_ASSIGN(const pb::Extension granted, Call("staff", &Stub::GrantExtension, grant));
  EXPECT_EQ(granted.granted_by(), "accounts/staff");
  pb::ListExtensionsRequest extensions;
  extensions.set_parent(made.name());
  EXPECT_EQ(Call("ana", &Stub::ListExtensions, extensions)->extensions_size(), 1);
  EXPECT_EQ(Call("zoe", &Stub::ListExtensions, extensions)->extensions_size(), 0);
}

}  // namespace
}  // namespace soutenance::submissions
