#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/submissions/submissions.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of Submissions; the contract is submissions.proto. Safe for concurrent use.
class SubmissionsService final : public v1::SubmissionsService::Service {
 public:
  // Both must outlive it.
  SubmissionsService(Submissions& submissions, const runtime::Calls& calls)
      : submissions_(submissions), calls_(calls) {}

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

 private:
  Submissions& submissions_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_SERVICE_H_
