#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICT_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICT_SERVICE_H_

#include "services/assignment/conflict_desk.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/conflicts.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of ConflictDesk; the contract is conflicts.proto. Safe for concurrent use.
class ConflictService final : public v1::ConflictService::Service {
 public:
  // Both must outlive it.
  ConflictService(ConflictDesk& desk, const runtime::Calls& calls) : desk_(desk), calls_(calls) {}

  grpc::Status DeclareConflict(grpc::ServerContext* context, const v1::DeclareConflictRequest* request,
                               v1::Declaration* response) override;
  grpc::Status WithdrawDeclaration(grpc::ServerContext* context,
                                   const v1::WithdrawDeclarationRequest* request,
                                   google::protobuf::Empty* response) override;
  grpc::Status ListDeclarations(grpc::ServerContext* context, const v1::ListDeclarationsRequest* request,
                                v1::ListDeclarationsResponse* response) override;
  grpc::Status AnswerConflicts(grpc::ServerContext* context, const v1::AnswerConflictsRequest* request,
                               v1::ConflictAnswer* response) override;
  grpc::Status AskForConflicts(grpc::ServerContext* context, const v1::AskForConflictsRequest* request,
                               v1::AskForConflictsResponse* response) override;
  grpc::Status ListConflictAnswers(grpc::ServerContext* context,
                                   const v1::ListConflictAnswersRequest* request,
                                   v1::ListConflictAnswersResponse* response) override;
  grpc::Status GetConflict(grpc::ServerContext* context, const v1::GetConflictRequest* request,
                           v1::Conflict* response) override;
  grpc::Status ListConflicts(grpc::ServerContext* context, const v1::ListConflictsRequest* request,
                             v1::ListConflictsResponse* response) override;
  grpc::Status PinConflict(grpc::ServerContext* context, const v1::PinConflictRequest* request,
                           v1::Conflict* response) override;
  grpc::Status UnpinConflict(grpc::ServerContext* context, const v1::UnpinConflictRequest* request,
                             v1::Conflict* response) override;
  grpc::Status GetConflictPolicy(grpc::ServerContext* context, const v1::GetConflictPolicyRequest* request,
                                 v1::ConflictPolicy* response) override;
  grpc::Status SetConflictPolicy(grpc::ServerContext* context, const v1::SetConflictPolicyRequest* request,
                                 v1::ConflictPolicy* response) override;
  grpc::Status CheckReviewer(grpc::ServerContext* context, const v1::CheckReviewerRequest* request,
                             google::protobuf::Empty* response) override;
  grpc::Status CheckThesisChanges(grpc::ServerContext* context, const v1::CheckThesisChangesRequest* request,
                                  google::protobuf::Empty* response) override;

 private:
  ConflictDesk& desk_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICT_SERVICE_H_
