#include "services/submissions/reviews/reviews_rendered.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"

namespace soutenance::submissions {

absl::StatusOr<std::vector<Unmet>> ReviewsRendered::UnmetFor(ThesisEvent event, const Thesis& thesis) const {
  std::vector<Unmet> unmet;
  if (event != ThesisEvent::kAuthorise) return unmet;
  std::vector<Review> reviews;
  RETURN_IF_ERROR(store_.Read([&](const ReviewStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(reviews, reader.ListOfThesis(thesis.id));
    return absl::OkStatus();
  }));
  const absl::Time now = clock_.Now();
  int missing = 0;
  for (const Review& review : reviews) {
    const bool is_expected =
        review.state == ReviewState::kInvited
            ? !review.IsExpiredAt(now)
            : review.state == ReviewState::kAccepted || review.state == ReviewState::kReopened;
    missing += is_expected;
  }
  if (missing > 0) {
    unmet.push_back({.word = "reviews_rendered",
                     .explanation = absl::StrCat(missing, missing == 1 ? " review has" : " reviews have",
                                                 " not been handed in; wait for it, or cancel it"),
                     .is_waivable = true});
  }
  return unmet;
}

}  // namespace soutenance::submissions
