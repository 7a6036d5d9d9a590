#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_EXPERTISE_FACTS_GRPC_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_EXPERTISE_FACTS_GRPC_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/assignment/expertise_facts.h"
#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::assignment {

// ExpertiseFacts that asks the modules "directory" and "submissions". Safe for concurrent use.
class ExpertiseFactsGrpc final : public ExpertiseFacts {
 public:
  // Both must outlive it.
  ExpertiseFactsGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : directory_(peers, calls, "directory"), submissions_(peers, calls, "submissions") {}

  absl::StatusOr<std::string> ProgrammeOf(const std::string& id) const override;
  absl::StatusOr<std::vector<ThesisText>> ThesesIn(const std::string& programme) const override;
  absl::StatusOr<std::map<std::string, expertise::PersonTexts>> People(
      const std::set<std::string>& people) const override;

 private:
  runtime::PeerCalls<directory::v1::DirectoryService> directory_;
  runtime::PeerCalls<submissions::v1::SubmissionsService> submissions_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_EXPERTISE_FACTS_GRPC_H_
