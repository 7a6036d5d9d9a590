#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_ASSIGNMENT_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_ASSIGNMENT_SERVICE_H_

#include "services/assignment/assignment.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of Assignment; the contract is assignment.proto. Safe for concurrent use.
class AssignmentService final : public v1::AssignmentService::Service {
 public:
  // Both must outlive it.
  AssignmentService(Assignment& assignment, const runtime::Calls& calls)
      : assignment_(assignment), calls_(calls) {}

  grpc::Status GetJury(grpc::ServerContext* context, const v1::GetJuryRequest* request,
                       v1::Jury* response) override;
  grpc::Status ListJuries(grpc::ServerContext* context, const v1::ListJuriesRequest* request,
                          v1::ListJuriesResponse* response) override;
  grpc::Status SetJury(grpc::ServerContext* context, const v1::SetJuryRequest* request,
                       v1::Jury* response) override;
  grpc::Status DeleteJury(grpc::ServerContext* context, const v1::DeleteJuryRequest* request,
                          google::protobuf::Empty* response) override;
  grpc::Status BatchUpsertJuries(grpc::ServerContext* context, const v1::BatchUpsertJuriesRequest* request,
                                 v1::BatchUpsertJuriesResponse* response) override;
  grpc::Status FollowTheses(grpc::ServerContext* context, const v1::FollowThesesRequest* request,
                            google::protobuf::Empty* response) override;

 private:
  Assignment& assignment_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_ASSIGNMENT_SERVICE_H_
