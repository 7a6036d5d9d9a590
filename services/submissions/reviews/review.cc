#include "services/submissions/reviews/review.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/base/id.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

constexpr absl::string_view kStateNames[] = {"invited",   "declined", "accepted", "submitted",
                                             "validated", "reopened", "cancelled"};
constexpr absl::string_view kOpinionNames[] = {"", "favourable", "reserved", "unfavourable"};
constexpr ReviewOpinion kOpinions[] = {ReviewOpinion::kNone, ReviewOpinion::kFavourable,
                                       ReviewOpinion::kReserved, ReviewOpinion::kUnfavourable};

int64_t OptionalMicros(const std::optional<absl::Time>& time) { return time ? absl::ToUnixMicros(*time) : 0; }

std::optional<absl::Time> TimeOfMicros(int64_t micros) {
  if (micros == 0) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

const Mark* FindMark(const Review& review, absl::string_view criterion) {
  for (const Mark& mark : review.marks) {
    if (absl::string_view(mark.criterion) == criterion) return &mark;
  }
  return nullptr;
}

}  // namespace

absl::string_view StateName(ReviewState state) { return kStateNames[static_cast<std::size_t>(state)]; }

std::optional<ReviewState> ReviewStateOf(absl::string_view name) {
  for (const ReviewState state : kReviewStates) {
    if (StateName(state) == name) return state;
  }
  return std::nullopt;
}

absl::string_view OpinionName(ReviewOpinion opinion) {
  return kOpinionNames[static_cast<std::size_t>(opinion)];
}

std::optional<ReviewOpinion> ReviewOpinionOf(absl::string_view name) {
  for (const ReviewOpinion opinion : kOpinions) {
    if (OpinionName(opinion) == name) return opinion;
  }
  return std::nullopt;
}

std::string MarksText(const std::vector<Mark>& marks) {
  RecordWriter out;
  for (const Mark& mark : marks) out.Text(mark.criterion).Integer(mark.points).Text(mark.comment);
  return out.bytes();
}

absl::StatusOr<std::vector<Mark>> MarksOf(absl::string_view text) {
  RecordReader in(text);
  std::vector<Mark> marks;
  while (!in.IsAtEnd()) {
    Mark mark{.criterion = in.Text()};
    mark.points = static_cast<int>(in.Integer());
    mark.comment = in.Text();
    marks.push_back(std::move(mark));
  }
  if (!in.IsComplete()) return absl::DataLossError("stored marks cannot be read");
  return marks;
}

std::string Review::Name() const {
  return absl::StrCat("theses/", thesis, "/reviews/", absl::StripPrefix(reviewer, "people/"));
}

bool Review::IsExpiredAt(absl::Time now) const {
  return state == ReviewState::kInvited && respond_by && now > *respond_by;
}

bool Review::IsOverdueAt(absl::Time now) const {
  if (state == ReviewState::kInvited) return now > respond_by.value_or(due);
  return (state == ReviewState::kAccepted || state == ReviewState::kReopened) && now > due;
}

std::string Review::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Text(reviewer).Integer(version).Text(StateName(state)).Integer(OptionalMicros(respond_by));
  out.Integer(absl::ToUnixMicros(due)).Text(grid).Text(draft).Text(OpinionName(opinion));
  out.Text(student_comment).Text(staff_comment).Text(MarksText(marks)).Integer(file ? 1 : 0);
  if (file) out.Text(file->file_name).Text(file->content.sha256).Integer(file->content.size);
  out.Text(reason).Integer(OptionalMicros(submitted));
  return out.bytes();
}

absl::StatusOr<Review> Review::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Review review{.thesis = in.Text(), .reviewer = in.Text(), .version = in.Integer()};
  const std::optional<ReviewState> state = ReviewStateOf(in.Text());
  review.respond_by = TimeOfMicros(in.Integer());
  review.due = absl::FromUnixMicros(in.Integer());
  review.grid = in.Text();
  review.draft = in.Text();
  const std::optional<ReviewOpinion> opinion = ReviewOpinionOf(in.Text());
  review.student_comment = in.Text();
  review.staff_comment = in.Text();
  ASSIGN_OR_RETURN(review.marks, MarksOf(in.Text()));
  if (in.Integer() != 0) {
    review.file.emplace();
    review.file->file_name = in.Text();
    review.file->content.sha256 = in.Text();
    review.file->content.size = in.Integer();
  }
  review.reason = in.Text();
  review.submitted = TimeOfMicros(in.Integer());
  if (!in.IsComplete() || !state || !opinion) return absl::DataLossError("a stored review cannot be read");
  review.state = *state;
  review.opinion = *opinion;
  return review;
}

absl::StatusOr<ReviewKey> ParseReviewName(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "theses" && parts[2] == "reviews" && CheckId(parts[1]).ok() &&
      CheckId(parts[3]).ok()) {
    return ReviewKey{.thesis = std::string(parts[1]), .reviewer = absl::StrCat("people/", parts[3])};
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is not \"theses/{thesis}/reviews/{person}\""));
}

void CheckContent(const Review& review, const Grid* grid, std::vector<FieldViolation>& problems) {
  const auto add = [&](std::string field, std::string description) {
    problems.push_back({.field = absl::StrCat("review.", field), .description = std::move(description)});
  };
  const auto check_size = [&](const std::string& text, std::string field) {
    if (text.size() > Review::kCommentBytesMax) {
      add(std::move(field), absl::StrCat("has ", text.size(), " bytes; at most ", Review::kCommentBytesMax,
                                         " are kept. Attach a file for more"));
    }
  };
  check_size(review.student_comment, "student_comment");
  check_size(review.staff_comment, "staff_comment");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < review.marks.size(); ++i) {
    const Mark& mark = review.marks[i];
    const std::string at = absl::StrCat("marks[", i, "]");
    const Criterion* criterion = grid == nullptr ? nullptr : grid->Find(mark.criterion);
    if (criterion == nullptr) {
      add(absl::StrCat(at, ".criterion"),
          absl::StrCat("\"", mark.criterion, "\" is no criterion of ",
                       grid == nullptr ? "this review, which has no grid" : grid->Name()));
    } else if (!seen.insert(mark.criterion).second) {
      add(absl::StrCat(at, ".criterion"), absl::StrCat("\"", mark.criterion, "\" is there twice"));
    } else if (mark.points < 0 || mark.points > criterion->points_max) {
      add(absl::StrCat(at, ".points"),
          absl::StrCat("is ", mark.points, "; it is 0 to ", criterion->points_max));
    }
    check_size(mark.comment, absl::StrCat(at, ".comment"));
  }
}

std::vector<std::string> MissingIn(const Review& review, const Grid* grid) {
  std::vector<std::string> missing;
  if (review.opinion == ReviewOpinion::kNone) missing.push_back("there is no opinion yet");
  if (review.opinion != ReviewOpinion::kNone && review.opinion != ReviewOpinion::kFavourable &&
      absl::StripAsciiWhitespace(review.student_comment).empty()) {
    missing.push_back("an opinion that is not favourable needs a comment for the authors");
  }
  if (grid == nullptr) return missing;
  for (const Criterion& criterion : grid->criteria) {
    const Mark* mark = FindMark(review, criterion.id);
    if (mark == nullptr) {
      missing.push_back(absl::StrCat("\"", criterion.id, "\" (", criterion.title, ") has no mark"));
    } else if (criterion.comment_required && absl::StripAsciiWhitespace(mark->comment).empty()) {
      missing.push_back(absl::StrCat("\"", criterion.id, "\" (", criterion.title, ") needs a comment"));
    }
  }
  // The grid may have changed since the marks were saved.
  for (const Mark& mark : review.marks) {
    const Criterion* criterion = grid->Find(mark.criterion);
    if (criterion == nullptr) {
      missing.push_back(
          absl::StrCat("\"", mark.criterion, "\" is no criterion any more; save the marks without it"));
    } else if (mark.points > criterion->points_max) {
      missing.push_back(absl::StrCat("\"", mark.criterion, "\" has ", mark.points, " points; at most ",
                                     criterion->points_max, " are given now"));
    }
  }
  return missing;
}

}  // namespace soutenance::submissions
