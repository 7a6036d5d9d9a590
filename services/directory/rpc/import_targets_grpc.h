#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_TARGETS_GRPC_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_TARGETS_GRPC_H_

#include "services/directory/import_targets.h"
#include "services/runtime/calls.h"
#include "services/runtime/peers.h"

namespace soutenance::directory {

// ImportTargets over the stubs of submissions, assignment and scheduling. Safe for concurrent use.
class ImportTargetsGrpc final : public ImportTargets {
 public:
  // Both must outlive the targets.
  ImportTargetsGrpc(const runtime::Calls& calls, runtime::Peers& peers) : calls_(calls), peers_(peers) {}

  absl::StatusOr<ChangeList> UpsertTheses(const import_folder::ImportBatch& batch,
                                          const ImportStep& step) override;
  absl::StatusOr<ChangeList> UpsertJuries(const import_folder::ImportBatch& batch,
                                          const ImportStep& step) override;
  absl::StatusOr<CampaignChanges> UpsertCampaign(const import_folder::ImportBatch& batch,
                                                 const ImportStep& step) override;

 private:
  const runtime::Calls& calls_;
  runtime::Peers& peers_;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_IMPORT_TARGETS_GRPC_H_
