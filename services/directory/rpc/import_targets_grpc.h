#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_TARGETS_GRPC_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_TARGETS_GRPC_H_

#include "services/directory/import_targets.h"
#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"
#include "soutenance/scheduling/v1/campaigns.grpc.pb.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::directory {

// ImportTargets that asks the modules "submissions", "assignment" and "scheduling". Safe for concurrent use.
class ImportTargetsGrpc final : public ImportTargets {
 public:
  // Both must outlive the targets.
  ImportTargetsGrpc(runtime::Peers& peers, const runtime::Calls& calls);

  absl::StatusOr<ChangeList> UpsertTheses(const import_folder::ImportBatch& batch,
                                          const ImportStep& step) override;
  absl::StatusOr<ChangeList> UpsertJuries(const import_folder::ImportBatch& batch,
                                          const ImportStep& step) override;
  absl::StatusOr<CampaignChanges> UpsertCampaign(const import_folder::ImportBatch& batch,
                                                 const ImportStep& step) override;

 private:
  runtime::PeerCalls<submissions::v1::SubmissionsService> submissions_;
  runtime::PeerCalls<assignment::v1::AssignmentService> assignment_;
  runtime::PeerCalls<scheduling::v1::CampaignService> scheduling_;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_TARGETS_GRPC_H_
