#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECK_STORE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECK_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/request_key.h"
#include "services/submissions/checks/draft_checks.h"
#include "services/submissions/content_store.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// PORT: remembers what was found in versions, beside them. Every version of which nothing is remembered is
// pending, so that nothing has to be done, and nothing can be forgotten, when a version is received. Safe for
// concurrent use; a write must not be started from inside a read or a write. Errors as SubmissionStore.
class CheckStore {
 public:
  // A version that is to be looked at.
  struct Pending {
    std::string thesis;
    int64_t number = 0;
    std::string file_name;
    ContentId content;
  };

  // A version that is deposited, and for what.
  struct Deposit {
    int64_t number = 0;
    std::string milestone;  // as Draft::milestone
  };

  class Reader {
   public:
    virtual ~Reader() = default;
    // Pending if nothing is remembered; whether there is such a version is not asked here.
    virtual absl::StatusOr<DraftChecks> Find(absl::string_view thesis, int64_t number) const = 0;
    // What was decided about the findings of a version, oldest first.
    virtual absl::StatusOr<std::vector<FindingDecision>> ListDecisions(absl::string_view thesis,
                                                                       int64_t number) const = 0;
    // Nothing if there is none.
    virtual absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view thesis) const = 0;
    // The programme of a thesis; empty if there is none.
    virtual absl::StatusOr<std::string> ProgrammeOf(absl::string_view thesis) const = 0;
    // The latest version of kind deposit; nothing if there is none.
    virtual absl::StatusOr<std::optional<Deposit>> FindDeposit(absl::string_view thesis) const = 0;
    // The pending versions that were received first, up to `count`. Costs what they cost, not what all
    // versions do.
    virtual absl::StatusOr<std::vector<Pending>> FindPending(int count) const = 0;
    // That of a milestone; the default if none is remembered.
    virtual absl::StatusOr<CheckPolicy> FindPolicy(absl::string_view milestone) const = 0;
    // As SubmissionStore.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  class Writer : public Reader {
   public:
    // Adds or replaces. The version must exist.
    virtual absl::Status Put(const DraftChecks& checks) = 0;
    // The version must exist.
    virtual absl::Status AddDecision(absl::string_view thesis, int64_t number,
                                     const FindingDecision& decision) = 0;
    virtual absl::Status PutPolicy(const CheckPolicy& policy) = 0;
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~CheckStore() = default;
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

// PORT: keeps the extracted text of content, by its digest. Derived data: what is lost is extracted again. No
// index is made of it, of whatever thesis, so that nobody finds in it what they may not read. Safe for
// concurrent use. Errors as ContentStore.
class TextStore {
 public:
  virtual ~TextStore() = default;
  // Replaces what is there.
  virtual absl::Status Put(absl::string_view sha256, absl::string_view text) = 0;
  // Nothing if there is none.
  virtual absl::StatusOr<std::optional<std::string>> Find(absl::string_view sha256) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECK_STORE_H_
