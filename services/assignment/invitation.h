#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/assignment/jury.h"
#include "services/base/caller.h"

// Whether somebody comes to sit on a jury: the invitation, and its life as one table.
namespace soutenance::assignment {

// How far an invitation is. The values are those of soutenance.assignment.v1.Invitation.State. That nobody
// answered in time, or that the person does not hold the seat any more, is never stored: it follows from the
// time and the jury.
enum class InvitationState { kInvited = 1, kAccepted, kDeclined, kExpired, kWithdrawn, kReplaced, kUnseated };
inline constexpr InvitationState kInvitationStates[] = {
    InvitationState::kInvited, InvitationState::kAccepted,  InvitationState::kDeclined,
    InvitationState::kExpired, InvitationState::kWithdrawn, InvitationState::kReplaced,
    InvitationState::kUnseated};
// "withdrawn": how it is stored and shown.
absl::string_view InvitationStateName(InvitationState state);

// Which invitation. A person is invited to a jury once; inviting again continues it.
struct InvitationKey {
  std::string thesis;  // id
  std::string person;  // "people/ana"

  // "theses/42/invitations/ana".
  std::string Name() const;
};
// Reads "theses/42/invitations/ana". INVALID_ARGUMENT.
absl::StatusOr<InvitationKey> ParseInvitationName(absl::string_view name);

struct Invitation {
  static constexpr std::size_t kReasonBytesMax = 2000;
  static constexpr std::size_t kMessageBytesMax = 2000;

  std::string thesis;     // id
  std::string person;     // "people/ana"
  int64_t version = 0;    // counts its changes from 1; 0: not stored yet
  std::string programme;  // "programmes/{id}" of the jury
  Seat::Role role = Seat::Role::kExaminer;
  InvitationState state = InvitationState::kInvited;
  std::optional<absl::Time> respond_by;  // at this instant it can still be accepted
  std::optional<absl::Time> invited;     // nothing: was replaced without having been invited
  std::optional<absl::Time> answered;
  std::string reason;       // of the latest step that needed one
  std::string replaced_by;  // "people/bob", or empty
  std::string message;      // what staff wrote to them

  InvitationKey Key() const { return {.thesis = thesis, .person = person}; }
  std::string Name() const { return Key().Name(); }
  // Whether the person is expected, or may still say so.
  bool IsOpen() const { return state == InvitationState::kInvited || state == InvitationState::kAccepted; }
  // Whether the person does not come, or has let the time pass: their seat is to be given to somebody else.
  bool IsRefused() const;

  // All of it as bytes, for the result that is kept under a request id, and back. DATA_LOSS if `bytes` does
  // not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Invitation> Parse(absl::string_view bytes);

  friend bool operator==(const Invitation&, const Invitation&) = default;
};

// `stored` with the state that it has at `now`, when the jury of its thesis is `jury`, null if there is none.
// Only somebody who is expected loses the seat or lets the time pass.
Invitation AsOf(Invitation stored, const Jury* jury, absl::Time now);

// Something that happened to an invitation.
struct InvitationEvent {
  std::string event;  // "decline"
  absl::Time time;
  std::string account;
  std::string reason;

  friend bool operator==(const InvitationEvent&, const InvitationEvent&) = default;
};

enum class InvitationStep { kInvite, kAccept, kDecline, kWithdraw, kReplace };
// "withdraw": for the history and for sentences.
absl::string_view InvitationStepName(InvitationStep step);

// OK if `caller` may take `invitation`, as AsOf gives it, this step further. PERMISSION_DENIED, reason
// NOT_THE_INVITED or ROLE_NOT_ALLOWED; FAILED_PRECONDITION, reason INVITATION_STEP_REFUSED, names the state,
// what is possible and who may do it; INVALID_ARGUMENT if the step needs a reason and `reason` is empty, or
// if that is too long.
absl::Status CheckInvitationStep(const Caller& caller, const Invitation& invitation, InvitationStep step,
                                 absl::string_view reason);

// The state after `step`.
InvitationState StateAfter(InvitationStep step);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_H_
