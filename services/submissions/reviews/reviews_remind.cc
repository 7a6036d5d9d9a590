#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"
#include "services/submissions/deadline.h"
#include "services/submissions/reviews/reviews.h"

namespace soutenance::submissions {
namespace {

using Reader = ReviewStore::Reader;
using Writer = ReviewStore::Writer;

constexpr int kDaysMax = 60;

// The reminder that is due of one review, if something is missing and a threshold is reached. Of several
// thresholds the nearest to the limit counts: nobody is told twice on one day.
std::optional<ReviewReminder> DueOf(const Review& review, const std::vector<int>& days_before,
                                    absl::Time now) {
  const bool answer_missing = review.state == ReviewState::kInvited;
  const bool review_missing =
      review.state == ReviewState::kAccepted || review.state == ReviewState::kReopened;
  if (!answer_missing && !review_missing) return std::nullopt;
  ReviewReminder reminder{.review = review,
                          .answer_missing = answer_missing,
                          .due = answer_missing ? review.respond_by.value_or(review.due) : review.due};
  if (now > reminder.due) return reminder;
  for (const int days : days_before) {  // from the nearest on
    if (now < reminder.due - absl::Hours(24) * days) continue;
    reminder.days_before = days;
    return reminder;
  }
  return std::nullopt;
}

ReminderKey KeyOf(const ReviewReminder& reminder) {
  return {.review = {.thesis = reminder.review.thesis, .reviewer = reminder.review.reviewer},
          .missing = reminder.answer_missing ? "answer" : "review",
          .days_before = reminder.days_before,
          .due = reminder.due};
}

}  // namespace

std::string ReviewReminders::Serialize() const {
  RecordWriter out;
  for (const ReviewReminder& each : items) {
    out.Text(each.review.Serialize()).Integer(each.answer_missing ? 1 : 0);
    out.Integer(absl::ToUnixMicros(each.due)).Integer(each.days_before);
  }
  return out.bytes();
}

absl::StatusOr<ReviewReminders> ReviewReminders::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  ReviewReminders reminders;
  while (!in.IsAtEnd()) {
    ReviewReminder reminder;
    ASSIGN_OR_RETURN(reminder.review, Review::Parse(in.Text()));
    reminder.answer_missing = in.Integer() != 0;
    reminder.due = absl::FromUnixMicros(in.Integer());
    reminder.days_before = static_cast<int>(in.Integer());
    reminders.items.push_back(std::move(reminder));
  }
  if (!in.IsComplete()) return absl::DataLossError("stored reminders cannot be read");
  return reminders;
}

absl::StatusOr<ReviewReminders> Reviews::Remind(const Caller& caller, const std::string& programme,
                                                std::vector<int> days_before, const Mutation& mutation) {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  for (const int days : days_before) {
    if (days < 1 || days > kDaysMax) {
      return InvalidFields(
          {{.field = "days_before", .description = absl::StrCat("has ", days, "; it is 1 to ", kDaysMax)}});
    }
  }
  if (days_before.empty()) days_before = {3, 1};
  std::sort(days_before.begin(), days_before.end());
  const absl::Time now = ToMicroseconds(clock_.Now());
  return Once<ReviewReminders>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<ReviewReminders> {
        ReviewReminders reminders;
        PageRequest page{.size = kPageSizeMax};
        do {
          ASSIGN_OR_RETURN(const Page<Review> reviews, reader.ListOfProgramme(programme, page));
          for (const Review& review : reviews.items) {
            std::optional<ReviewReminder> due = DueOf(review, days_before, now);
            if (!due) continue;
            ASSIGN_OR_RETURN(const bool reminded, reader.WasReminded(KeyOf(*due)));
            if (reminded) continue;
            if (writer != nullptr) {
              RETURN_IF_ERROR(writer->RememberReminder(KeyOf(*due), now));
              RETURN_IF_ERROR(writer->AddEvent(KeyOf(*due).review,
                                               {.event = "remind", .time = now, .account = caller.account}));
            }
            reminders.items.push_back(*std::move(due));
          }
          page.after = reviews.next;
        } while (!page.after.empty());
        return reminders;
      });
}

}  // namespace soutenance::submissions
