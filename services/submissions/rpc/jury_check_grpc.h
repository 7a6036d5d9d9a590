#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_JURY_CHECK_GRPC_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_JURY_CHECK_GRPC_H_

#include <string>
#include <vector>

#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "services/submissions/jury_check.h"
#include "services/submissions/reviews/reviewer_check.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"
#include "soutenance/assignment/v1/conflicts.grpc.pb.h"

namespace soutenance::submissions {

// JuryCheck that asks the module "assignment". Safe for concurrent use.
class JuryCheckGrpc final : public JuryCheck {
 public:
  // Both must outlive it.
  JuryCheckGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : conflicts_(peers, calls, "assignment"), juries_(peers, calls, "assignment") {}

  absl::Status Check(const std::vector<Thesis>& theses) const override;
  absl::Status Follow(const std::vector<Thesis>& theses) const override;

 private:
  runtime::PeerCalls<assignment::v1::ConflictService> conflicts_;
  runtime::PeerCalls<assignment::v1::AssignmentService> juries_;
};

// ReviewerCheck that asks the module "assignment". Safe for concurrent use.
class ReviewerCheckGrpc final : public ReviewerCheck {
 public:
  // Both must outlive it.
  ReviewerCheckGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : conflicts_(peers, calls, "assignment") {}

  absl::Status Check(const Thesis& thesis, const std::string& person) const override;

 private:
  runtime::PeerCalls<assignment::v1::ConflictService> conflicts_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_JURY_CHECK_GRPC_H_
