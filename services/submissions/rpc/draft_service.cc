#include "services/submissions/rpc/draft_service.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/drafts_proto.h"

namespace soutenance::submissions {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::DraftService::service_full_name;
constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::size_t kPieceBytesMax = 1 << 20;

absl::Status Gone() { return absl::CancelledError("the caller went away, or the call took too long"); }

// Takes the pieces of one call. Whatever ends it, what came before is kept.
absl::Status Receive(Drafts& drafts, const Call& call, grpc::ServerReader<pb::UploadContentRequest>& reader,
                     std::vector<ByteRange>& received) {
  pb::UploadContentRequest piece;
  if (!reader.Read(&piece)) return Gone();
  ASSIGN_OR_RETURN(const UploadKey key, UploadFromName(piece.name(), "name"));
  ASSIGN_OR_RETURN(const auto writer, drafts.OpenUpload(call.caller(), key));
  do {
    if (piece.content().size() > kPieceBytesMax) {
      return InvalidFields(
          {{.field = "content", .description = "is longer than 1 MiB; send smaller pieces"}});
    }
    if (!piece.content().empty()) RETURN_IF_ERROR(writer->Write(piece.offset(), piece.content()));
    if (call.Stopped()) return Gone();
  } while (reader.Read(&piece));
  ASSIGN_OR_RETURN(received, writer->Flush());
  return absl::OkStatus();
}

}  // namespace

grpc::Status DraftService::GetMilestone(grpc::ServerContext* context, const pb::GetMilestoneRequest* request,
                                        pb::Milestone* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const MilestoneKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const auto milestone, milestones_.GetWithLimits(call.caller(), key));
        *response = ToProto(milestone);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::ListMilestones(grpc::ServerContext* context,
                                          const pb::ListMilestonesRequest* request,
                                          pb::ListMilestonesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ListOf<std::string> list, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page, milestones_.ListWithLimits(call.caller(), list.parent, list.page));
        for (const MilestoneWithLimits& each : page.items) *response->add_milestones() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::CreateMilestone(grpc::ServerContext* context,
                                           const pb::CreateMilestoneRequest* request,
                                           pb::Milestone* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Milestone given, FromProto(*request));
        ASSIGN_OR_RETURN(const Milestone milestone,
                         milestones_.Create(call.caller(), given,
                                            MakeMutation(call.caller(), "CreateMilestone", *request)));
        *response = ToProto(milestone);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::CreateDefaultMilestones(grpc::ServerContext* context,
                                                   const pb::CreateDefaultMilestonesRequest* request,
                                                   pb::CreateDefaultMilestonesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DefaultMilestonesOrder order, FromProto(*request));
        ASSIGN_OR_RETURN(
            const MilestoneList created,
            milestones_.CreateDefaults(call.caller(), order,
                                       MakeMutation(call.caller(), "CreateDefaultMilestones", *request)));
        for (const Milestone& each : created.items) *response->add_milestones() = ToProto(each);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::UpdateMilestone(grpc::ServerContext* context,
                                           const pb::UpdateMilestoneRequest* request,
                                           pb::Milestone* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const MilestoneUpdate update, FromProto(*request));
        ASSIGN_OR_RETURN(const Milestone milestone,
                         milestones_.Update(call.caller(), update,
                                            MakeMutation(call.caller(), "UpdateMilestone", *request)));
        *response = ToProto(milestone);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::GrantExtension(grpc::ServerContext* context,
                                          const pb::GrantExtensionRequest* request, pb::Extension* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Extension given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Extension extension,
            milestones_.Grant(call.caller(), given, MakeMutation(call.caller(), "GrantExtension", *request)));
        *response = ToProto(extension);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::ListExtensions(grpc::ServerContext* context,
                                          const pb::ListExtensionsRequest* request,
                                          pb::ListExtensionsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ListOf<MilestoneKey> list, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page, milestones_.ListExtensions(call.caller(), list.parent, list.page));
        for (const Extension& each : page.items) *response->add_extensions() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::ListMilestoneStatuses(grpc::ServerContext* context,
                                                 const pb::ListMilestoneStatusesRequest* request,
                                                 pb::ListMilestoneStatusesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ListOf<MilestoneKey> list, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page,
                         milestones_.ListStatuses(call.caller(), list.parent, request->cohort(), list.page));
        for (const MilestoneStatus& each : page.items) *response->add_statuses() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::CreateUpload(grpc::ServerContext* context, const pb::CreateUploadRequest* request,
                                        pb::Upload* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Upload given, FromProto(*request));
        ASSIGN_OR_RETURN(const UploadProgress progress,
                         drafts_.CreateUpload(call.caller(), given,
                                              MakeMutation(call.caller(), "CreateUpload", *request)));
        *response = ToProto(progress);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::GetUpload(grpc::ServerContext* context, const pb::GetUploadRequest* request,
                                     pb::Upload* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const UploadKey key, UploadFromName(request->name(), "name"));
        ASSIGN_OR_RETURN(const UploadProgress progress, drafts_.GetUpload(call.caller(), key));
        *response = ToProto(progress);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::UploadContent(grpc::ServerContext* context,
                                         grpc::ServerReader<pb::UploadContentRequest>* reader,
                                         pb::UploadContentResponse* response) {
  // Who calls is known before the first piece is read.
  return calls_.Unary(
      *context, kService(), __func__, pb::UploadContentRequest::default_instance(),
      [&](const Call& call) -> absl::Status {
        std::vector<ByteRange> received;
        RETURN_IF_ERROR(Receive(drafts_, call, *reader, received));
        AddTo(*response->mutable_received(), received);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::SubmitDraft(grpc::ServerContext* context, const pb::SubmitDraftRequest* request,
                                       pb::Draft* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const UploadKey key, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Draft draft,
            drafts_.SubmitDraft(call.caller(), key, MakeMutation(call.caller(), "SubmitDraft", *request)));
        *response = ToProto(draft);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::CancelUpload(grpc::ServerContext* context, const pb::CancelUploadRequest* request,
                                        pb::Upload* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const UploadKey key, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Upload upload,
            drafts_.CancelUpload(call.caller(), key, MakeMutation(call.caller(), "CancelUpload", *request)));
        *response = ToProto(upload);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::GetDraft(grpc::ServerContext* context, const pb::GetDraftRequest* request,
                                    pb::Draft* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DraftKey key, DraftFromName(request->name(), "name"));
        ASSIGN_OR_RETURN(const Draft draft, drafts_.GetDraft(call.caller(), key.thesis, key.number));
        *response = ToProto(draft);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::ListDrafts(grpc::ServerContext* context, const pb::ListDraftsRequest* request,
                                      pb::ListDraftsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ListOf<std::string> list, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page, drafts_.ListDrafts(call.caller(), list.parent, list.page));
        for (const Draft& each : page.items) *response->add_drafts() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::DownloadDraft(grpc::ServerContext* context,
                                         const pb::DownloadDraftRequest* request,
                                         grpc::ServerWriter<pb::DownloadDraftResponse>* writer) {
  return calls_.Unary(*context, kService(), __func__, *request, [&](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const DraftKey key, DraftFromName(request->name(), "name"));
    if (request->offset() < 0) return InvalidFields({{.field = "offset", .description = "is negative"}});
    ASSIGN_OR_RETURN(const auto content, drafts_.OpenDraft(call.caller(), key.thesis, key.number));
    int64_t offset = request->offset();
    pb::DownloadDraftResponse piece;
    for (;;) {
      ASSIGN_OR_RETURN(std::string bytes, content->Read(offset, kPieceBytes));
      if (bytes.empty()) return absl::OkStatus();
      offset += static_cast<int64_t>(bytes.size());
      piece.set_content(std::move(bytes));
      if (!writer->Write(piece) || call.Stopped()) return Gone();
    }
  });
}

grpc::Status DraftService::GetReceipt(grpc::ServerContext* context, const pb::GetReceiptRequest* request,
                                      pb::GetReceiptResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        NamedText receipt;
        if (absl::StrContains(request->name(), "/uploads/")) {
          ASSIGN_OR_RETURN(const UploadKey key, UploadFromName(request->name(), "name"));
          ASSIGN_OR_RETURN(receipt, drafts_.UploadReceipt(call.caller(), key));
        } else {
          ASSIGN_OR_RETURN(const DraftKey key, DraftFromName(request->name(), "name"));
          ASSIGN_OR_RETURN(receipt, drafts_.DraftReceipt(call.caller(), key.thesis, key.number));
        }
        response->set_receipt(receipt.text);
        response->set_file_name(receipt.file_name);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::GetReceiptKey(grpc::ServerContext* context,
                                         const pb::GetReceiptKeyRequest* request,
                                         pb::GetReceiptKeyResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        response->set_public_key(drafts_.public_key());
        response->set_institution(drafts_.institution());
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::GetReceiptLogHead(grpc::ServerContext* context,
                                             const pb::GetReceiptLogHeadRequest* request,
                                             pb::ReceiptLogHead* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const receipts::LogHead head, drafts_.LogHead());
        *response = ToProto(head);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DraftService::ListReceiptLogEntries(grpc::ServerContext* context,
                                                 const pb::ListReceiptLogEntriesRequest* request,
                                                 pb::ListReceiptLogEntriesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const PageRequest page, FromProto(*request));
        int64_t first = 0;
        if (!page.after.empty() && !absl::SimpleAtoi(page.after, &first)) {
          return InvalidFields({{.field = "page_token", .description = "is not a token of this list"}});
        }
        ASSIGN_OR_RETURN(const auto leaves, drafts_.LogLeaves(first, page.size));
        response->set_first_index(first);
        for (const std::string& leaf : leaves) response->add_leaf_hashes(absl::BytesToHexString(leaf));
        if (leaves.size() == static_cast<std::size_t>(page.size)) {
          response->set_next_page_token(
              runtime::PageToken(absl::StrCat(first + static_cast<int64_t>(leaves.size()))));
        }
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
