#include "services/directory/rpc/import_targets_grpc.h"

#include "absl/time/time.h"
#include "services/base/status.h"
#include "services/directory/rpc/import_messages.h"

namespace soutenance::directory {
namespace {

// As long as the contract lets these methods take.
constexpr absl::Duration kTimeMax = absl::Minutes(1);

template <typename Request>
void SetStep(const ImportStep& step, Request& request) {
  request.set_request_id(step.validate_only ? "" : step.request_id);
  request.set_validate_only(step.validate_only);
}

}  // namespace

ImportTargetsGrpc::ImportTargetsGrpc(runtime::Peers& peers, const runtime::Calls& calls)
    : submissions_(peers, calls, "submissions", kTimeMax),
      assignment_(peers, calls, "assignment", kTimeMax),
      scheduling_(peers, calls, "scheduling", kTimeMax) {}

absl::StatusOr<ChangeList> ImportTargetsGrpc::UpsertTheses(const import_folder::ImportBatch& batch,
                                                           const ImportStep& step) {
  submissions::v1::BatchUpsertThesesRequest request = ThesesToProto(batch);
  SetStep(step, request);
  ASSIGN_OR_RETURN(const submissions::v1::BatchUpsertThesesResponse answer,
                   submissions_.Call(&submissions::v1::SubmissionsService::Stub::BatchUpsertTheses, request));
  return ChangesFromProto(answer.theses());
}

absl::StatusOr<ChangeList> ImportTargetsGrpc::UpsertJuries(const import_folder::ImportBatch& batch,
                                                           const ImportStep& step) {
  assignment::v1::BatchUpsertJuriesRequest request = JuriesToProto(batch);
  SetStep(step, request);
  ASSIGN_OR_RETURN(const assignment::v1::BatchUpsertJuriesResponse answer,
                   assignment_.Call(&assignment::v1::AssignmentService::Stub::BatchUpsertJuries, request));
  return ChangesFromProto(answer.juries());
}

absl::StatusOr<CampaignChanges> ImportTargetsGrpc::UpsertCampaign(const import_folder::ImportBatch& batch,
                                                                  const ImportStep& step) {
  scheduling::v1::BatchUpsertCampaignRequest request = CampaignToProto(batch);
  SetStep(step, request);
  ASSIGN_OR_RETURN(const scheduling::v1::BatchUpsertCampaignResponse answer,
                   scheduling_.Call(&scheduling::v1::CampaignService::Stub::BatchUpsertCampaign, request));
  return CampaignChanges{.campaigns = ChangesFromProto(answer.campaigns()),
                         .defences = ChangesFromProto(answer.defences()),
                         .availabilities = ChangesFromProto(answer.availabilities())};
}

}  // namespace soutenance::directory
