#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/submissions/submissions.h"
#include "services/submissions/thesis_lives.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of Submissions; the contract is submissions.proto. Safe for concurrent use.
class SubmissionsService final : public v1::SubmissionsService::Service {
 public:
  // All must outlive it.
  SubmissionsService(Submissions& submissions, Lives& lives, const runtime::Calls& calls)
      : submissions_(submissions), lives_(lives), calls_(calls) {}

  grpc::Status GetThesis(grpc::ServerContext* context, const v1::GetThesisRequest* request,
                         v1::Thesis* response) override;
  grpc::Status ListTheses(grpc::ServerContext* context, const v1::ListThesesRequest* request,
                          v1::ListThesesResponse* response) override;
  grpc::Status CreateThesis(grpc::ServerContext* context, const v1::CreateThesisRequest* request,
                            v1::Thesis* response) override;
  grpc::Status UpdateThesis(grpc::ServerContext* context, const v1::UpdateThesisRequest* request,
                            v1::Thesis* response) override;
  grpc::Status WithdrawThesis(grpc::ServerContext* context, const v1::WithdrawThesisRequest* request,
                              v1::Thesis* response) override;
  grpc::Status BatchUpsertTheses(grpc::ServerContext* context, const v1::BatchUpsertThesesRequest* request,
                                 v1::BatchUpsertThesesResponse* response) override;

  grpc::Status ProposeThesis(grpc::ServerContext* context, const v1::ProposeThesisRequest* request,
                             v1::Thesis* response) override;
  grpc::Status GiveOpinion(grpc::ServerContext* context, const v1::GiveOpinionRequest* request,
                           v1::Opinion* response) override;
  grpc::Status ListOpinions(grpc::ServerContext* context, const v1::ListOpinionsRequest* request,
                            v1::ListOpinionsResponse* response) override;
  grpc::Status TransitionThesis(grpc::ServerContext* context, const v1::TransitionThesisRequest* request,
                                v1::Thesis* response) override;
  grpc::Status ListThesisTransitions(grpc::ServerContext* context,
                                     const v1::ListThesisTransitionsRequest* request,
                                     v1::ListThesisTransitionsResponse* response) override;
  grpc::Status ListThesisHistory(grpc::ServerContext* context, const v1::ListThesisHistoryRequest* request,
                                 v1::ListThesisHistoryResponse* response) override;
  grpc::Status SetConsent(grpc::ServerContext* context, const v1::SetConsentRequest* request,
                          v1::Thesis* response) override;
  grpc::Status ListNotices(grpc::ServerContext* context, const v1::ListNoticesRequest* request,
                           v1::ListNoticesResponse* response) override;

 private:
  Submissions& submissions_;
  Lives& lives_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_SERVICE_H_
