#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_STORE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_STORE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/submissions/draft.h"
#include "services/submissions/milestone.h"
#include "services/submissions/outage.h"
#include "services/submissions/receipts/merkle.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// PORT: remembers milestones, uploads, versions and the log of receipts, beside the theses. Safe for
// concurrent use; a write must not be started from inside a read or a write. Errors as SubmissionStore.
class DraftStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // Nothing if there is none.
    virtual absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view id) const = 0;
    virtual absl::StatusOr<std::optional<Milestone>> FindMilestone(absl::string_view programme,
                                                                   absl::string_view id) const = 0;
    virtual absl::StatusOr<std::optional<Upload>> FindUpload(absl::string_view thesis,
                                                             absl::string_view id) const = 0;
    virtual absl::StatusOr<std::optional<Draft>> FindDraft(absl::string_view thesis,
                                                           int64_t number) const = 0;

    // By id, by person, by number as text.
    virtual absl::StatusOr<Page<Milestone>> ListMilestones(absl::string_view programme,
                                                           const PageRequest& page) const = 0;
    virtual absl::StatusOr<Page<Extension>> ListExtensions(const Milestone& milestone,
                                                           const PageRequest& page) const = 0;
    virtual absl::StatusOr<Page<Draft>> ListDrafts(absl::string_view thesis,
                                                   const PageRequest& page) const = 0;
    // The theses of a programme that are being written or defended (IsOut), by id; of one cohort if it is not
    // empty.
    virtual absl::StatusOr<Page<Thesis>> ListTheses(absl::string_view programme, absl::string_view cohort,
                                                    const PageRequest& page) const = 0;

    // The theses of a programme that `person` writes, by id.
    virtual absl::StatusOr<std::vector<Thesis>> ThesesWrittenBy(absl::string_view programme,
                                                                absl::string_view person) const = 0;
    // Nothing if `person` has none.
    virtual absl::StatusOr<std::optional<Extension>> FindExtension(const Milestone& milestone,
                                                                   absl::string_view person) const = 0;
    // The latest extension of one of `people`.
    virtual absl::StatusOr<std::optional<absl::Time>> LatestExtension(
        const Milestone& milestone, const std::vector<std::string>& people) const = 0;
    // The open upload of the same content for the same purpose, and the latest version of that kind.
    virtual absl::StatusOr<std::optional<Upload>> FindOpenUploadLike(const Upload& upload) const = 0;
    virtual absl::StatusOr<std::optional<Draft>> FindLatestDraft(absl::string_view thesis,
                                                                 DraftKind kind) const = 0;
    // The latest version for the milestone, by thesis, and the theses with an open upload for it.
    virtual absl::StatusOr<std::map<std::string, Draft>> DraftsFor(const Milestone& milestone) const = 0;
    virtual absl::StatusOr<std::map<std::string, Upload>> OpenUploadsFor(
        const Milestone& milestone) const = 0;
    virtual absl::StatusOr<int64_t> CountDrafts(absl::string_view thesis) const = 0;
    // Whether a version of this thesis has this content.
    virtual absl::StatusOr<bool> HasContent(absl::string_view thesis, absl::string_view sha256) const = 0;
    // Whether any version, open upload, or annotated file of a review has it.
    virtual absl::StatusOr<bool> IsContentNeeded(absl::string_view sha256) const = 0;
    // Bytes of versions and of open uploads, those in flight included, by account and by programme. Costs the
    // same however many there are.
    virtual absl::StatusOr<int64_t> BytesOfAccount(absl::string_view account) const = 0;
    virtual absl::StatusOr<int64_t> BytesOfProgramme(absl::string_view programme) const = 0;
    // Open uploads that expire before `now`; and whether the upload `id`, of whatever thesis or review, is
    // open.
    virtual absl::StatusOr<std::vector<Upload>> ExpiredUploads(absl::Time now) const = 0;
    virtual absl::StatusOr<bool> IsOpen(absl::string_view upload_id) const = 0;

    // The last sign of life, if there ever was one; the outages that ended after `end`, by begin; all of
    // them, the latest first; the rule of a programme, if it has one of its own.
    virtual absl::StatusOr<std::optional<Pulse>> LastPulse() const = 0;
    virtual absl::StatusOr<std::vector<Outage>> OutagesSince(absl::Time end) const = 0;
    virtual absl::StatusOr<Page<Outage>> ListOutages(const PageRequest& page) const = 0;
    virtual absl::StatusOr<std::optional<OutageRule>> FindOutageRule(absl::string_view programme) const = 0;

    // The log of receipts: its tree, and up to `count` leaf hashes (32 bytes each) from `first` on.
    virtual absl::StatusOr<receipts::LogTree> Log() const = 0;
    virtual absl::StatusOr<std::vector<std::string>> LogLeaves(int64_t first, int count) const = 0;

    // As SubmissionStore.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Adds with version 1. ALREADY_EXISTS, reason MILESTONE_EXISTS.
    virtual absl::Status InsertMilestone(const Milestone& milestone) = 0;
    // Counts the version up. ABORTED, reason STALE_ETAG.
    virtual absl::Status UpdateMilestone(const Milestone& milestone) = 0;
    // Adds or replaces.
    virtual absl::Status PutExtension(const Extension& extension) = 0;
    virtual absl::Status InsertUpload(const Upload& upload) = 0;
    // Changes the state and the version it became. ABORTED, reason STALE_ETAG, unless it is open.
    virtual absl::Status CloseUpload(const Upload& upload) = 0;
    virtual absl::Status InsertDraft(const Draft& draft) = 0;
    // Replaces the tree of the log by `log`, which has one entry more, with this leaf hash.
    virtual absl::Status AppendToLog(const receipts::LogTree& log, absl::string_view leaf_hash) = 0;
    // Replace what there was.
    virtual absl::Status PutPulse(const Pulse& pulse) = 0;
    virtual absl::Status PutOutageRule(const OutageRule& rule) = 0;
    virtual absl::Status InsertOutage(const Outage& outage) = 0;
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~DraftStore() = default;

  // As SubmissionStore.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_STORE_H_
