#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_ASSIGNMENT_STORE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_ASSIGNMENT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/assignment/decision.h"
#include "services/assignment/derogation.h"
#include "services/assignment/jury.h"
#include "services/assignment/profile.h"
#include "services/assignment/rules/rule.h"
#include "services/base/page.h"
#include "services/base/request_key.h"

namespace soutenance::assignment {

// Which juries a list may contain: those of `programmes`, those on which `person` sits, and those of
// `theses`.
struct JurySelection {
  bool all = false;                     // every one; the next three do not matter
  std::vector<std::string> programmes;  // "programmes/msi"
  std::string person;                   // "people/ana"; empty: nobody
  std::vector<std::string> theses;      // ids
  std::string only_programme;           // if not empty, only those of it

  friend bool operator==(const JurySelection&, const JurySelection&) = default;
};

// Which decisions a list may contain: those that meet all that is said.
struct DecisionSelection {
  bool all = false;                     // of every programme; `programmes` does not matter
  std::vector<std::string> programmes;  // "programmes/msi"
  std::string thesis;                   // id; empty: of any
  std::string person;                   // "people/ana": about their seats; empty: of anybody

  friend bool operator==(const DecisionSelection&, const DecisionSelection&) = default;
};

// PORT: remembers juries, and every decision that made them. Safe for concurrent use; a write must not be
// started from inside a read or a write.
class AssignmentStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // The jury of a thesis; nothing if it has none.
    virtual absl::StatusOr<std::optional<Jury>> Find(absl::string_view thesis) const = 0;
    // The juries of `theses` (ids), in the order of `theses`, each once; theses without jury are left out.
    virtual absl::StatusOr<std::vector<Jury>> FindAll(absl::Span<const std::string> theses) const = 0;
    // The selected juries by the id of their thesis.
    virtual absl::StatusOr<Page<Jury>> List(const JurySelection& selection,
                                            const PageRequest& page) const = 0;
    // The juries on which one of `people` ("people/ana") sits, by the id of their thesis.
    virtual absl::StatusOr<std::vector<Jury>> FindJuriesOf(absl::Span<const std::string> people) const = 0;
    // What juries are judged by, on the same snapshot; as ProfileStore and RuleStore, which write it, find
    // it.
    virtual absl::StatusOr<std::vector<Profile>> FindProfiles(absl::Span<const std::string> people) const = 0;
    virtual absl::StatusOr<std::optional<rules::RuleSet>> FindRuleSet(absl::string_view programme) const = 0;
    virtual absl::StatusOr<std::vector<Derogation>> FindDerogations(
        absl::Span<const std::string> theses) const = 0;
    // The selected decisions, the newest first; the page's `after` is the number of a decision.
    virtual absl::StatusOr<Page<JuryDecision>> ListDecisions(const DecisionSelection& selection,
                                                             const PageRequest& page) const = 0;
    // A batch, with what undid it; nothing if there is none.
    virtual absl::StatusOr<std::optional<JuryBatch>> FindBatch(absl::string_view id) const = 0;
    // The decisions of a batch, by thesis.
    virtual absl::StatusOr<std::vector<JuryDecision>> DecisionsOf(absl::string_view batch) const = 0;
    // The decisions about juries of `batch` that were made after it, the oldest first.
    virtual absl::StatusOr<std::vector<JuryDecision>> DecisionsAfter(absl::string_view batch) const = 0;
    // The batches with decisions in `programme`, with what undid them, the newest first by id.
    virtual absl::StatusOr<Page<JuryBatch>> ListBatches(absl::string_view programme,
                                                        const PageRequest& page) const = 0;
    // The result of the earlier call with this key; nothing if there was none or the key is not protected.
    // INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Juries are written by WriteJury (jury_writing.h), which leaves a decision, and by nothing else.
    //
    // Adds `jury`, whatever version it has, and returns its version: 1, or one more than the thesis's jury
    // had when it was dissolved. ALREADY_EXISTS, reason JURY_EXISTS.
    virtual absl::StatusOr<int64_t> Insert(const Jury& jury) = 0;
    // Replaces the jury of that thesis and counts its version up. ABORTED, reason STALE_ETAG, if the stored
    // version is not `jury.version`, or nothing is stored.
    virtual absl::Status Update(const Jury& jury) = 0;
    // Dissolves the jury of that thesis. ABORTED as Update.
    virtual absl::Status Dissolve(const Jury& jury) = 0;
    // Adds a decision, whatever number it has. ALREADY_EXISTS if the jury has one of this version.
    virtual absl::Status AddDecision(const JuryDecision& decision) = 0;
    virtual absl::Status AddBatch(const JuryBatch& batch) = 0;
    // Remembers the result of a protected call.
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~AssignmentStore() = default;

  // Runs `work` in one transaction that excludes other writers: commits if it returns OK, otherwise rolls
  // back and returns its error. May run `work` again, so it must not have other effects. UNAVAILABLE, reason
  // STORE_BUSY or STORE_DOWN; RESOURCE_EXHAUSTED, reason STORE_FULL.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;

  // Runs `look` on one consistent snapshot.
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_ASSIGNMENT_STORE_H_
