#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWER_CHECK_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWER_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// PORT: whether somebody may review a thesis, or has a conflict of interest. Asks on behalf of whoever asks
// us. Safe for concurrent use.
class ReviewerCheck {
 public:
  virtual ~ReviewerCheck() = default;

  // FAILED_PRECONDITION, reason CONFLICT_OF_INTEREST, if `person` has a conflict with `thesis`. UNAVAILABLE,
  // reason PEER_DOWN, if assignment cannot be reached: what is not known is no yes.
  virtual absl::Status Check(const Thesis& thesis, const std::string& person) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEWER_CHECK_H_
