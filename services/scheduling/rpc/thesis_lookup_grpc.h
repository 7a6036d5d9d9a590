#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_THESIS_LOOKUP_GRPC_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_THESIS_LOOKUP_GRPC_H_

#include <map>
#include <string>
#include <vector>

#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "services/scheduling/thesis_lookup.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::scheduling {

// ThesisLookup that asks the module "submissions". Safe for concurrent use.
class ThesisLookupGrpc final : public ThesisLookup {
 public:
  // Both must outlive it.
  ThesisLookupGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : submissions_(peers, calls, "submissions") {}

  absl::StatusOr<std::vector<ThesisFacts>> Theses(absl::Span<const std::string> names) const override;
  absl::StatusOr<std::map<std::string, Confidentiality>> LevelsOf(
      absl::Span<const std::string> names) const override;

 private:
  enum class For { kCaller, kItself };
  absl::StatusOr<std::vector<ThesisFacts>> Ask(absl::Span<const std::string> names, For whom) const;

  runtime::PeerCalls<submissions::v1::SubmissionsService> submissions_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_THESIS_LOOKUP_GRPC_H_
