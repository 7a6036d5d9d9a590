#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_REVIEW_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_REVIEW_SERVICE_H_

#include "services/base/clock.h"
#include "services/runtime/calls.h"
#include "services/submissions/reviews/reviews.h"
#include "soutenance/submissions/v1/reviews.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of Reviews; the contract is reviews.proto. Safe for concurrent use.
class ReviewService final : public v1::ReviewService::Service {
 public:
  // All must outlive it.
  ReviewService(Reviews& reviews, const Clock& clock, const runtime::Calls& calls)
      : reviews_(reviews), clock_(clock), calls_(calls) {}

  grpc::Status GetGrid(grpc::ServerContext* context, const v1::GetGridRequest* request,
                       v1::Grid* response) override;
  grpc::Status ListGrids(grpc::ServerContext* context, const v1::ListGridsRequest* request,
                         v1::ListGridsResponse* response) override;
  grpc::Status SetGrid(grpc::ServerContext* context, const v1::SetGridRequest* request,
                       v1::Grid* response) override;
  grpc::Status InviteReviewer(grpc::ServerContext* context, const v1::InviteReviewerRequest* request,
                              v1::Review* response) override;
  grpc::Status GetReview(grpc::ServerContext* context, const v1::GetReviewRequest* request,
                         v1::Review* response) override;
  grpc::Status ListReviews(grpc::ServerContext* context, const v1::ListReviewsRequest* request,
                           v1::ListReviewsResponse* response) override;
  grpc::Status SaveReview(grpc::ServerContext* context, const v1::SaveReviewRequest* request,
                          v1::Review* response) override;
  grpc::Status TransitionReview(grpc::ServerContext* context, const v1::TransitionReviewRequest* request,
                                v1::Review* response) override;
  grpc::Status UploadReviewFile(grpc::ServerContext* context,
                                grpc::ServerReader<v1::UploadReviewFileRequest>* reader,
                                v1::Review* response) override;
  grpc::Status DownloadReviewFile(grpc::ServerContext* context, const v1::DownloadReviewFileRequest* request,
                                  grpc::ServerWriter<v1::DownloadReviewFileResponse>* writer) override;
  grpc::Status ListReviewEvents(grpc::ServerContext* context, const v1::ListReviewEventsRequest* request,
                                v1::ListReviewEventsResponse* response) override;
  grpc::Status RemindReviewers(grpc::ServerContext* context, const v1::RemindReviewersRequest* request,
                               v1::RemindReviewersResponse* response) override;

 private:
  Reviews& reviews_;
  const Clock& clock_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_REVIEW_SERVICE_H_
