#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_JURY_LOOKUP_GRPC_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_JURY_LOOKUP_GRPC_H_

#include <string>
#include <vector>

#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "services/submissions/jury_lookup.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"

namespace soutenance::submissions {

// JuryLookup that asks the module "assignment". Safe for concurrent use.
class JuryLookupGrpc final : public JuryLookup {
 public:
  // Both must outlive it.
  JuryLookupGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : assignment_(peers, calls, "assignment") {}

  absl::StatusOr<Seats> SeatsOf(const std::string& person,
                                const std::vector<std::string>& theses) const override;

 private:
  runtime::PeerCalls<assignment::v1::AssignmentService> assignment_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_JURY_LOOKUP_GRPC_H_
