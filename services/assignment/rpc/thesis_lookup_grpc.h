#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_THESIS_LOOKUP_GRPC_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_THESIS_LOOKUP_GRPC_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/assignment/thesis_lookup.h"
#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::assignment {

// ThesisLookup that asks the module "submissions". Safe for concurrent use.
class ThesisLookupGrpc final : public ThesisLookup {
 public:
  // Both must outlive it.
  ThesisLookupGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : submissions_(peers, calls, "submissions") {}

  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override;
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string& programme) const override;

 private:
  // Every page of the answer to `request`.
  absl::StatusOr<std::vector<ThesisFacts>> AllPages(submissions::v1::ListThesesRequest request) const;

  runtime::PeerCalls<submissions::v1::SubmissionsService> submissions_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_THESIS_LOOKUP_GRPC_H_
