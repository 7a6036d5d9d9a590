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
#include "services/submissions/problem.h"
#include "services/submissions/thesis.h"
#include "services/submissions/thesis_change.h"

namespace soutenance::submissions {

// Which theses a list may contain: those of `programmes`, those in which `person` has a part, those of `ids`,
// and those that are disseminated.
struct ThesisSelection {
  bool all = false;                     // every one; the next two do not matter
  std::vector<std::string> programmes;  // "programmes/msi"
  std::string person;                   // "people/ana"; empty: nobody
  std::string only_programme;           // if not empty, only those of it
  bool has_disseminated = false;        // whether those count that are disseminated
  std::vector<std::string> ids;         // ordered
  std::string only_cohort;              // if not empty, only those of it
  States only_states;                   // if not empty, only those in one of these

  friend bool operator==(const ThesisSelection&, const ThesisSelection&) = default;
};

// PORT: remembers theses, their life, and the bank of problems. Safe for concurrent use; a write must not be
// started from inside a read or a write.
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
    // What the conditions of events are about.
    virtual absl::StatusOr<LifeFacts> FindLifeFacts(absl::string_view thesis) const = 0;
    // Those on the subject as it was proposed last, by side; what happened, by number (`after` is a number as
    // text); by name of the notice.
    virtual absl::StatusOr<std::vector<Opinion>> ListOpinions(absl::string_view thesis) const = 0;
    virtual absl::StatusOr<Page<ThesisChange>> ListChanges(absl::string_view thesis,
                                                           const PageRequest& page) const = 0;
    virtual absl::StatusOr<Page<Notice>> ListNotices(const NoticeSelection& selection,
                                                     const PageRequest& page) const = 0;

    // Nothing if there is none.
    virtual absl::StatusOr<std::optional<Problem>> FindProblem(absl::string_view id) const = 0;
    // Of all programmes, by id: who may see which is decided by the reader of it.
    virtual absl::StatusOr<Page<Problem>> ListProblems(absl::string_view only_programme,
                                                       const PageRequest& page) const = 0;
    virtual absl::StatusOr<std::optional<Wish>> FindWish(absl::string_view problem,
                                                         absl::string_view person) const = 0;
    // By student.
    virtual absl::StatusOr<std::vector<Wish>> ListWishes(absl::string_view problem) const = 0;

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
    // Adds or replaces the opinion of its side on the subject as it is proposed now.
    virtual absl::Status PutOpinion(const Opinion& opinion) = 0;
    // Adds `change` as the next one of its thesis and returns its number, and adds who is told of it.
    virtual absl::StatusOr<int64_t> AddChange(const ThesisChange& change) = 0;
    virtual absl::Status AddNotice(const Notice& notice) = 0;
    // Adds with version 1. ALREADY_EXISTS, reason PROBLEM_EXISTS.
    virtual absl::Status InsertProblem(const Problem& problem) = 0;
    // Counts the version up. ABORTED, reason STALE_ETAG.
    virtual absl::Status UpdateProblem(const Problem& problem) = 0;
    // Adds or replaces.
    virtual absl::Status PutWish(const Wish& wish) = 0;
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
