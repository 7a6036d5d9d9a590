#include "services/submissions/reviews/find.h"

#include <utility>

#include "services/base/error.h"
#include "services/base/status.h"
#include "services/submissions/reviews/transitions.h"

namespace soutenance::submissions {

absl::StatusOr<std::optional<bool>> HasHandedInOwn(const ReviewStore::Reader& reader, const Caller& caller,
                                                   absl::string_view thesis, absl::Time now) {
  if (caller.person.empty()) return std::optional<bool>();
  ASSIGN_OR_RETURN(const auto own,
                   reader.FindReview({.thesis = std::string(thesis), .reviewer = caller.person}));
  if (!own || own->IsExpiredAt(now) || own->state == ReviewState::kDeclined ||
      own->state == ReviewState::kCancelled) {
    return std::optional<bool>();
  }
  return std::optional<bool>(own->IsHandedIn());
}

absl::StatusOr<FoundReview> FindReviewFor(const ReviewStore::Reader& reader, const Caller& caller,
                                          const ReviewKey& key, absl::Time now) {
  ASSIGN_OR_RETURN(std::optional<Review> review, reader.FindReview(key));
  ASSIGN_OR_RETURN(std::optional<Thesis> thesis, reader.FindThesis(key.thesis));
  if (review && thesis) {
    ASSIGN_OR_RETURN(const std::optional<bool> own, HasHandedInOwn(reader, caller, key.thesis, now));
    if (AsSeenBy(caller, *thesis, *review, own)) {
      return FoundReview{.thesis = *std::move(thesis), .review = *std::move(review)};
    }
  }
  return NotFound("review", Review{.thesis = key.thesis, .reviewer = key.reviewer}.Name());
}

absl::StatusOr<std::optional<Grid>> FindGridOf(const ReviewStore::Reader& reader, const Review& review) {
  if (review.grid.empty()) return std::optional<Grid>();
  ASSIGN_OR_RETURN(const GridKey key, ParseGridName(review.grid));
  return reader.FindGrid(key.programme, key.id);
}

}  // namespace soutenance::submissions
