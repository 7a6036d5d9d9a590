#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_CHECKS_PROTO_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_CHECKS_PROTO_H_

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/submissions/checks/checks.h"
#include "services/submissions/rpc/drafts_proto.h"
#include "soutenance/submissions/v1/checks.pb.h"

namespace soutenance::submissions {

// Two versions of one thesis.
struct DraftPair {
  std::string thesis;  // the id
  int64_t number = 0;
  int64_t other = 0;
};

// Read requests. INVALID_ARGUMENT, reason FIELD_INVALID, as in drafts_proto.h.
absl::StatusOr<ListOf<std::string>> FromProto(const pb::ListDraftChecksRequest& request);  // the thesis's id
absl::StatusOr<DraftPair> FromProto(const pb::CompareDraftsRequest& request);
absl::StatusOr<CheckPolicy> FromProto(const pb::SetCheckPolicyRequest& request);
absl::StatusOr<FindingKey> FromProto(const pb::OverrideFindingRequest& request);
absl::StatusOr<FindingKey> FromProto(const pb::WithdrawOverrideRequest& request);

// Write an answer. Cannot fail.
pb::DraftChecks ToProto(const JudgedChecks& judged);
pb::DraftComparison ToProto(const DraftPair& pair, const DraftComparison& comparison);
pb::CheckPolicy ToProto(const CheckPolicy& policy);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_CHECKS_PROTO_H_
