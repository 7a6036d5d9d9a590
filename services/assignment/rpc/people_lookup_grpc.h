#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PEOPLE_LOOKUP_GRPC_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PEOPLE_LOOKUP_GRPC_H_

#include <set>
#include <string>

#include "services/assignment/people_lookup.h"
#include "services/assignment/programme_lookup.h"
#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"

namespace soutenance::assignment {

// PeopleLookup and ProgrammeLookup that ask the module "directory". Safe for concurrent use.
class PeopleLookupGrpc final : public PeopleLookup, public ProgrammeLookup {
 public:
  // Both must outlive it.
  PeopleLookupGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : directory_(peers, calls, "directory") {}

  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override;
  absl::StatusOr<bool> HasProgramme(const std::string& programme) const override;

 private:
  runtime::PeerCalls<directory::v1::DirectoryService> directory_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PEOPLE_LOOKUP_GRPC_H_
