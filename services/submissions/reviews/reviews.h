#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/content_store.h"
#include "services/submissions/people_lookup.h"
#include "services/submissions/reviews/review_store.h"
#include "services/submissions/reviews/reviewer_check.h"
#include "services/submissions/reviews/transitions.h"

namespace soutenance::submissions {

// One step of one review.
struct ReviewChange {
  ReviewKey key;
  ReviewStep step = ReviewStep::kAccept;
  std::string reason;
  std::optional<int64_t> version;  // refused if it has another one now
};

// Who is to be told that something is missing.
struct ReviewReminder {
  Review review;
  bool answer_missing = false;  // otherwise the review is
  absl::Time due;
  int days_before = 0;  // 0: overdue

  friend bool operator==(const ReviewReminder&, const ReviewReminder&) = default;
};
// Reminders as the result of a call.
struct ReviewReminders {
  std::vector<ReviewReminder> items;

  std::string Serialize() const;
  static absl::StatusOr<ReviewReminders> Parse(absl::string_view bytes);
};

// The use cases about grids and reviews, with every rule and refusal. Safe for concurrent use. All return
// what the stores return when they cannot be reached. Those with a Mutation return INVALID_ARGUMENT, reason
// REQUEST_ID_REUSED, for the id of another request. What `caller` may not see is NOT_FOUND, reason
// THESIS_NOT_FOUND, REVIEW_NOT_FOUND or GRID_NOT_FOUND.
class Reviews {
 public:
  // All must outlive it.
  Reviews(ReviewStore& store, ContentStore& contents, const PeopleLookup& people,
          const ReviewerCheck& conflicts, const Clock& clock)
      : store_(store), contents_(contents), people_(people), conflicts_(conflicts), clock_(clock) {}

  absl::StatusOr<Grid> GetGrid(const Caller& caller, const GridKey& key) const;
  // Empty if `caller` has no role in the programme.
  absl::StatusOr<Page<Grid>> ListGrids(const Caller& caller, absl::string_view programme,
                                       const PageRequest& page) const;
  // Creates or replaces. `version`: refused if it has another one now.
  absl::StatusOr<Grid> SetGrid(const Caller& caller, const Grid& grid, std::optional<int64_t> version,
                               const Mutation& mutation);

  // `given` has thesis, reviewer, times, grid and draft. Also returns the errors of ReviewerCheck; ABORTED,
  // reason STALE_ETAG, if the thesis got other people while it was asked.
  absl::StatusOr<Review> Invite(const Caller& caller, const Review& given, const Mutation& mutation);
  absl::StatusOr<Review> Get(const Caller& caller, const ReviewKey& key) const;
  // Those of a thesis that `caller` may see.
  absl::StatusOr<std::vector<Review>> ListOfThesis(const Caller& caller, absl::string_view thesis) const;
  // Those of a programme that `caller` runs, or the caller's own if `programme` is empty.
  absl::StatusOr<Page<Review>> List(const Caller& caller, absl::string_view programme,
                                    const PageRequest& page) const;
  // `given` has the key, opinion, comments and marks.
  absl::StatusOr<Review> Save(const Caller& caller, const Review& given, std::optional<int64_t> version,
                              const Mutation& mutation);
  absl::StatusOr<Review> Change(const Caller& caller, const ReviewChange& change, const Mutation& mutation);
  absl::StatusOr<std::vector<ReviewEvent>> ListEvents(const Caller& caller, const ReviewKey& key) const;

  // Only of reviewers whose answer or review is missing, and each threshold once. `days_before`: 1 to 60.
  absl::StatusOr<ReviewReminders> Remind(const Caller& caller, const std::string& programme,
                                         std::vector<int> days_before, const Mutation& mutation);

  // Takes an annotated file: the content is on the disk before the review says that it is there.
  class FileWriter {
   public:
    virtual ~FileWriter() = default;
    // The next bytes.
    virtual absl::Status Write(absl::string_view bytes) = 0;
    // FAILED_PRECONDITION, reason UPLOAD_INCOMPLETE, DIGEST_MISMATCH.
    virtual absl::StatusOr<Review> Finish() = 0;
  };
  // INVALID_ARGUMENT; the errors of a step. Drops what came unless Finish is called. Used by one thread.
  absl::StatusOr<std::unique_ptr<FileWriter>> AttachFile(const Caller& caller, const ReviewKey& key,
                                                         const ReviewFile& file);
  // NOT_FOUND, reason REVIEW_FILE_NOT_FOUND.
  absl::StatusOr<std::unique_ptr<ContentStore::Reader>> OpenFile(const Caller& caller,
                                                                 const ReviewKey& key) const;

 private:
  class Attachment;

  ReviewStore& store_;
  ContentStore& contents_;
  const PeopleLookup& people_;
  const ReviewerCheck& conflicts_;
  const Clock& clock_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWS_H_
