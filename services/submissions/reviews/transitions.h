#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_TRANSITIONS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_TRANSITIONS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/submissions/reviews/review.h"
#include "services/submissions/thesis.h"

// The life of a review as one table, and who may see what of it. Nothing else decides either.
namespace soutenance::submissions {

// A step. Saving and attaching leave the state as it is.
enum class ReviewStep { kInvite, kAccept, kDecline, kSave, kAttach, kSubmit, kValidate, kReopen, kCancel };
// "submit": for the history and for sentences.
absl::string_view StepName(ReviewStep step);

// OK if `step` is possible now. FAILED_PRECONDITION, reason REVIEW_TRANSITION_REFUSED, names the state, what
// is possible and who may do it; PERMISSION_DENIED, reason NOT_THE_REVIEWER or ROLE_NOT_ALLOWED;
// INVALID_ARGUMENT if it needs a reason and `reason` is empty or too long.
absl::Status CheckStep(const Caller& caller, const Thesis& thesis, const Review& review, ReviewStep step,
                       absl::string_view reason, absl::Time now);

// The state after `step`.
ReviewState StateAfter(ReviewStep step, ReviewState before);

// Returns `review` as `caller` may see it; nothing if for them it is not there.
//   the reviewer, those who run the programme:     all of it
//   the supervisor, once it is submitted:          all but what is for staff
//   authors and company tutor, once it is validated: all but what is for staff
//   another reviewer, once their own is handed in, and it is: all but what is for staff
// `handed_in_own`: whether the caller has handed in a review of the same thesis.
// A caller who reviews the thesis and has not handed in sees no other review, whatever else they are.
std::optional<Review> AsSeenBy(const Caller& caller, const Thesis& thesis, const Review& review,
                               std::optional<bool> handed_in_own);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_TRANSITIONS_H_
