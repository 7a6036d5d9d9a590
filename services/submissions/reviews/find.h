#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_FIND_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_FIND_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/submissions/reviews/review_store.h"

// How use cases about reviews find what they work on.
namespace soutenance::submissions {

// A review, and the thesis it is about, in full: not as the caller may see it.
struct FoundReview {
  Thesis thesis;
  Review review;
};

// NOT_FOUND, reason REVIEW_NOT_FOUND, if there is none or `caller` may not see it.
absl::StatusOr<FoundReview> FindReviewFor(const ReviewStore::Reader& reader, const Caller& caller,
                                          const ReviewKey& key, absl::Time now);

// Whether `caller` has handed in a review of the thesis; nothing if they do not review it, as when they
// declined or did not answer in time.
absl::StatusOr<std::optional<bool>> HasHandedInOwn(const ReviewStore::Reader& reader, const Caller& caller,
                                                   absl::string_view thesis, absl::Time now);

// The grid of a review; nothing if it has none.
absl::StatusOr<std::optional<Grid>> FindGridOf(const ReviewStore::Reader& reader, const Review& review);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_FIND_H_
