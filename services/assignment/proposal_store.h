#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_STORE_H_

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/assignment/proposal.h"
#include "services/base/page.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// PORT: remembers proposals, in the same database as juries. Safe for concurrent use; a write must not be
// started from inside a read or a write.
class ProposalStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // Nothing if there is none.
    virtual absl::StatusOr<std::optional<Proposal>> FindProposal(absl::string_view id) const = 0;
    // Those of `programme` ("programmes/msi"), the newest first; PageRequest::after is the id of the last one
    // seen.
    virtual absl::StatusOr<Page<Proposal>> ListProposals(absl::string_view programme,
                                                         const PageRequest& page) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Writes `proposal` with the version `proposal.version` + 1 in place of the one with version
    // `proposal.version`, or as new if that is 0. ABORTED, reason STALE_ETAG, if another one is stored.
    virtual absl::Status PutProposal(const Proposal& proposal) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~ProposalStore() = default;

  // As AssignmentStore::Write and Read.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_STORE_H_
