#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_DECISION_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_DECISION_SERVICE_H_

#include "services/assignment/jury_bulk.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/decisions.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of JuryBulk; the contract is decisions.proto. Safe for concurrent use.
class DecisionService final : public v1::JuryDecisionService::Service {
 public:
  // Both must outlive it.
  DecisionService(JuryBulk& bulk, const runtime::Calls& calls) : bulk_(bulk), calls_(calls) {}

  grpc::Status ImportJuries(grpc::ServerContext* context, const v1::ImportJuriesRequest* request,
                            v1::JuryBatchResult* response) override;
  grpc::Status ExportJuries(grpc::ServerContext* context, const v1::ExportJuriesRequest* request,
                            v1::ExportJuriesResponse* response) override;
  grpc::Status GetJuryBatch(grpc::ServerContext* context, const v1::GetJuryBatchRequest* request,
                            v1::JuryBatch* response) override;
  grpc::Status ListJuryBatches(grpc::ServerContext* context, const v1::ListJuryBatchesRequest* request,
                               v1::ListJuryBatchesResponse* response) override;
  grpc::Status UndoJuryBatch(grpc::ServerContext* context, const v1::UndoJuryBatchRequest* request,
                             v1::JuryBatchResult* response) override;
  grpc::Status ListJuryDecisions(grpc::ServerContext* context, const v1::ListJuryDecisionsRequest* request,
                                 v1::ListJuryDecisionsResponse* response) override;

 private:
  JuryBulk& bulk_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_DECISION_SERVICE_H_
