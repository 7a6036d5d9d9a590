#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_EXPERTISE_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_EXPERTISE_SERVICE_H_

#include "services/assignment/expertise_desk.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/expertise.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of ExpertiseDesk; the contract is expertise.proto. Safe for concurrent use.
class ExpertiseService final : public v1::ExpertiseService::Service {
 public:
  // Both must outlive it.
  ExpertiseService(ExpertiseDesk& desk, const runtime::Calls& calls) : desk_(desk), calls_(calls) {}

  grpc::Status ListExpertise(grpc::ServerContext* context, const v1::ListExpertiseRequest* request,
                             v1::ListExpertiseResponse* response) override;
  grpc::Status GetExpertise(grpc::ServerContext* context, const v1::GetExpertiseRequest* request,
                            v1::Expertise* response) override;
  grpc::Status OverrideExpertise(grpc::ServerContext* context, const v1::OverrideExpertiseRequest* request,
                                 v1::Expertise* response) override;

 private:
  ExpertiseDesk& desk_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_EXPERTISE_SERVICE_H_
