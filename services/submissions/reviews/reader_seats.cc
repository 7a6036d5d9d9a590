#include "services/submissions/reviews/reader_seats.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

using Reader = ReviewStore::Reader;

// What a reviewer is by one review; nothing if it gives them nothing.
std::optional<Seat> SeatBy(const Review& review, absl::Time now) {
  switch (review.state) {
    case ReviewState::kInvited:
      return review.IsExpiredAt(now) ? std::nullopt : std::optional(Seat::kInvited);
    case ReviewState::kAccepted:
    case ReviewState::kSubmitted:
    case ReviewState::kValidated:
    case ReviewState::kReopened:
      return Seat::kMember;
    case ReviewState::kDeclined:
    case ReviewState::kCancelled:
      return std::nullopt;
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<Review>> ReviewsBy(const Reader& reader, const std::string& person,
                                              const std::vector<std::string>& theses) {
  std::vector<Review> found;
  for (const std::string& thesis : theses) {
    ASSIGN_OR_RETURN(std::optional<Review> review, reader.FindReview({.thesis = thesis, .reviewer = person}));
    if (review) found.push_back(*std::move(review));
  }
  if (!theses.empty()) return found;
  PageRequest page{.size = kPageSizeMax};
  do {
    ASSIGN_OR_RETURN(Page<Review> part, reader.ListOfReviewer(person, page));
    for (Review& review : part.items) found.push_back(std::move(review));
    page.after = std::move(part.next);
  } while (!page.after.empty());
  return found;
}

}  // namespace

absl::StatusOr<Seats> ReaderSeats::SeatsOf(const std::string& person,
                                           const std::vector<std::string>& theses) const {
  ASSIGN_OR_RETURN(Seats seats, juries_.SeatsOf(person, theses));
  std::vector<Review> reviews;
  RETURN_IF_ERROR(reviews_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(reviews, ReviewsBy(reader, person, theses));
    return absl::OkStatus();
  }));
  const absl::Time now = clock_.Now();
  for (const Review& review : reviews) {
    const std::optional<Seat> seat = SeatBy(review, now);
    if (!seat) continue;
    const auto [place, is_new] = seats.try_emplace(review.thesis, *seat);
    if (!is_new) place->second = std::max(place->second, *seat);
  }
  return seats;
}

absl::StatusOr<std::set<int64_t>> ReaderSeats::VersionsFor(const std::string& person,
                                                           absl::string_view thesis) const {
  std::set<int64_t> numbers;
  std::optional<Review> review;
  RETURN_IF_ERROR(reviews_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(review, reader.FindReview({.thesis = std::string(thesis), .reviewer = person}));
    return absl::OkStatus();
  }));
  // "theses/42/drafts/3"
  int64_t number = 0;
  if (review && SeatBy(*review, clock_.Now()) == Seat::kMember &&
      absl::SimpleAtoi(review->draft.substr(review->draft.rfind('/') + 1), &number)) {
    numbers.insert(number);
  }
  return numbers;
}

}  // namespace soutenance::submissions
