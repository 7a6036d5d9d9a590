#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_INVITATION_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_INVITATION_SERVICE_H_

#include "services/assignment/invitations.h"
#include "services/assignment/loads.h"
#include "services/assignment/proposals.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/invitations.grpc.pb.h"
#include "soutenance/assignment/v1/loads.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of Invitations and of replacements; the contract is invitations.proto. Safe for concurrent
// use.
class InvitationService final : public v1::InvitationService::Service {
 public:
  // All must outlive it.
  InvitationService(Invitations& invitations, const Proposals& proposals, const runtime::Calls& calls)
      : invitations_(invitations), proposals_(proposals), calls_(calls) {}

  grpc::Status InviteJurors(grpc::ServerContext* context, const v1::InviteJurorsRequest* request,
                            v1::InviteJurorsResponse* response) override;
  grpc::Status GetInvitation(grpc::ServerContext* context, const v1::GetInvitationRequest* request,
                             v1::Invitation* response) override;
  grpc::Status ListInvitations(grpc::ServerContext* context, const v1::ListInvitationsRequest* request,
                               v1::ListInvitationsResponse* response) override;
  grpc::Status AnswerInvitation(grpc::ServerContext* context, const v1::AnswerInvitationRequest* request,
                                v1::Invitation* response) override;
  grpc::Status WithdrawInvitation(grpc::ServerContext* context, const v1::WithdrawInvitationRequest* request,
                                  v1::Invitation* response) override;
  grpc::Status ListInvitationEvents(grpc::ServerContext* context,
                                    const v1::ListInvitationEventsRequest* request,
                                    v1::ListInvitationEventsResponse* response) override;
  grpc::Status RemindJurors(grpc::ServerContext* context, const v1::RemindJurorsRequest* request,
                            v1::RemindJurorsResponse* response) override;
  grpc::Status FindReplacements(grpc::ServerContext* context, const v1::FindReplacementsRequest* request,
                                v1::FindReplacementsResponse* response) override;
  grpc::Status ReplaceJuror(grpc::ServerContext* context, const v1::ReplaceJurorRequest* request,
                            v1::ReplaceJurorResponse* response) override;

 private:
  Invitations& invitations_;
  const Proposals& proposals_;
  const runtime::Calls& calls_;
};

// The wire side of Loads; the contract is loads.proto. Safe for concurrent use.
class LoadService final : public v1::LoadService::Service {
 public:
  // Both must outlive it.
  LoadService(Loads& loads, const runtime::Calls& calls) : loads_(loads), calls_(calls) {}

  grpc::Status GetLoad(grpc::ServerContext* context, const v1::GetLoadRequest* request,
                       v1::Load* response) override;
  grpc::Status ListLoads(grpc::ServerContext* context, const v1::ListLoadsRequest* request,
                         v1::ListLoadsResponse* response) override;
  grpc::Status RecordHeldJuries(grpc::ServerContext* context, const v1::RecordHeldJuriesRequest* request,
                                v1::RecordHeldJuriesResponse* response) override;
  grpc::Status CorrectLoads(grpc::ServerContext* context, const v1::CorrectLoadsRequest* request,
                            v1::CorrectLoadsResponse* response) override;

 private:
  Loads& loads_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_INVITATION_SERVICE_H_
