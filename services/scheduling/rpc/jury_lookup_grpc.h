#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_JURY_LOOKUP_GRPC_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_JURY_LOOKUP_GRPC_H_

#include <string>
#include <vector>

#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "services/scheduling/jury_lookup.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"

namespace soutenance::scheduling {

// JuryLookup that asks the module "assignment". Safe for concurrent use.
class JuryLookupGrpc final : public JuryLookup {
 public:
  // Both must outlive it.
  JuryLookupGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : assignment_(peers, calls, "assignment") {}

  absl::StatusOr<std::vector<JuryFacts>> Juries(absl::Span<const std::string> theses) const override;

 private:
  runtime::PeerCalls<assignment::v1::AssignmentService> assignment_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_JURY_LOOKUP_GRPC_H_
