#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEW_STORE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEW_STORE_H_

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
#include "services/submissions/reviews/grid.h"
#include "services/submissions/reviews/review.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// A threshold of which a reviewer was told.
struct ReminderKey {
  ReviewKey review;
  std::string missing;  // "answer" or "review"
  int days_before = 0;  // 0: overdue
  absl::Time due;       // a new limit is a new reminder
};

// PORT: remembers grids and reviews, beside the theses. Safe for concurrent use; a write must not be started
// from inside a read or a write. Errors as SubmissionStore.
class ReviewStore {
 public:
  // What can be asked, on one consistent snapshot.
  class Reader {
   public:
    virtual ~Reader() = default;

    // Nothing if there is none.
    virtual absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view id) const = 0;
    virtual absl::StatusOr<std::optional<Draft>> FindDraft(absl::string_view thesis,
                                                           int64_t number) const = 0;
    virtual absl::StatusOr<std::optional<Grid>> FindGrid(absl::string_view programme,
                                                         absl::string_view id) const = 0;
    virtual absl::StatusOr<std::optional<Review>> FindReview(const ReviewKey& key) const = 0;

    // By id.
    virtual absl::StatusOr<Page<Grid>> ListGrids(absl::string_view programme,
                                                 const PageRequest& page) const = 0;
    // All of one thesis, by reviewer.
    virtual absl::StatusOr<std::vector<Review>> ListOfThesis(absl::string_view thesis) const = 0;
    // Those of a programme, or those of a reviewer; by name. Page::next is a name.
    virtual absl::StatusOr<Page<Review>> ListOfProgramme(absl::string_view programme,
                                                         const PageRequest& page) const = 0;
    virtual absl::StatusOr<Page<Review>> ListOfReviewer(absl::string_view person,
                                                        const PageRequest& page) const = 0;
    // Handed in, with marks, by this grid.
    virtual absl::StatusOr<std::vector<Review>> ListHandedInBy(absl::string_view grid) const = 0;
    // What happened, in order.
    virtual absl::StatusOr<std::vector<ReviewEvent>> ListEvents(const ReviewKey& key) const = 0;
    virtual absl::StatusOr<bool> WasReminded(const ReminderKey& key) const = 0;

    // As SubmissionStore.
    virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
  };

  // What can be changed, together with what has been asked.
  class Writer : public Reader {
   public:
    // Adds it with version 1 if its version is 0, otherwise replaces it and counts the version up. ABORTED,
    // reason STALE_ETAG.
    virtual absl::Status PutGrid(const Grid& grid) = 0;
    virtual absl::Status PutReview(const Review& review) = 0;
    virtual absl::Status AddEvent(const ReviewKey& key, const ReviewEvent& event) = 0;
    virtual absl::Status RememberReminder(const ReminderKey& key, absl::Time now) = 0;
    // Keeps the content of a file that is on its way from being collected as garbage, until it is done or a
    // day has passed.
    virtual absl::Status BeginFile(absl::string_view upload_id, absl::string_view sha256, absl::Time now) = 0;
    virtual absl::Status EndFile(absl::string_view upload_id) = 0;
    virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  };

  virtual ~ReviewStore() = default;

  // As SubmissionStore.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) = 0;
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEW_STORE_H_
