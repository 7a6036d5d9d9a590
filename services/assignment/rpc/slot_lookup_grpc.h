#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_SLOT_LOOKUP_GRPC_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_SLOT_LOOKUP_GRPC_H_

#include <string>

#include "services/assignment/slot_lookup.h"
#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "soutenance/scheduling/v1/campaigns.grpc.pb.h"

namespace soutenance::assignment {

// SlotLookup that asks the module "scheduling". Safe for concurrent use.
class SlotLookupGrpc final : public SlotLookup {
 public:
  // Both must outlive it.
  SlotLookupGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : scheduling_(peers, calls, "scheduling") {}

  absl::StatusOr<CampaignSlots> Find(const std::string& campaign) const override;

 private:
  runtime::PeerCalls<scheduling::v1::CampaignService> scheduling_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_SLOT_LOOKUP_GRPC_H_
