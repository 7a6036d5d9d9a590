#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_DRAFT_SERVICE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_DRAFT_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/submissions/drafts.h"
#include "services/submissions/milestones.h"
#include "soutenance/submissions/v1/drafts.grpc.pb.h"

namespace soutenance::submissions {

// The wire side of Milestones and Drafts; the contract is drafts.proto. Safe for concurrent use.
class DraftService final : public v1::DraftService::Service {
 public:
  // All must outlive it.
  DraftService(Milestones& milestones, Drafts& drafts, const runtime::Calls& calls)
      : milestones_(milestones), drafts_(drafts), calls_(calls) {}

  grpc::Status GetMilestone(grpc::ServerContext* context, const v1::GetMilestoneRequest* request,
                            v1::Milestone* response) override;
  grpc::Status ListMilestones(grpc::ServerContext* context, const v1::ListMilestonesRequest* request,
                              v1::ListMilestonesResponse* response) override;
  grpc::Status CreateMilestone(grpc::ServerContext* context, const v1::CreateMilestoneRequest* request,
                               v1::Milestone* response) override;
  grpc::Status CreateDefaultMilestones(grpc::ServerContext* context,
                                       const v1::CreateDefaultMilestonesRequest* request,
                                       v1::CreateDefaultMilestonesResponse* response) override;
  grpc::Status UpdateMilestone(grpc::ServerContext* context, const v1::UpdateMilestoneRequest* request,
                               v1::Milestone* response) override;
  grpc::Status GrantExtension(grpc::ServerContext* context, const v1::GrantExtensionRequest* request,
                              v1::Extension* response) override;
  grpc::Status ListExtensions(grpc::ServerContext* context, const v1::ListExtensionsRequest* request,
                              v1::ListExtensionsResponse* response) override;
  grpc::Status ListMilestoneStatuses(grpc::ServerContext* context,
                                     const v1::ListMilestoneStatusesRequest* request,
                                     v1::ListMilestoneStatusesResponse* response) override;
  grpc::Status CreateUpload(grpc::ServerContext* context, const v1::CreateUploadRequest* request,
                            v1::Upload* response) override;
  grpc::Status GetUpload(grpc::ServerContext* context, const v1::GetUploadRequest* request,
                         v1::Upload* response) override;
  grpc::Status UploadContent(grpc::ServerContext* context,
                             grpc::ServerReader<v1::UploadContentRequest>* reader,
                             v1::UploadContentResponse* response) override;
  grpc::Status SubmitDraft(grpc::ServerContext* context, const v1::SubmitDraftRequest* request,
                           v1::Draft* response) override;
  grpc::Status CancelUpload(grpc::ServerContext* context, const v1::CancelUploadRequest* request,
                            v1::Upload* response) override;
  grpc::Status GetDraft(grpc::ServerContext* context, const v1::GetDraftRequest* request,
                        v1::Draft* response) override;
  grpc::Status ListDrafts(grpc::ServerContext* context, const v1::ListDraftsRequest* request,
                          v1::ListDraftsResponse* response) override;
  grpc::Status DownloadDraft(grpc::ServerContext* context, const v1::DownloadDraftRequest* request,
                             grpc::ServerWriter<v1::DownloadDraftResponse>* writer) override;
  grpc::Status GetReceipt(grpc::ServerContext* context, const v1::GetReceiptRequest* request,
                          v1::GetReceiptResponse* response) override;
  grpc::Status GetReceiptKey(grpc::ServerContext* context, const v1::GetReceiptKeyRequest* request,
                             v1::GetReceiptKeyResponse* response) override;
  grpc::Status GetReceiptLogHead(grpc::ServerContext* context, const v1::GetReceiptLogHeadRequest* request,
                                 v1::ReceiptLogHead* response) override;
  grpc::Status ListReceiptLogEntries(grpc::ServerContext* context,
                                     const v1::ListReceiptLogEntriesRequest* request,
                                     v1::ListReceiptLogEntriesResponse* response) override;

 private:
  Milestones& milestones_;
  Drafts& drafts_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_DRAFT_SERVICE_H_
