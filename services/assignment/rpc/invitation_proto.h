#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_INVITATION_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_INVITATION_PROTO_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/invitations.h"
#include "services/assignment/loads.h"
#include "services/assignment/proposals.h"
#include "services/base/page.h"
#include "soutenance/assignment/v1/invitations.pb.h"
#include "soutenance/assignment/v1/loads.pb.h"

namespace soutenance::assignment {

// A request to list invitations: of a thesis, of a programme, or the caller's own if both are empty.
struct InvitationQuery {
  std::string thesis;     // id
  std::string programme;  // "programmes/{id}"
  PageRequest page;
};
// A request for reminders.
struct ReminderQuery {
  std::string programme;
  std::vector<int> days_before;
};

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case.
absl::StatusOr<InvitationBatch> FromProto(const v1::InviteJurorsRequest& request);
absl::StatusOr<InvitationKey> FromProto(const v1::GetInvitationRequest& request);
absl::StatusOr<InvitationQuery> FromProto(const v1::ListInvitationsRequest& request);
absl::StatusOr<InvitationChange> FromProto(const v1::AnswerInvitationRequest& request);
absl::StatusOr<InvitationChange> FromProto(const v1::WithdrawInvitationRequest& request);
absl::StatusOr<InvitationKey> FromProto(const v1::ListInvitationEventsRequest& request);
absl::StatusOr<ReminderQuery> FromProto(const v1::RemindJurorsRequest& request);
absl::StatusOr<ReplacementQuery> FromProto(const v1::FindReplacementsRequest& request);
absl::StatusOr<JurorReplacement> FromProto(const v1::ReplaceJurorRequest& request);

absl::StatusOr<std::string> FromProto(const v1::GetLoadRequest& request);  // "people/{id}"
absl::StatusOr<PageRequest> FromProto(const v1::ListLoadsRequest& request);
absl::StatusOr<HeldJuries> FromProto(const v1::RecordHeldJuriesRequest& request);
absl::StatusOr<std::vector<LoadCorrection>> FromProto(const v1::CorrectLoadsRequest& request);

// Write an answer. Cannot fail.
v1::Invitation ToProto(const Invitation& invitation);
v1::InviteJurorsResponse ToProto(const InvitedJurors& invited);
v1::ListInvitationsResponse ToProto(const Page<Invitation>& page);
v1::ListInvitationEventsResponse ToProto(const std::vector<InvitationEvent>& events);
v1::RemindJurorsResponse ToProto(const InvitationReminders& reminders);
v1::FindReplacementsResponse ToProto(const Replacements& replacements);
v1::ReplaceJurorResponse ToProto(const ReplacedJuror& replaced);

v1::Load ToProto(const Load& load);
v1::ListLoadsResponse ToProto(const Page<Load>& page);
v1::RecordHeldJuriesResponse ToProto(const RecordedJuries& recorded);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_INVITATION_PROTO_H_
