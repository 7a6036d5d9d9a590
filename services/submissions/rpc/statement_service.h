#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_STATEMENT_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_STATEMENT_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/submissions/statements/statements.h"
#include "soutenance/submissions/v1/statements.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of Statements; the contract is statements.proto. Safe for concurrent use.
class StatementService final : public v1::StatementService::Service {
 public:
  // Both must outlive it.
  StatementService(Statements& statements, const runtime::Calls& calls)
      : statements_(statements), calls_(calls) {}

  grpc::Status MakeStatement(grpc::ServerContext* context, const v1::MakeStatementRequest* request,
                             v1::Statement* response) override;
  grpc::Status ListStatements(grpc::ServerContext* context, const v1::ListStatementsRequest* request,
                              v1::ListStatementsResponse* response) override;
  grpc::Status DecideStatement(grpc::ServerContext* context, const v1::DecideStatementRequest* request,
                               v1::Statement* response) override;
  grpc::Status ListMissingStatements(grpc::ServerContext* context,
                                     const v1::ListMissingStatementsRequest* request,
                                     v1::ListMissingStatementsResponse* response) override;
  grpc::Status RecordSimilarityReading(grpc::ServerContext* context,
                                       const v1::RecordSimilarityReadingRequest* request,
                                       v1::SimilarityReading* response) override;
  grpc::Status ListSimilarityReadings(grpc::ServerContext* context,
                                      const v1::ListSimilarityReadingsRequest* request,
                                      v1::ListSimilarityReadingsResponse* response) override;

 private:
  Statements& statements_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_STATEMENT_SERVICE_H_
