#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_OUTAGE_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_OUTAGE_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/submissions/outages.h"
#include "soutenance/submissions/v1/outages.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of Outages; the contract is outages.proto. Safe for concurrent use.
class OutageService final : public v1::OutageService::Service {
 public:
  // Both must outlive it.
  OutageService(Outages& outages, const runtime::Calls& calls) : outages_(outages), calls_(calls) {}

  grpc::Status ListOutages(grpc::ServerContext* context, const v1::ListOutagesRequest* request,
                           v1::ListOutagesResponse* response) override;
  grpc::Status GetOutageRule(grpc::ServerContext* context, const v1::GetOutageRuleRequest* request,
                             v1::OutageRule* response) override;
  grpc::Status UpdateOutageRule(grpc::ServerContext* context, const v1::UpdateOutageRuleRequest* request,
                                v1::OutageRule* response) override;

 private:
  Outages& outages_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_OUTAGE_SERVICE_H_
