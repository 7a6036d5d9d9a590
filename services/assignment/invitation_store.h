#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/invitation.h"
#include "services/base/page.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// A threshold of which somebody was told.
struct InvitationReminderKey {
  InvitationKey invitation;
  int days_before = 0;    // 0: past
  absl::Time respond_by;  // a new time is a new reminder
};

// PORT: remembers invitations, in the same database as juries: both change in one transaction. Safe for
// concurrent use; a write must not be started from inside a read or a write.
class InvitationStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // The juries of the same snapshot.
    virtual const AssignmentStore::Reader& juries() const = 0;
    // As it is stored; nothing if there is none.
    virtual absl::StatusOr<std::optional<Invitation>> FindInvitation(const InvitationKey& key) const = 0;
    // Those to the juries of `theses` (ids), by thesis and person.
    virtual absl::StatusOr<std::vector<Invitation>> ListOfTheses(
        absl::Span<const std::string> theses) const = 0;
    // Those of a programme, or of a person; by thesis and person. Page::next is a name.
    virtual absl::StatusOr<Page<Invitation>> ListOfProgramme(absl::string_view programme,
                                                             const PageRequest& page) const = 0;
    virtual absl::StatusOr<Page<Invitation>> ListOfPerson(absl::string_view person,
                                                          const PageRequest& page) const = 0;
    // What happened, in order.
    virtual absl::StatusOr<std::vector<InvitationEvent>> ListEvents(const InvitationKey& key) const = 0;
    virtual absl::StatusOr<bool> WasReminded(const InvitationReminderKey& key) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // The juries of the same transaction.
    virtual AssignmentStore::Writer& jury_writer() = 0;
    // Writes `invitation` with the version `invitation.version` + 1 in place of the one with version
    // `invitation.version`, or as the first if that is 0. ABORTED, reason STALE_ETAG, if another one is
    // stored.
    virtual absl::Status PutInvitation(const Invitation& invitation) = 0;
    virtual absl::Status AddEvent(const InvitationKey& key, const InvitationEvent& event) = 0;
    virtual absl::Status RememberReminder(const InvitationReminderKey& key, absl::Time now) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~InvitationStore() = default;

  // As AssignmentStore::Write and Read.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_INVITATION_STORE_H_
