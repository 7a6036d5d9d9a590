#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_STORE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/assignment/conflict_records.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// PORT: remembers declarations, answers, decisions and policies, in the same database as juries. Safe for
// concurrent use; a write must not be started from inside a read or a write.
class ConflictStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    virtual absl::StatusOr<std::optional<conflicts::Declaration>> FindDeclaration(
        absl::string_view programme, absl::string_view declarer, absl::string_view other) const = 0;
    // Those of a programme, by declarer and other; only those of `declarer` if that is not empty.
    virtual absl::StatusOr<std::vector<conflicts::Declaration>> DeclarationsIn(
        absl::string_view programme, absl::string_view declarer) const = 0;
    // Those of every programme in which one of `people` is on either side, each once.
    virtual absl::StatusOr<std::vector<conflicts::Declaration>> DeclarationsAbout(
        absl::Span<const std::string> people) const = 0;
    // The answers of a programme, by person.
    virtual absl::StatusOr<std::vector<ConflictAnswer>> AnswersIn(absl::string_view programme) const = 0;
    virtual absl::StatusOr<std::optional<ConflictAnswer>> FindAnswer(absl::string_view programme,
                                                                     absl::string_view person) const = 0;
    // The last decision about each person and one of `theses` (ids), by thesis and person.
    virtual absl::StatusOr<std::vector<ConflictDecision>> LastDecisions(
        absl::Span<const std::string> theses) const = 0;
    // All decisions about the two, oldest first.
    virtual absl::StatusOr<std::vector<ConflictDecision>> Decisions(absl::string_view thesis,
                                                                    absl::string_view person) const = 0;
    // That of a programme; one with version 0 if nobody has set it.
    virtual absl::StatusOr<ConflictPolicy> FindPolicy(absl::string_view programme) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Adds it, or replaces what the declarer said about the same person in the same programme.
    virtual absl::Status PutDeclaration(const conflicts::Declaration& declaration) = 0;
    // Nothing happens if there is none.
    virtual absl::Status RemoveDeclaration(absl::string_view programme, absl::string_view declarer,
                                           absl::string_view other) = 0;
    virtual absl::Status PutAnswer(const ConflictAnswer& answer) = 0;
    // Adds the decision after the one with version `decision.version` - 1, the last one or none. ABORTED,
    // reason STALE_ETAG, if another one is the last.
    virtual absl::Status AddDecision(const ConflictDecision& decision) = 0;
    // Writes `policy` with the version `policy.version` + 1. ABORTED, reason STALE_ETAG, if another version
    // than `policy.version` is stored.
    virtual absl::Status PutPolicy(const ConflictPolicy& policy) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~ConflictStore() = default;

  // As AssignmentStore::Write and Read.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_STORE_H_
