#include "services/submissions/rpc/reviews_proto.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/id.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/instants.h"

namespace soutenance::submissions {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;
using Event = pb::TransitionReviewRequest;

// Values of the contract are called as ours are: "OPINION_RESERVED", "reserved".
pb::Review::Opinion ToProto(ReviewOpinion opinion) {
  pb::Review::Opinion value = pb::Review::OPINION_UNSPECIFIED;
  pb::Review::Opinion_Parse(absl::StrCat("OPINION_", absl::AsciiStrToUpper(OpinionName(opinion))), &value);
  return value;
}
ReviewOpinion FromProto(pb::Review::Opinion opinion, Problems& problems) {
  if (opinion == pb::Review::OPINION_UNSPECIFIED) return ReviewOpinion::kNone;
  const std::string name(absl::StripPrefix(pb::Review::Opinion_Name(opinion), "OPINION_"));
  const auto read = ReviewOpinionOf(absl::AsciiStrToLower(name));
  if (!read) problems.push_back({.field = "review.opinion", .description = "is not known here"});
  return read.value_or(ReviewOpinion::kNone);
}

pb::Review::State ToProto(ReviewState state) {
  pb::Review::State value = pb::Review::STATE_UNSPECIFIED;
  pb::Review::State_Parse(absl::StrCat("STATE_", absl::AsciiStrToUpper(StateName(state))), &value);
  return value;
}

std::optional<ReviewStep> StepOf(Event::Event event) {
  switch (event) {
    case Event::EVENT_ACCEPT:
      return ReviewStep::kAccept;
    case Event::EVENT_DECLINE:
      return ReviewStep::kDecline;
    case Event::EVENT_SUBMIT:
      return ReviewStep::kSubmit;
    case Event::EVENT_VALIDATE:
      return ReviewStep::kValidate;
    case Event::EVENT_REOPEN:
      return ReviewStep::kReopen;
    case Event::EVENT_CANCEL:
      return ReviewStep::kCancel;
    default:
      return std::nullopt;
  }
}

ReviewKey ReadKey(absl::string_view name, absl::string_view field, Problems& problems) {
  auto key = ParseReviewName(name);
  if (key.ok()) return *std::move(key);
  problems.push_back({.field = std::string(field), .description = std::string(key.status().message())});
  return {};
}

std::vector<Mark> MarksOf(const pb::Review& message) {
  std::vector<Mark> marks;
  for (const pb::Mark& each : message.marks()) {
    marks.push_back({.criterion = each.criterion(), .points = each.points(), .comment = each.comment()});
  }
  return marks;
}

}  // namespace

absl::StatusOr<GridKey> GridFromName(absl::string_view name) {
  auto key = ParseGridName(name);
  if (key.ok()) return key;
  return InvalidFields({{.field = "name", .description = std::string(key.status().message())}});
}

absl::StatusOr<ReviewKey> ReviewFromName(absl::string_view name, absl::string_view field) {
  Problems problems;
  ReviewKey key = ReadKey(name, field, problems);
  return Unless(problems, std::move(key));
}

absl::StatusOr<GridToSet> FromProto(const pb::SetGridRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Grid& message = request.grid();
  GridToSet set{.grid = {.title = message.title()}, .version = runtime::VersionFromEtag(message.etag())};
  const auto key = ParseGridName(message.name());
  if (key.ok()) {
    set.grid.programme = key->programme;
    set.grid.id = key->id;
  } else {
    problems.push_back({.field = "grid.name", .description = std::string(key.status().message())});
  }
  for (const pb::Criterion& each : message.criteria()) {
    set.grid.criteria.push_back({.id = each.id(),
                                 .title = each.title(),
                                 .points_max = each.points_max(),
                                 .comment_required = each.comment_required()});
  }
  return Unless(problems, std::move(set));
}

absl::StatusOr<Review> FromProto(const pb::InviteReviewerRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Review& message = request.review();
  Review review{.thesis = IdFromName(request.parent(), "theses", "parent", problems),
                .reviewer = message.reviewer(),
                .grid = message.grid(),
                .draft = message.draft()};
  IdFromName(message.reviewer(), "people", "review.reviewer", problems);
  review.due = ReadTime(message.due_time(), "review.due_time", problems);
  if (message.has_respond_by_time()) {
    review.respond_by = ReadTime(message.respond_by_time(), "review.respond_by_time", problems);
  }
  if (!message.name().empty() && problems.empty() && message.name() != review.Name()) {
    problems.push_back(
        {.field = "review.name",
         .description = absl::StrCat("is not ", review.Name(), ", which parent and reviewer say")});
  }
  return Unless(problems, std::move(review));
}

absl::StatusOr<ReviewList> FromProto(const pb::ListReviewsRequest& request) {
  Problems problems;
  ReviewList list{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  if (absl::StartsWith(request.parent(), "programmes/")) {
    IdFromName(request.parent(), "programmes", "parent", problems);
    list.programme = request.parent();
  } else if (!request.parent().empty()) {
    list.thesis = IdFromName(request.parent(), "theses", "parent", problems);
  }
  return Unless(problems, std::move(list));
}

absl::StatusOr<ReviewToSave> FromProto(const pb::SaveReviewRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Review& message = request.review();
  ReviewKey key = ReadKey(message.name(), "review.name", problems);
  ReviewToSave save{.review = {.thesis = std::move(key.thesis),
                               .reviewer = std::move(key.reviewer),
                               .opinion = FromProto(message.opinion(), problems),
                               .student_comment = message.student_comment(),
                               .staff_comment = message.staff_comment(),
                               .marks = MarksOf(message)},
                    .version = runtime::VersionFromEtag(message.etag())};
  return Unless(problems, std::move(save));
}

absl::StatusOr<ReviewChange> FromProto(const pb::TransitionReviewRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const std::optional<ReviewStep> step = StepOf(request.event());
  if (!step) problems.push_back({.field = "event", .description = "is missing or not known here"});
  ReviewChange change{.key = ReadKey(request.name(), "name", problems),
                      .step = step.value_or(ReviewStep::kAccept),
                      .reason = request.reason(),
                      .version = runtime::VersionFromEtag(request.etag())};
  return Unless(problems, std::move(change));
}

absl::StatusOr<RemindersToMake> FromProto(const pb::RemindReviewersRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  IdFromName(request.parent(), "programmes", "parent", problems);
  return Unless(problems,
                RemindersToMake{.programme = request.parent(),
                                .days_before = {request.days_before().begin(), request.days_before().end()}});
}

ReviewFile FromProto(const pb::ReviewFile& message) {
  return {.file_name = message.file_name(), .content = {.sha256 = message.sha256(), .size = message.size()}};
}

pb::Grid ToProto(const Grid& grid) {
  pb::Grid message;
  message.set_name(grid.Name());
  message.set_etag(runtime::EtagFromVersion(grid.version));
  message.set_title(grid.title);
  for (const Criterion& each : grid.criteria) {
    pb::Criterion& criterion = *message.add_criteria();
    criterion.set_id(each.id);
    criterion.set_title(each.title);
    criterion.set_points_max(each.points_max);
    criterion.set_comment_required(each.comment_required);
  }
  return message;
}

pb::Review ToProto(const Review& review, absl::Time now) {
  pb::Review message;
  message.set_name(review.Name());
  message.set_etag(runtime::EtagFromVersion(review.version));
  message.set_reviewer(review.reviewer);
  message.set_state(review.IsExpiredAt(now) ? pb::Review::STATE_EXPIRED : ToProto(review.state));
  if (review.respond_by) SetTime(*review.respond_by, message.mutable_respond_by_time());
  SetTime(review.due, message.mutable_due_time());
  message.set_overdue(review.IsOverdueAt(now));
  message.set_grid(review.grid);
  message.set_draft(review.draft);
  message.set_opinion(ToProto(review.opinion));
  message.set_student_comment(review.student_comment);
  message.set_staff_comment(review.staff_comment);
  for (const Mark& each : review.marks) {
    pb::Mark& mark = *message.add_marks();
    mark.set_criterion(each.criterion);
    mark.set_points(each.points);
    mark.set_comment(each.comment);
  }
  if (review.file) {
    message.mutable_file()->set_file_name(review.file->file_name);
    message.mutable_file()->set_size(review.file->content.size);
    message.mutable_file()->set_sha256(review.file->content.sha256);
  }
  message.set_reason(review.reason);
  if (review.submitted) SetTime(*review.submitted, message.mutable_submit_time());
  return message;
}

pb::ReviewEvent ToProto(const ReviewEvent& event) {
  pb::ReviewEvent message;
  message.set_event(event.event);
  SetTime(event.time, message.mutable_time());
  message.set_account(event.account);
  message.set_reason(event.reason);
  return message;
}

pb::ReviewReminder ToProto(const ReviewReminder& reminder) {
  pb::ReviewReminder message;
  message.set_review(reminder.review.Name());
  message.set_reviewer(reminder.review.reviewer);
  message.set_missing(reminder.answer_missing ? pb::ReviewReminder::MISSING_ANSWER
                                              : pb::ReviewReminder::MISSING_REVIEW);
  SetTime(reminder.due, message.mutable_due_time());
  message.set_days_before(reminder.days_before);
  return message;
}

}  // namespace soutenance::submissions
