#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/assignment/profile.h"
#include "services/base/page.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// PORT: remembers profiles, in the same database as juries. Safe for concurrent use; a write must not be
// started from inside a read or a write.
class ProfileStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // The profiles of `people` (ids), in the order of `people`, each once; people without are left out.
    virtual absl::StatusOr<std::vector<Profile>> FindAll(absl::Span<const std::string> people) const = 0;
    // All profiles by the id of their person.
    virtual absl::StatusOr<Page<Profile>> List(const PageRequest& page) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Writes `profile` with the version `profile.version` + 1 in place of the one with version
    // `profile.version`, or as the first if that is 0. ABORTED, reason STALE_ETAG, if another one is stored.
    virtual absl::Status Put(const Profile& profile) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~ProfileStore() = default;

  // As AssignmentStore::Write and Read.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROFILE_STORE_H_
