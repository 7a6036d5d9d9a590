#include "services/submissions/rpc/testing/access_house.h"

#include <gmock/gmock.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/submissions/rpc/testing/access_rows.h"
#include "storage/files/sha256.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions::access_test {

Canaries CanariesOf(char house) {
  return {.text = absl::StrCat("canary-text-", std::string(1, house)),
          .dealings = absl::StrCat("canary-dealings-", std::string(1, house)),
          .file = absl::StrCat("canary-file-", std::string(1, house))};
}

absl::StatusOr<Seats> JuryOfTheThesis::SeatsOf(const std::string& person,
                                               const std::vector<std::string>&) const {
  Seats seats;
  if (absl::StartsWith(person, "people/juror")) seats[kThesisId] = Seat::kMember;
  if (absl::StartsWith(person, "people/guest")) seats[kThesisId] = Seat::kGuest;
  return seats;
}

House::House(const Canaries& canaries, Inhabited inhabited)
    : inhabited_(inhabited), pipeline_("submissions", ServiceNames()) {
  if (inhabited == Inhabited::kYes) Populate(canaries);
  stub_ = std::make_unique<grpc::GenericStub>(
      pipeline_.Serve({&submissions_service_, &draft_service_, &check_service_, &problem_service_,
                       &review_service_, &statement_service_, &outage_service_}));
}

void House::Populate(const Canaries& canaries) {
  Problem problem{.id = "problem-x",
                  .title = canaries.text,
                  .statement = canaries.text,
                  .teaser = "What everybody of the programme may read",
                  .data = canaries.text,
                  .conditions = canaries.text,
                  .programme = kMsi,
                  .owner = "people/tutor",
                  .company = canaries.text,
                  .supervisor = "people/supervisor",
                  .keywords = {canaries.text}};
  const Caller author = {
      .account = "accounts/author", .person = "people/author", .grants = {{Role::kStudent, kMsi}}};
  const Caller supervisor = {.account = "accounts/supervisor", .person = "people/supervisor"};
  const Caller head = {.account = "accounts/head", .grants = {{Role::kProgrammeHead, kMsi}}};
  const Thesis thesis{.id = kThesisId,
                      .title = canaries.text,
                      .authors = {"people/author"},
                      .supervisor = "people/supervisor",
                      .company_tutor = "people/tutor",
                      .programme = kMsi,
                      .abstract = canaries.text,
                      .keywords = {canaries.text}};
  ASSERT_OK(store_.Write([&](SubmissionStore::Writer& writer) { return writer.InsertProblem(problem); }));
  ASSERT_OK(lives_.Propose(author, thesis, /*is_draft=*/false, {}));
  ASSERT_OK(lives_.GiveOpinion(
      supervisor, {.thesis = kThesisId, .side = Opinion::Side::kSupervisor, .comment = canaries.dealings},
      {}));
  ASSERT_OK(lives_.Transition(
      head, {.id = kThesisId, .event = ThesisEvent::kSuspend, .reason = canaries.dealings}, {}));
  ASSERT_OK(review_store_.Write([&](ReviewStore::Writer& writer) {
    return writer.PutReview({.thesis = kThesisId,
                             .reviewer = "people/rita",
                             .state = ReviewState::kValidated,
                             .due = clock_.Now() + absl::Hours(1),
                             .opinion = ReviewOpinion::kFavourable,
                             .student_comment = canaries.dealings,
                             .staff_comment = canaries.dealings});
  }));
  ASSERT_OK(statements_.Make(
      author, {.key = {.thesis = kThesisId, .kind = StatementKind::kOriginality}, .text = canaries.dealings},
      {}));
  AddVersion(1, DraftKind::kDraft, absl::StrCat("draft ", canaries.file));
  AddVersion(2, DraftKind::kDeposit, absl::StrCat("deposit ", canaries.file));
  AddVersion(3, DraftKind::kDissemination, absl::StrCat("dissemination ", canaries.file));
  for (const int number : {1, 2, 3}) {
    ASSERT_OK(checks_.Override(head, {.thesis = kThesisId, .number = number, .reason = "PDF_LAUNCH"},
                               canaries.dealings, {}));
  }
}

void House::AddVersion(int number, DraftKind kind, const std::string& bytes) {
  storage::files::Sha256 sha256;
  sha256.Add(bytes);
  const ContentId content{.sha256 = sha256.Finish(), .size = static_cast<int64_t>(bytes.size())};
  const std::string id = absl::StrCat("upload-", number);
  ASSERT_OK_AND_ASSIGN(auto writer, contents_->OpenUpload(id, content.size));
  ASSERT_OK(writer->Write(0, bytes));
  writer.reset();
  ASSERT_OK(contents_->Finish(id, content));
  // The name of a file says what is in it.
  const std::string file_name = absl::StrCat(bytes, ".pdf");
  ASSERT_OK(draft_store_.Write([&](DraftStore::Writer& store) -> absl::Status {
    RETURN_IF_ERROR(store.InsertUpload({.thesis = kThesisId,
                                        .id = id,
                                        .kind = kind,
                                        .content = content,
                                        .file_name = file_name,
                                        .begun = clock_.Now(),
                                        .expires = clock_.Now() + absl::Hours(1),
                                        .account = "accounts/author",
                                        .receipt = bytes}));
    return store.InsertDraft({.thesis = kThesisId,
                              .number = number,
                              .kind = kind,
                              .content = content,
                              .file_name = file_name,
                              .media_type = "text/plain",
                              .begun = clock_.Now(),
                              .received = clock_.Now(),
                              .account = "accounts/author",
                              .upload = id,
                              .receipt = bytes});
  }));
  // What was found in a file says what is in it, too.
  ASSERT_OK(texts_->Put(content.sha256, bytes));
  ASSERT_OK(check_store_.Write([&](CheckStore::Writer& store) {
    return store.Put({.thesis = kThesisId,
                      .number = number,
                      .pending = false,
                      .media_type = "text/plain",
                      .text_bytes = content.size,
                      .findings = {{"pdf_active_content", "PDF_JAVASCRIPT", bytes},
                                   {"pdf_active_content", "PDF_LAUNCH", ""},
                                   {"text", "OK", bytes}}});
  }));
}

void House::Arrange(const Situation& situation) {
  if (inhabited_ == Inhabited::kNo) return;
  ASSERT_OK(store_.Write([&](SubmissionStore::Writer& writer) -> absl::Status {
    ASSIGN_OR_RETURN(std::optional<Thesis> thesis, writer.Find(kThesisId));
    thesis->state = situation.state;
    thesis->level = situation.level;
    thesis->embargo_until.reset();
    if (situation.is_embargoed) thesis->embargo_until = clock_.Now() + absl::Hours(1);
    RETURN_IF_ERROR(writer.Update(*thesis));
    ASSIGN_OR_RETURN(std::optional<Problem> problem, writer.FindProblem("problem-x"));
    problem->level = situation.level;
    return writer.UpdateProblem(*problem);
  }));
}

std::string House::Answer(const std::string& token, const std::string& path, const std::string& request) {
  grpc::ClientContext context;
  runtime::testing::Pipeline::Prepare(context, token);
  grpc::CompletionQueue queue;
  const auto call = stub_->PrepareCall(&context, path, &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  const grpc::Slice slice(request);
  call->WriteLast(grpc::ByteBuffer(&slice, 1), {}, nullptr);
  queue.Next(&tag, &ok);
  std::string messages;
  for (;;) {
    grpc::ByteBuffer message;
    call->Read(&message, nullptr);
    queue.Next(&tag, &ok);
    if (!ok) break;
    std::vector<grpc::Slice> slices;
    message.Dump(&slices).ok();
    absl::StrAppend(&messages, "[");
    for (const grpc::Slice& part : slices)
      messages.append(reinterpret_cast<const char*>(part.begin()), part.size());
    absl::StrAppend(&messages, "]");
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  return absl::StrCat(static_cast<int>(status.error_code()), "|", status.error_message(), "|",
                      status.error_details(), "|", messages);
}

}  // namespace soutenance::submissions::access_test
