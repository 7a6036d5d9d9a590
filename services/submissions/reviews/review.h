#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEW_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEW_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/error.h"
#include "services/submissions/content_store.h"
#include "services/submissions/reviews/grid.h"

namespace soutenance::submissions {

// How far a review is. That nobody answered in time is not a state: it follows from the times.
enum class ReviewState { kInvited, kDeclined, kAccepted, kSubmitted, kValidated, kReopened, kCancelled };
inline constexpr ReviewState kReviewStates[] = {
    ReviewState::kInvited,   ReviewState::kDeclined, ReviewState::kAccepted,  ReviewState::kSubmitted,
    ReviewState::kValidated, ReviewState::kReopened, ReviewState::kCancelled,
};
// "validated": for the database and for sentences.
absl::string_view StateName(ReviewState state);
std::optional<ReviewState> ReviewStateOf(absl::string_view name);

// What a reviewer advises.
enum class ReviewOpinion { kNone, kFavourable, kReserved, kUnfavourable };
absl::string_view OpinionName(ReviewOpinion opinion);
std::optional<ReviewOpinion> ReviewOpinionOf(absl::string_view name);

// What a reviewer gives for one criterion.
struct Mark {
  std::string criterion;
  int points = 0;
  std::string comment;

  friend bool operator==(const Mark&, const Mark&) = default;
};
// Marks as text, for a column, and back. DATA_LOSS.
std::string MarksText(const std::vector<Mark>& marks);
absl::StatusOr<std::vector<Mark>> MarksOf(absl::string_view text);

// An annotated file.
struct ReviewFile {
  static constexpr int64_t kBytesMax = int64_t{256} << 20;

  std::string file_name;
  ContentId content;

  friend bool operator==(const ReviewFile&, const ReviewFile&) = default;
};

// What somebody finds about a thesis. One per person and thesis.
struct Review {
  static constexpr std::size_t kCommentBytesMax = 20'000;
  static constexpr std::size_t kReasonBytesMax = 2000;

  std::string thesis;    // the thesis's id
  std::string reviewer;  // "people/ana"
  int64_t version = 0;   // counts its changes from 1; 0: not stored yet
  ReviewState state = ReviewState::kInvited;
  std::optional<absl::Time> respond_by;  // at this instant it can still be accepted
  absl::Time due;
  std::string grid;   // "programmes/msi/grids/thesis", or empty
  std::string draft;  // "theses/42/drafts/3", or empty: the current deposit
  ReviewOpinion opinion = ReviewOpinion::kNone;
  std::string student_comment;
  std::string staff_comment;
  std::vector<Mark> marks;
  std::optional<ReviewFile> file;
  std::string reason;  // of the latest step that needed one
  std::optional<absl::Time> submitted;

  std::string Name() const;  // "theses/42/reviews/ana"
  // Whether the invitation was not answered in time.
  bool IsExpiredAt(absl::Time now) const;
  // Whether the answer, or the review, is missing after its time.
  bool IsOverdueAt(absl::Time now) const;
  bool IsHandedIn() const { return state == ReviewState::kSubmitted || state == ReviewState::kValidated; }

  std::string Serialize() const;
  static absl::StatusOr<Review> Parse(absl::string_view bytes);

  friend bool operator==(const Review&, const Review&) = default;
};

// Something that happened to a review.
struct ReviewEvent {
  std::string event;  // "submit"
  absl::Time time;
  std::string account;
  std::string reason;

  friend bool operator==(const ReviewEvent&, const ReviewEvent&) = default;
};

// Which review.
struct ReviewKey {
  std::string thesis;    // the id
  std::string reviewer;  // "people/ana"
};
// Reads "theses/42/reviews/ana". INVALID_ARGUMENT.
absl::StatusOr<ReviewKey> ParseReviewName(absl::string_view name);

// Appends what may not be kept of comments and marks to `problems`, under the path "review". `grid` may be
// null: then there can be no marks.
void CheckContent(const Review& review, const Grid* grid, std::vector<FieldViolation>& problems);

// What a review still lacks to be submitted, or has too much of, in sentences; nothing if it is complete.
std::vector<std::string> MissingIn(const Review& review, const Grid* grid);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REVIEWS_REVIEW_H_
