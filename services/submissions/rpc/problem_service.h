#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_PROBLEM_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_PROBLEM_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/submissions/problem_bank.h"
#include "soutenance/submissions/v1/problems.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of ProblemBank; the contract is problems.proto. Safe for concurrent use.
class ProblemService final : public v1::ProblemService::Service {
 public:
  // Both must outlive it.
  ProblemService(ProblemBank& bank, const runtime::Calls& calls) : bank_(bank), calls_(calls) {}

  grpc::Status GetProblem(grpc::ServerContext* context, const v1::GetProblemRequest* request,
                          v1::Problem* response) override;
  grpc::Status ListProblems(grpc::ServerContext* context, const v1::ListProblemsRequest* request,
                            v1::ListProblemsResponse* response) override;
  grpc::Status OfferProblem(grpc::ServerContext* context, const v1::OfferProblemRequest* request,
                            v1::Problem* response) override;
  grpc::Status UpdateProblem(grpc::ServerContext* context, const v1::UpdateProblemRequest* request,
                             v1::Problem* response) override;
  grpc::Status CloseProblem(grpc::ServerContext* context, const v1::CloseProblemRequest* request,
                            v1::Problem* response) override;
  grpc::Status WishProblem(grpc::ServerContext* context, const v1::WishProblemRequest* request,
                           v1::Wish* response) override;
  grpc::Status CancelWish(grpc::ServerContext* context, const v1::CancelWishRequest* request,
                          v1::Wish* response) override;
  grpc::Status ListWishes(grpc::ServerContext* context, const v1::ListWishesRequest* request,
                          v1::ListWishesResponse* response) override;
  grpc::Status AcceptWish(grpc::ServerContext* context, const v1::AcceptWishRequest* request,
                          v1::Wish* response) override;
  grpc::Status DeclineWish(grpc::ServerContext* context, const v1::DeclineWishRequest* request,
                           v1::Wish* response) override;

 private:
  ProblemBank& bank_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_PROBLEM_SERVICE_H_
