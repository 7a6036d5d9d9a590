#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_DIRECTORY_LOOKUP_GRPC_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_DIRECTORY_LOOKUP_GRPC_H_

#include <optional>
#include <string>
#include <vector>

#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "services/scheduling/directory_lookup.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"

namespace soutenance::scheduling {

// DirectoryLookup that asks the module "directory". DATA_LOSS if it says a date or a time that is none. Safe
// for concurrent use.
class DirectoryLookupGrpc final : public DirectoryLookup {
 public:
  // Both must outlive it.
  DirectoryLookupGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : directory_(peers, calls, "directory") {}

  absl::StatusOr<std::vector<PersonFacts>> People(absl::Span<const std::string> names) const override;
  absl::StatusOr<std::vector<RoomFacts>> Rooms(absl::Span<const std::string> names) const override;
  absl::StatusOr<std::optional<ProgrammeFacts>> Programme(absl::string_view name) const override;
  absl::StatusOr<std::optional<CohortFacts>> Cohort(absl::string_view name) const override;

 private:
  runtime::PeerCalls<directory::v1::DirectoryService> directory_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_DIRECTORY_LOOKUP_GRPC_H_
