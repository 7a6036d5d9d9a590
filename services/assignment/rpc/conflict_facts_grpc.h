#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICT_FACTS_GRPC_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICT_FACTS_GRPC_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/assignment/conflict_facts.h"
#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::assignment {

// ConflictFacts that asks the modules "directory" and "submissions". Safe for concurrent use.
class ConflictFactsGrpc final : public ConflictFacts {
 public:
  // Both must outlive it.
  ConflictFactsGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : directory_(peers, calls, "directory"), submissions_(peers, calls, "submissions") {}

  absl::StatusOr<std::map<std::string, conflicts::Person>> People(
      const std::set<std::string>& people) const override;
  absl::StatusOr<std::map<std::string, conflicts::Thesis>> Theses(
      const std::set<std::string>& ids) const override;
  absl::StatusOr<std::vector<conflicts::Thesis>> ThesesIn(const std::string& programme) const override;
  absl::StatusOr<std::vector<conflicts::Thesis>> ThesesBy(
      const std::set<std::string>& authors) const override;

 private:
  // Every page of the answer to `request`.
  absl::StatusOr<std::vector<conflicts::Thesis>> AllPages(submissions::v1::ListThesesRequest request) const;

  runtime::PeerCalls<directory::v1::DirectoryService> directory_;
  runtime::PeerCalls<submissions::v1::SubmissionsService> submissions_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICT_FACTS_GRPC_H_
