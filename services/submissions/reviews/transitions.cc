#include "services/submissions/reviews/transitions.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"

namespace soutenance::submissions {
namespace {

using State = ReviewState;

enum class Actor { kReviewer, kStaff, kHead };

struct Transition {
  ReviewStep step;
  absl::string_view name;
  std::vector<State> from;
  std::optional<State> to;  // none: the state stays
  Actor who;
  bool needs_reason;
};

const std::vector<Transition>& Transitions() {
  static const auto& transitions = *new std::vector<Transition>{
      {ReviewStep::kInvite,
       "invite",
       {State::kDeclined, State::kCancelled},
       State::kInvited,
       Actor::kStaff,
       false},
      {ReviewStep::kAccept, "accept", {State::kInvited}, State::kAccepted, Actor::kReviewer, false},
      {ReviewStep::kDecline, "decline", {State::kInvited}, State::kDeclined, Actor::kReviewer, true},
      {ReviewStep::kSave,
       "save",
       {State::kAccepted, State::kReopened},
       std::nullopt,
       Actor::kReviewer,
       false},
      {ReviewStep::kAttach,
       "attach",
       {State::kAccepted, State::kReopened},
       std::nullopt,
       Actor::kReviewer,
       false},
      {ReviewStep::kSubmit,
       "submit",
       {State::kAccepted, State::kReopened},
       State::kSubmitted,
       Actor::kReviewer,
       false},
      {ReviewStep::kValidate, "validate", {State::kSubmitted}, State::kValidated, Actor::kStaff, false},
      {ReviewStep::kReopen,
       "reopen",
       {State::kSubmitted, State::kValidated},
       State::kReopened,
       Actor::kHead,
       true},
      {ReviewStep::kCancel,
       "cancel",
       {State::kInvited, State::kAccepted, State::kReopened},
       State::kCancelled,
       Actor::kStaff,
       true},
  };
  return transitions;
}

const Transition& Find(ReviewStep step) {
  const auto& all = Transitions();
  return *std::find_if(all.begin(), all.end(), [&](const Transition& each) { return each.step == step; });
}

absl::string_view Who(Actor actor) {
  switch (actor) {
    case Actor::kReviewer:
      return "the reviewer";
    case Actor::kStaff:
      return "staff";
    case Actor::kHead:
      return "the head of the programme";
  }
  return "";
}

// An invitation that nobody answered can only be made again, or be cancelled.
bool IsPossible(const Transition& transition, const Review& review, absl::Time now) {
  if (review.IsExpiredAt(now)) {
    return transition.step == ReviewStep::kInvite || transition.step == ReviewStep::kCancel;
  }
  return std::find(transition.from.begin(), transition.from.end(), review.state) != transition.from.end();
}

absl::Status CheckActor(const Caller& caller, const Thesis& thesis, const Review& review, Actor actor) {
  switch (actor) {
    case Actor::kReviewer:
      if (!caller.person.empty() && caller.person == review.reviewer) return absl::OkStatus();
      return Error(absl::StatusCode::kPermissionDenied, "only the reviewer may do this",
                   {.reason = "NOT_THE_REVIEWER", .metadata = {{"review", review.Name()}}});
    case Actor::kStaff:
      return CheckRunsProgramme(caller, thesis.programme);
    case Actor::kHead:
      if (caller.HasRole(Role::kProgrammeHead, thesis.programme) ||
          caller.HasRole(Role::kAdministrator, thesis.programme)) {
        return absl::OkStatus();
      }
      return Error(absl::StatusCode::kPermissionDenied, "only the head of the programme may do this",
                   {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"programme", thesis.programme}}});
  }
  return absl::OkStatus();
}

absl::Status Refused(const Transition& transition, const Review& review, absl::Time now) {
  const std::string state(review.IsExpiredAt(now) ? "expired" : StateName(review.state));
  std::vector<std::string> possible;
  for (const Transition& each : Transitions()) {
    if (IsPossible(each, review, now)) possible.push_back(absl::StrCat(each.name, " (", Who(each.who), ")"));
  }
  const std::string way_out = possible.empty() ? "nothing" : absl::StrJoin(possible, ", ");
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("\"", transition.name, "\" is not possible: the review is ", state,
                            ". Possible: ", way_out),
               {.reason = "REVIEW_TRANSITION_REFUSED",
                .metadata = {{"review", review.Name()},
                             {"state", state},
                             {"event", std::string(transition.name)},
                             {"possible", way_out}},
                .preconditions = {
                    {.type = "STATE", .subject = review.Name(), .description = absl::StrCat("is ", state)}}});
}

}  // namespace

absl::string_view StepName(ReviewStep step) { return Find(step).name; }

absl::Status CheckStep(const Caller& caller, const Thesis& thesis, const Review& review, ReviewStep step,
                       absl::string_view reason, absl::Time now) {
  const Transition& transition = Find(step);
  if (const absl::Status status = CheckActor(caller, thesis, review, transition.who); !status.ok())
    return status;
  if (!IsPossible(transition, review, now)) return Refused(transition, review, now);
  if (transition.needs_reason && absl::StripAsciiWhitespace(reason).empty()) {
    return InvalidFields({{.field = "reason", .description = "is empty; say why"}});
  }
  if (reason.size() > Review::kReasonBytesMax) {
    return InvalidFields({{.field = "reason", .description = "is too long; at most 2,000 bytes are kept"}});
  }
  return absl::OkStatus();
}

ReviewState StateAfter(ReviewStep step, ReviewState before) { return Find(step).to.value_or(before); }

std::optional<Review> AsSeenBy(const Caller& caller, const Thesis& thesis, const Review& review,
                               std::optional<bool> handed_in_own) {
  if (!caller.person.empty() && caller.person == review.reviewer) return review;
  const bool is_author =
      std::find(thesis.authors.begin(), thesis.authors.end(), caller.person) != thesis.authors.end();
  // Nobody judges freely who has read the others first; staff who review are reviewers here.
  if (handed_in_own && !*handed_in_own) return std::nullopt;
  if (RunsProgramme(caller, thesis.programme) && !is_author) return review;
  if (caller.person.empty()) return std::nullopt;
  bool seen = handed_in_own.has_value() && review.IsHandedIn();
  seen = seen || (caller.person == thesis.supervisor && review.IsHandedIn());
  seen = seen || ((is_author || caller.person == thesis.company_tutor) && review.state == State::kValidated);
  if (!seen) return std::nullopt;
  Review shown = review;
  shown.staff_comment.clear();
  return shown;
}

}  // namespace soutenance::submissions
