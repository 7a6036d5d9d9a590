#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// A score that somebody put in place of the computed one. Overrides are only ever added; the one with the
// highest version counts.
struct ExpertiseOverride {
  std::string thesis;           // id
  std::string person;           // "people/{id}"
  int64_t version = 0;          // from 1
  std::optional<double> score;  // 0 to 1; nothing: the computed one counts again
  std::string reason;
  std::string account;  // "accounts/{id}"
  absl::Time time;

  // For the result that is kept under a request id, and back. DATA_LOSS if `bytes` does not come from
  // Serialize. Scores are kept to a millionth.
  std::string Serialize() const;
  static absl::StatusOr<ExpertiseOverride> Parse(absl::string_view bytes);

  friend bool operator==(const ExpertiseOverride&, const ExpertiseOverride&) = default;
};

// PORT: remembers overrides, in the same database as juries. Safe for concurrent use; a write must not be
// started from inside a read or a write.
class ExpertiseStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // The last override of each person and one of `theses` (ids), by thesis and person.
    virtual absl::StatusOr<std::vector<ExpertiseOverride>> LastOverrides(
        absl::Span<const std::string> theses) const = 0;
    // All overrides of the two, oldest first.
    virtual absl::StatusOr<std::vector<ExpertiseOverride>> Overrides(absl::string_view thesis,
                                                                     absl::string_view person) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Adds it after the last one of the two. ABORTED, reason STALE_ETAG, if the last one's version is not
    // `added.version` - 1.
    virtual absl::Status AddOverride(const ExpertiseOverride& added) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~ExpertiseStore() = default;

  // As AssignmentStore::Write and Read.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_STORE_H_
