#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_DRAFTS_PROTO_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_DRAFTS_PROTO_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/page.h"
#include "services/submissions/drafts.h"
#include "services/submissions/milestones.h"
#include "soutenance/submissions/v1/drafts.pb.h"

namespace soutenance::submissions {

namespace pb = ::soutenance::submissions::v1;

// A version of one thesis.
struct DraftKey {
  std::string thesis;  // the id
  int64_t number = 0;
};

// A part of a list below one parent.
template <typename Parent>
struct ListOf {
  Parent parent;
  PageRequest page;
};

// Read names and requests. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we
// could understand. What may not be said is refused by the use case.
absl::StatusOr<UploadKey> UploadFromName(absl::string_view name, absl::string_view field);
absl::StatusOr<DraftKey> DraftFromName(absl::string_view name, absl::string_view field);
absl::StatusOr<MilestoneKey> FromProto(const pb::GetMilestoneRequest& request);
absl::StatusOr<ListOf<std::string>> FromProto(const pb::ListMilestonesRequest& request);
absl::StatusOr<Milestone> FromProto(const pb::CreateMilestoneRequest& request);
absl::StatusOr<DefaultMilestonesOrder> FromProto(const pb::CreateDefaultMilestonesRequest& request);
absl::StatusOr<MilestoneUpdate> FromProto(const pb::UpdateMilestoneRequest& request);
absl::StatusOr<Extension> FromProto(const pb::GrantExtensionRequest& request);
absl::StatusOr<ListOf<MilestoneKey>> FromProto(const pb::ListExtensionsRequest& request);
absl::StatusOr<ListOf<MilestoneKey>> FromProto(const pb::ListMilestoneStatusesRequest& request);
absl::StatusOr<Upload> FromProto(const pb::CreateUploadRequest& request);
absl::StatusOr<UploadKey> FromProto(const pb::SubmitDraftRequest& request);
absl::StatusOr<UploadKey> FromProto(const pb::CancelUploadRequest& request);
absl::StatusOr<ListOf<std::string>> FromProto(const pb::ListDraftsRequest& request);  // the thesis's id
// The page of the log: `after` is the index of its first entry.
absl::StatusOr<PageRequest> FromProto(const pb::ListReceiptLogEntriesRequest& request);

// Write an answer. Cannot fail.
pb::Milestone ToProto(const Milestone& milestone);
pb::Milestone ToProto(const MilestoneWithLimits& with);
pb::Extension ToProto(const Extension& extension);
pb::MilestoneStatus ToProto(const MilestoneStatus& status);
pb::Upload ToProto(const Upload& upload);
pb::Upload ToProto(const UploadProgress& progress);
pb::Draft ToProto(const Draft& draft);
pb::ReceiptLogHead ToProto(const receipts::LogHead& head);
void AddTo(google::protobuf::RepeatedPtrField<pb::ByteRange>& message, const std::vector<ByteRange>& ranges);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_DRAFTS_PROTO_H_
