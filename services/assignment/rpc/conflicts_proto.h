#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICTS_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICTS_PROTO_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/conflict_desk.h"
#include "services/base/page.h"
#include "soutenance/assignment/v1/conflicts.pb.h"

namespace soutenance::assignment {

namespace pb = ::soutenance::assignment::v1;

// A thesis and a person, as in "theses/{thesis}/conflicts/{person}".
struct ConflictKey {
  std::string thesis;  // id
  std::string person;  // "people/{id}"
};
// Whom to ask.
struct ConflictCall {
  std::string programme;
  std::set<std::string> people;
  bool only_new = false;
};
struct DeclarationQuery {
  std::string programme;
  PageRequest page;
};
struct AnswerQuery {
  std::string programme;
  std::set<AnswerState> states;
  PageRequest page;
};
struct PolicyChange {
  ConflictPolicy policy;
  std::optional<int64_t> version;
};

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case.
absl::StatusOr<conflicts::Declaration> FromProto(const pb::DeclareConflictRequest& request);
absl::StatusOr<conflicts::Declaration> FromProto(const pb::WithdrawDeclarationRequest& request);
absl::StatusOr<DeclarationQuery> FromProto(const pb::ListDeclarationsRequest& request);
absl::StatusOr<std::string> FromProto(const pb::AnswerConflictsRequest& request);  // the programme
absl::StatusOr<ConflictCall> FromProto(const pb::AskForConflictsRequest& request);
absl::StatusOr<AnswerQuery> FromProto(const pb::ListConflictAnswersRequest& request);
absl::StatusOr<ConflictKey> FromProto(const pb::GetConflictRequest& request);
absl::StatusOr<ConflictQuery> FromProto(const pb::ListConflictsRequest& request);
absl::StatusOr<ConflictPin> FromProto(const pb::PinConflictRequest& request);
absl::StatusOr<ConflictPin> FromProto(const pb::UnpinConflictRequest& request);
absl::StatusOr<std::string> FromProto(const pb::GetConflictPolicyRequest& request);  // the programme
absl::StatusOr<PolicyChange> FromProto(const pb::SetConflictPolicyRequest& request);
absl::StatusOr<std::vector<conflicts::Thesis>> FromProto(const pb::CheckThesisChangesRequest& request);
struct ReviewerToCheck {
  conflicts::Thesis thesis;
  std::string person;
};
absl::StatusOr<ReviewerToCheck> FromProto(const pb::CheckReviewerRequest& request);

// Write an answer. Cannot fail.
pb::Declaration ToProto(const conflicts::Declaration& declaration);
pb::ConflictAnswer ToProto(const ConflictAnswer& answer);
pb::Conflict ToProto(const SeenConflict& conflict);
pb::ConflictPolicy ToProto(const ConflictPolicy& policy);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_CONFLICTS_PROTO_H_
