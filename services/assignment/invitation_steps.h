#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_STEPS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_STEPS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/assignment/invitation.h"
#include "services/assignment/invitation_store.h"
#include "services/base/caller.h"

// Shared by the sources of Invitations alone.
namespace soutenance::assignment {

// What the invited are told.
struct InvitationWords {
  absl::Time respond_by;
  std::string message;
  absl::Time now;
};

// Invites who holds `seat` on `jury`, as that is in this transaction; nothing if they are invited already or
// have accepted. `writer` null: only says so.
absl::StatusOr<std::optional<Invitation>> InviteTo(const InvitationStore::Reader& reader,
                                                   InvitationStore::Writer* writer, const Caller& caller,
                                                   const Jury& jury, const Seat& seat,
                                                   const InvitationWords& words);

// Writes `invitation`, which `step` has changed, with its line of history; its version is then the new one.
absl::Status RecordStep(InvitationStore::Writer& writer, const Caller& caller, Invitation& invitation,
                        InvitationStep step, absl::Time now);

// As instants are stored: what was answered is what is read again.
inline absl::Time ToWholeMicroseconds(absl::Time time) {
  return absl::FromUnixMicros(absl::ToUnixMicros(time));
}

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_STEPS_H_
