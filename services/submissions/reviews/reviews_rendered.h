#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWS_RENDERED_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWS_RENDERED_H_

#include <vector>

#include "services/base/clock.h"
#include "services/submissions/life_condition.h"
#include "services/submissions/reviews/review_store.h"

namespace soutenance::submissions {

// Requires that every review that is still expected has been handed in before a thesis is authorised: the
// condition "reviews_rendered". Declined, cancelled and expired ones are not expected. Safe for concurrent
// use.
class ReviewsRendered final : public LifeCondition {
 public:
  // Both must outlive it.
  ReviewsRendered(const ReviewStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  absl::StatusOr<std::vector<Unmet>> UnmetFor(ThesisEvent event, const Thesis& thesis) const override;

 private:
  const ReviewStore& store_;
  const Clock& clock_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWS_RENDERED_H_
