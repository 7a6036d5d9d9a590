#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROPOSAL_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROPOSAL_PROTO_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/assignment/proposals.h"
#include "services/base/page.h"
#include "soutenance/assignment/v1/proposals.pb.h"

namespace soutenance::assignment {

// A request to list proposals.
struct ProposalQuery {
  std::string programme;
  PageRequest page;
};
// A request for the overview.
struct OverviewQuery {
  std::string programme;
  std::string cohort;
};

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand, or too much.
absl::StatusOr<JuriesWanted> FromProto(const v1::ProposeJuriesRequest& request);
absl::StatusOr<ReviewersWanted> FromProto(const v1::ProposeReviewersRequest& request);
absl::StatusOr<std::string> FromProto(const v1::GetProposalRequest& request);  // the id
absl::StatusOr<ProposalQuery> FromProto(const v1::ListProposalsRequest& request);
absl::StatusOr<Acceptance> FromProto(const v1::AcceptProposalRequest& request);
absl::StatusOr<OverviewQuery> FromProto(const v1::GetJuryOverviewRequest& request);

// Write an answer. Cannot fail.
v1::Proposal ToProto(const Proposal& proposal);
v1::CompositionProgress ToProto(const ProposalProgress& progress, absl::Duration elapsed);
v1::ListProposalsResponse ToProto(const Page<Proposal>& page);
v1::JuryOverview ToProto(const JuryOverview& overview);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROPOSAL_PROTO_H_
