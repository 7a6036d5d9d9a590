#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_LOAD_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_LOAD_STORE_H_

#include <optional>
#include <set>
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
#include "services/assignment/load.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// PORT: the ledger of loads, in the same database as juries. Safe for concurrent use; a write must not be
// started from inside a read or a write.
class LoadStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // The juries of the same snapshot, and the invitations to those of `theses` (ids) as they are stored.
    virtual const AssignmentStore::Reader& juries() const = 0;
    virtual absl::StatusOr<std::vector<Invitation>> ListInvitations(
        absl::Span<const std::string> theses) const = 0;
    // Everybody who has a profile.
    virtual absl::StatusOr<std::vector<std::string>> PeopleWithProfile() const = 0;
    // Seats on juries that stand and that the ledger does not have, without those whose invitation was
    // declined, withdrawn; by person, programme and role. `person` empty: everybody's.
    virtual absl::StatusOr<std::vector<SeatCount>> CountStanding(absl::string_view person) const = 0;
    // What the ledger remembers, corrections included; by person, year, programme and role. `person` as
    // above.
    virtual absl::StatusOr<std::vector<SeatCount>> CountPast(absl::string_view person) const = 0;
    // What was recorded of `theses` (ids), by thesis and person.
    virtual absl::StatusOr<std::vector<HeldSeat>> FindHeld(absl::Span<const std::string> theses) const = 0;
    // Those of `theses` (ids) of which something was recorded.
    virtual absl::StatusOr<std::set<std::string>> FindRecorded(
        absl::Span<const std::string> theses) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Replaces what was recorded of one thesis.
    virtual absl::Status PutHeld(const std::string& thesis, const std::vector<HeldSeat>& seats,
                                 absl::Time now) = 0;
    // `account` is who makes it.
    virtual absl::Status AddCorrection(const LoadCorrection& correction, const std::string& account,
                                       absl::Time now) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~LoadStore() = default;

  // As AssignmentStore::Write and Read.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_LOAD_STORE_H_
