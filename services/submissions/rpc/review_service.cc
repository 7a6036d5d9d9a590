#include "services/submissions/rpc/review_service.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/reviews_proto.h"

namespace soutenance::submissions {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::ReviewService::service_full_name;
constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::size_t kPieceBytesMax = 1 << 20;

absl::Status Gone() { return absl::CancelledError("the caller went away, or the call took too long"); }

// Takes the pieces of one call, in order.
absl::StatusOr<Review> Receive(Reviews& reviews, const Call& call,
                               grpc::ServerReader<pb::UploadReviewFileRequest>& reader) {
  pb::UploadReviewFileRequest piece;
  if (!reader.Read(&piece)) return Gone();
  ASSIGN_OR_RETURN(const ReviewKey key, ReviewFromName(piece.name(), "name"));
  ASSIGN_OR_RETURN(const auto writer, reviews.AttachFile(call.caller(), key, FromProto(piece.file())));
  do {
    if (piece.content().size() > kPieceBytesMax) {
      return InvalidFields(
          {{.field = "content", .description = "is longer than 1 MiB; send smaller pieces"}});
    }
    if (!piece.content().empty()) RETURN_IF_ERROR(writer->Write(piece.content()));
    if (call.Stopped()) return Gone();
  } while (reader.Read(&piece));
  return writer->Finish();
}

}  // namespace

grpc::Status ReviewService::GetGrid(grpc::ServerContext* context, const pb::GetGridRequest* request,
                                    pb::Grid* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const GridKey key, GridFromName(request->name()));
        ASSIGN_OR_RETURN(const Grid grid, reviews_.GetGrid(call.caller(), key));
        *response = ToProto(grid);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::ListGrids(grpc::ServerContext* context, const pb::ListGridsRequest* request,
                                      pb::ListGridsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        std::vector<FieldViolation> problems;
        runtime::IdFromName(request->parent(), "programmes", "parent", problems);
        const PageRequest page =
            runtime::PageFromProto(request->page_size(), request->page_token(), problems);
        if (!problems.empty()) return InvalidFields(std::move(problems));
        ASSIGN_OR_RETURN(const Page<Grid> grids, reviews_.ListGrids(call.caller(), request->parent(), page));
        for (const Grid& each : grids.items) *response->add_grids() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(grids.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::SetGrid(grpc::ServerContext* context, const pb::SetGridRequest* request,
                                    pb::Grid* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const GridToSet set, FromProto(*request));
        ASSIGN_OR_RETURN(const Grid grid, reviews_.SetGrid(call.caller(), set.grid, set.version,
                                                           MakeMutation(call.caller(), "SetGrid", *request)));
        *response = ToProto(grid);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::InviteReviewer(grpc::ServerContext* context,
                                           const pb::InviteReviewerRequest* request, pb::Review* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Review given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Review review,
            reviews_.Invite(call.caller(), given, MakeMutation(call.caller(), "InviteReviewer", *request)));
        *response = ToProto(review, clock_.Now());
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::GetReview(grpc::ServerContext* context, const pb::GetReviewRequest* request,
                                      pb::Review* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReviewKey key, ReviewFromName(request->name(), "name"));
        ASSIGN_OR_RETURN(const Review review, reviews_.Get(call.caller(), key));
        *response = ToProto(review, clock_.Now());
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::ListReviews(grpc::ServerContext* context, const pb::ListReviewsRequest* request,
                                        pb::ListReviewsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReviewList list, FromProto(*request));
        Page<Review> page;
        if (list.thesis.empty()) {
          ASSIGN_OR_RETURN(page, reviews_.List(call.caller(), list.programme, list.page));
        } else {
          // A thesis has few: they are one page.
          ASSIGN_OR_RETURN(page.items, reviews_.ListOfThesis(call.caller(), list.thesis));
        }
        for (const Review& each : page.items) *response->add_reviews() = ToProto(each, clock_.Now());
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::SaveReview(grpc::ServerContext* context, const pb::SaveReviewRequest* request,
                                       pb::Review* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReviewToSave save, FromProto(*request));
        ASSIGN_OR_RETURN(const Review review,
                         reviews_.Save(call.caller(), save.review, save.version,
                                       MakeMutation(call.caller(), "SaveReview", *request)));
        *response = ToProto(review, clock_.Now());
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::TransitionReview(grpc::ServerContext* context,
                                             const pb::TransitionReviewRequest* request,
                                             pb::Review* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReviewChange change, FromProto(*request));
        ASSIGN_OR_RETURN(const Review review,
                         reviews_.Change(call.caller(), change,
                                         MakeMutation(call.caller(), "TransitionReview", *request)));
        *response = ToProto(review, clock_.Now());
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::UploadReviewFile(grpc::ServerContext* context,
                                             grpc::ServerReader<pb::UploadReviewFileRequest>* reader,
                                             pb::Review* response) {
  // Who calls is known before the first piece is read.
  return calls_.Unary(
      *context, kService(), __func__, pb::UploadReviewFileRequest::default_instance(),
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Review review, Receive(reviews_, call, *reader));
        *response = ToProto(review, clock_.Now());
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::DownloadReviewFile(grpc::ServerContext* context,
                                               const pb::DownloadReviewFileRequest* request,
                                               grpc::ServerWriter<pb::DownloadReviewFileResponse>* writer) {
  return calls_.Unary(*context, kService(), __func__, *request, [&](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const ReviewKey key, ReviewFromName(request->name(), "name"));
    ASSIGN_OR_RETURN(const auto file, reviews_.OpenFile(call.caller(), key));
    pb::DownloadReviewFileResponse piece;
    for (int64_t offset = 0;; offset += static_cast<int64_t>(piece.content().size())) {
      ASSIGN_OR_RETURN(std::string bytes, file->Read(offset, kPieceBytes));
      if (bytes.empty()) return absl::OkStatus();
      piece.set_content(std::move(bytes));
      if (call.Stopped() || !writer->Write(piece)) return Gone();
    }
  });
}

grpc::Status ReviewService::ListReviewEvents(grpc::ServerContext* context,
                                             const pb::ListReviewEventsRequest* request,
                                             pb::ListReviewEventsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReviewKey key, ReviewFromName(request->parent(), "parent"));
        ASSIGN_OR_RETURN(const auto events, reviews_.ListEvents(call.caller(), key));
        for (const ReviewEvent& each : events) *response->add_events() = ToProto(each);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ReviewService::RemindReviewers(grpc::ServerContext* context,
                                            const pb::RemindReviewersRequest* request,
                                            pb::RemindReviewersResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const RemindersToMake make, FromProto(*request));
        ASSIGN_OR_RETURN(const ReviewReminders reminders,
                         reviews_.Remind(call.caller(), make.programme, make.days_before,
                                         MakeMutation(call.caller(), "RemindReviewers", *request)));
        for (const ReviewReminder& each : reminders.items) *response->add_reminders() = ToProto(each);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
