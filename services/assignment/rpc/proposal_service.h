#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROPOSAL_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROPOSAL_SERVICE_H_

#include "services/assignment/proposals.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/proposals.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of Proposals; the contract is proposals.proto. Safe for concurrent use.
class ProposalService final : public v1::ProposalService::Service {
 public:
  // Both must outlive it.
  ProposalService(Proposals& proposals, const runtime::Calls& calls) : proposals_(proposals), calls_(calls) {}

  grpc::Status ProposeJuries(grpc::ServerContext* context, const v1::ProposeJuriesRequest* request,
                             v1::Proposal* response) override;
  grpc::Status ComposeJuries(grpc::ServerContext* context, const v1::ComposeJuriesRequest* request,
                             grpc::ServerWriter<v1::ComposeJuriesResponse>* writer) override;
  grpc::Status ProposeReviewers(grpc::ServerContext* context, const v1::ProposeReviewersRequest* request,
                                v1::Proposal* response) override;
  grpc::Status GetProposal(grpc::ServerContext* context, const v1::GetProposalRequest* request,
                           v1::Proposal* response) override;
  grpc::Status ListProposals(grpc::ServerContext* context, const v1::ListProposalsRequest* request,
                             v1::ListProposalsResponse* response) override;
  grpc::Status AcceptProposal(grpc::ServerContext* context, const v1::AcceptProposalRequest* request,
                              v1::AcceptProposalResponse* response) override;
  grpc::Status GetJuryOverview(grpc::ServerContext* context, const v1::GetJuryOverviewRequest* request,
                               v1::JuryOverview* response) override;

 private:
  Proposals& proposals_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROPOSAL_SERVICE_H_
