#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_INVITATIONS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_INVITATIONS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/assignment/assignment.h"
#include "services/assignment/conflict_gate.h"
#include "services/assignment/invitation.h"
#include "services/assignment/invitation_store.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// Whom to invite.
struct InvitationBatch {
  static constexpr std::size_t kThesesMax = 1000;

  std::string programme;            // "programmes/{id}"
  std::vector<std::string> theses;  // ids, at least one
  std::vector<std::string> people;  // only these; empty: everybody but supervisors and company tutors
  std::vector<Seat> seats;          // to be added to the jury of the only thesis, and invited
  absl::Time respond_by;
  std::string message;
};

// Who was invited.
struct InvitedJurors {
  std::vector<Invitation> invitations;
  int unchanged = 0;  // were invited already, or have accepted

  std::string Serialize() const;
  static absl::StatusOr<InvitedJurors> Parse(absl::string_view bytes);
};

// One step of one invitation.
struct InvitationChange {
  InvitationKey key;
  InvitationStep step = InvitationStep::kAccept;  // kAccept, kDecline or kWithdraw
  std::string reason;
  std::optional<int64_t> version;  // refused if it has another one now
};

// Who is to be told that their answer is missing.
struct InvitationReminder {
  Invitation invitation;
  int days_before = 0;  // 0: past

  friend bool operator==(const InvitationReminder&, const InvitationReminder&) = default;
};
// Reminders as the result of a call.
struct InvitationReminders {
  std::vector<InvitationReminder> items;

  std::string Serialize() const;
  static absl::StatusOr<InvitationReminders> Parse(absl::string_view bytes);
};

// Somebody's seat for somebody else.
struct JurorReplacement {
  std::string thesis;  // id
  std::string person;
  std::string replacement;
  std::optional<Seat::Mode> mode;  // nothing: as the profile says
  std::string reason;
  std::optional<absl::Time> respond_by;  // nothing: the replacement is not invited
  std::string message;
  std::optional<int64_t> version;  // of the jury
};

struct ReplacedJuror {
  Jury jury;
  Invitation closed;
  std::optional<Invitation> invitation;

  std::string Serialize() const;
  static absl::StatusOr<ReplacedJuror> Parse(absl::string_view bytes);
};

// The use cases about invitations; invitations.proto says what each does and refuses. Callers have passed the
// call pipeline. Everybody who is invited passes the gates of SetJury: the rules of the programme and
// conflicts of interest. Safe for concurrent use.
//
// All return what the stores and the other services return when they cannot be reached: UNAVAILABLE. Those
// with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request. What
// `caller` may not know of is NOT_FOUND, reason INVITATION_NOT_FOUND or JURY_NOT_FOUND.
class Invitations {
 public:
  // All must outlive it.
  struct Parts {
    InvitationStore& store;
    const Assignment& assignment;  // what SetJury checks
    const ConflictGate& conflicts;
    const ThesisLookup& theses;
    const Clock& clock;
  };
  explicit Invitations(const Parts& parts) : parts_(parts) {}

  absl::StatusOr<InvitedJurors> Invite(const Caller& caller, const InvitationBatch& batch,
                                       const Mutation& mutation);
  absl::StatusOr<Invitation> Get(const Caller& caller, const InvitationKey& key) const;
  // Those to a jury, by person; only the caller's own if they do not run its programme.
  absl::StatusOr<std::vector<Invitation>> ListOfThesis(const Caller& caller, const std::string& thesis) const;
  // Those of a programme that `caller` runs, or the caller's own if `programme` is empty.
  absl::StatusOr<Page<Invitation>> List(const Caller& caller, const std::string& programme,
                                        const PageRequest& page) const;
  absl::StatusOr<Invitation> Change(const Caller& caller, const InvitationChange& change,
                                    const Mutation& mutation);
  absl::StatusOr<std::vector<InvitationEvent>> ListEvents(const Caller& caller,
                                                          const InvitationKey& key) const;
  // `days_before`: 1 to 60 each; empty: 3 and 1.
  absl::StatusOr<InvitationReminders> Remind(const Caller& caller, const std::string& programme,
                                             std::vector<int> days_before, const Mutation& mutation);
  // Writes the jury, closes one invitation and makes the other in one transaction.
  absl::StatusOr<ReplacedJuror> Replace(const Caller& caller, const JurorReplacement& replacement,
                                        const Mutation& mutation);

 private:
  struct Plan;
  absl::StatusOr<Plan> PlanInvitations(const Caller& caller, const InvitationBatch& batch) const;
  // What is between them and the thesis now.
  absl::Status AdmitAgain(const Caller& caller, const Invitation& invitation) const;

  const Parts parts_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_INVITATIONS_H_
