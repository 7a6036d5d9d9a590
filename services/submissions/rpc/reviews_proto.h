#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_REVIEWS_PROTO_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_REVIEWS_PROTO_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/page.h"
#include "services/submissions/reviews/reviews.h"
#include "soutenance/submissions/v1/reviews.pb.h"

namespace soutenance::submissions {

namespace pb = ::soutenance::submissions::v1;

// What to set a grid to.
struct GridToSet {
  Grid grid;
  std::optional<int64_t> version;
};
// What to keep of a review.
struct ReviewToSave {
  Review review;  // key, opinion, comments, marks
  std::optional<int64_t> version;
};
// Which reviews: those of a thesis, of a programme, or the caller's own if both are empty.
struct ReviewList {
  std::string thesis;  // the id
  std::string programme;
  PageRequest page;
};
// Reminders to make.
struct RemindersToMake {
  std::string programme;
  std::vector<int> days_before;
};

// Read names and requests. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we
// could understand. What may not be said is refused by the use case.
absl::StatusOr<GridKey> GridFromName(absl::string_view name);
absl::StatusOr<ReviewKey> ReviewFromName(absl::string_view name, absl::string_view field);
absl::StatusOr<GridToSet> FromProto(const pb::SetGridRequest& request);
absl::StatusOr<Review> FromProto(const pb::InviteReviewerRequest& request);
absl::StatusOr<ReviewList> FromProto(const pb::ListReviewsRequest& request);
absl::StatusOr<ReviewToSave> FromProto(const pb::SaveReviewRequest& request);
absl::StatusOr<ReviewChange> FromProto(const pb::TransitionReviewRequest& request);
absl::StatusOr<RemindersToMake> FromProto(const pb::RemindReviewersRequest& request);
ReviewFile FromProto(const pb::ReviewFile& message);

pb::Grid ToProto(const Grid& grid);
// As it is at `now`, which decides whether it is expired or overdue.
pb::Review ToProto(const Review& review, absl::Time now);
pb::ReviewEvent ToProto(const ReviewEvent& event);
pb::ReviewReminder ToProto(const ReviewReminder& reminder);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_REVIEWS_PROTO_H_
