#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULE_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULE_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/assignment/derogation.h"
#include "services/assignment/rules/rule.h"
#include "services/base/page.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// PORT: remembers the rules of programmes and what was lifted, in the same database as juries. Safe for
// concurrent use; a write must not be started from inside a read or a write.
class RuleStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // The rules of `programme` (id); nothing if it has none.
    virtual absl::StatusOr<std::optional<rules::RuleSet>> FindRuleSet(absl::string_view programme) const = 0;
    // The derogations for the juries of `theses` (ids), by thesis and rule.
    virtual absl::StatusOr<std::vector<Derogation>> FindDerogations(
        absl::Span<const std::string> theses) const = 0;
    // Those of `programme` (id) by thesis and rule; PageRequest::after is "<thesis>/<rule>".
    virtual absl::StatusOr<Page<Derogation>> ListDerogations(absl::string_view programme,
                                                             const PageRequest& page) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Writes `set` with the version `set.version` + 1 in place of the one with version `set.version`, or as
    // the first if that is 0. ABORTED, reason STALE_ETAG, if another one is stored.
    virtual absl::Status PutRuleSet(const rules::RuleSet& set) = 0;
    // Writes `derogation`, in place of the one for the same thesis and rule if there is one.
    virtual absl::Status PutDerogation(const Derogation& derogation) = 0;
    // Forgets it, if there is one.
    virtual absl::Status DeleteDerogation(const Derogation& derogation) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~RuleStore() = default;

  // As AssignmentStore::Write and Read.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULE_STORE_H_
