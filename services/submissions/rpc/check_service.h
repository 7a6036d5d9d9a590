#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_CHECK_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_CHECK_SERVICE_H_

#include <functional>
#include <utility>

#include "services/runtime/calls.h"
#include "services/submissions/checks/checks.h"
#include "soutenance/submissions/v1/checks.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of Checks; the contract is checks.proto. Safe for concurrent use.
class CheckService final : public v1::DraftCheckService::Service {
 public:
  // The references must outlive it. `on_pending` is called when something is to be looked at again.
  CheckService(Checks& checks, const runtime::Calls& calls, std::function<void()> on_pending)
      : checks_(checks), calls_(calls), on_pending_(std::move(on_pending)) {}

  grpc::Status GetDraftChecks(grpc::ServerContext* context, const v1::GetDraftChecksRequest* request,
                              v1::DraftChecks* response) override;
  grpc::Status ListDraftChecks(grpc::ServerContext* context, const v1::ListDraftChecksRequest* request,
                               v1::ListDraftChecksResponse* response) override;
  grpc::Status RecheckDraft(grpc::ServerContext* context, const v1::RecheckDraftRequest* request,
                            v1::DraftChecks* response) override;
  grpc::Status OverrideFinding(grpc::ServerContext* context, const v1::OverrideFindingRequest* request,
                               v1::DraftChecks* response) override;
  grpc::Status WithdrawOverride(grpc::ServerContext* context, const v1::WithdrawOverrideRequest* request,
                                v1::DraftChecks* response) override;
  grpc::Status CompareDrafts(grpc::ServerContext* context, const v1::CompareDraftsRequest* request,
                             v1::DraftComparison* response) override;
  grpc::Status GetCheckPolicy(grpc::ServerContext* context, const v1::GetCheckPolicyRequest* request,
                              v1::CheckPolicy* response) override;
  grpc::Status SetCheckPolicy(grpc::ServerContext* context, const v1::SetCheckPolicyRequest* request,
                              v1::CheckPolicy* response) override;

 private:
  Checks& checks_;
  const runtime::Calls& calls_;
  const std::function<void()> on_pending_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_CHECK_SERVICE_H_
