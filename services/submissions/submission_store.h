#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_SUBMISSION_STORE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_SUBMISSION_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// Which theses a list may contain: those of `programmes`, and those in which `person` has a part.
struct ThesisSelection {
  bool all = false;                     // every one; the next two do not matter
  std::vector<std::string> programmes;  // "programmes/msi"
  std::string person;                   // "people/ana"; empty: nobody
  std::string only_programme;           // if not empty, only those of it

  friend bool operator==(const ThesisSelection&, const ThesisSelection&) = default;
};

// PORT: remembers theses. Safe for concurrent use; a write must not be started from inside a read or a write.
class SubmissionStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // Nothing if there is no such thesis.
    virtual absl::StatusOr<std::optional<Thesis>> Find(absl::string_view id) const = 0;
    // Those of `ids` that exist, in the order of `ids`, each once.
    virtual absl::StatusOr<std::vector<Thesis>> FindAll(absl::Span<const std::string> ids) const = 0;
    // The ids of all theses that somebody of `people` wrote, ordered.
    virtual absl::StatusOr<std::vector<std::string>> IdsByAuthors(
        absl::Span<const std::string> people) const = 0;
    // The selected theses by id.
    virtual absl::StatusOr<Page<Thesis>> List(const ThesisSelection& selection,
                                              const PageRequest& page) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Adds `thesis` with version 1, whatever version it has. ALREADY_EXISTS, reason THESIS_EXISTS.
    virtual absl::Status Insert(const Thesis& thesis) = 0;
    // Replaces the thesis of that id and counts its version up. ABORTED, reason STALE_ETAG, if the stored
    // version is not `thesis.version`, or nothing is stored.
    virtual absl::Status Update(const Thesis& thesis) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~SubmissionStore() = default;

  // Runs `work` in one transaction that excludes other writers: commits if it returns OK, otherwise rolls
  // back and returns its error. May run `work` again, so it must not have other effects. UNAVAILABLE, reason
  // STORE_BUSY or STORE_DOWN; RESOURCE_EXHAUSTED, reason STORE_FULL.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;

  // Runs `look` on one consistent snapshot.
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_SUBMISSION_STORE_H_
