#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/invitation_steps.h"
#include "services/assignment/invitations.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = InvitationStore::Reader;
using Writer = InvitationStore::Writer;

constexpr int kDaysMax = 60;

// The reminder that is due of one invitation, if its answer is missing and a threshold is reached. Of several
// thresholds the nearest counts: nobody is told twice on one day.
std::optional<InvitationReminder> DueOf(const Invitation& invitation, const std::vector<int>& days_before,
                                        absl::Time now) {
  const bool is_missing =
      invitation.state == InvitationState::kInvited || invitation.state == InvitationState::kExpired;
  if (!is_missing || !invitation.respond_by) return std::nullopt;
  if (now > *invitation.respond_by) return InvitationReminder{.invitation = invitation};
  for (const int days : days_before) {  // from the nearest on
    if (now >= *invitation.respond_by - absl::Hours(24) * days) {
      return InvitationReminder{.invitation = invitation, .days_before = days};
    }
  }
  return std::nullopt;
}

absl::Status RemindPage(const Reader& reader, Writer* writer, const Caller& caller,
                        const std::vector<Invitation>& stored, const std::vector<int>& days_before,
                        absl::Time now, InvitationReminders& reminders) {
  std::vector<std::string> theses;
  for (const Invitation& invitation : stored) theses.push_back(invitation.thesis);
  std::map<std::string, Jury> juries;
  ASSIGN_OR_RETURN(std::vector<Jury> found, reader.juries().FindAll(theses));
  for (Jury& jury : found) juries.emplace(jury.thesis, std::move(jury));
  for (const Invitation& each : stored) {
    const auto jury = juries.find(each.thesis);
    std::optional<InvitationReminder> due =
        DueOf(AsOf(each, jury == juries.end() ? nullptr : &jury->second, now), days_before, now);
    if (!due) continue;
    const InvitationReminderKey key{
        .invitation = each.Key(), .days_before = due->days_before, .respond_by = *each.respond_by};
    ASSIGN_OR_RETURN(const bool was_told, reader.WasReminded(key));
    if (was_told) continue;
    if (writer != nullptr) {
      RETURN_IF_ERROR(writer->RememberReminder(key, now));
      RETURN_IF_ERROR(
          writer->AddEvent(each.Key(), {.event = "remind", .time = now, .account = caller.account}));
    }
    reminders.items.push_back(*std::move(due));
  }
  return absl::OkStatus();
}

}  // namespace

std::string InvitationReminders::Serialize() const {
  RecordWriter out;
  for (const InvitationReminder& each : items) {
    out.Text(each.invitation.Serialize()).Integer(each.days_before);
  }
  return out.bytes();
}

absl::StatusOr<InvitationReminders> InvitationReminders::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  InvitationReminders reminders;
  while (!in.IsAtEnd()) {
    InvitationReminder reminder;
    ASSIGN_OR_RETURN(reminder.invitation, Invitation::Parse(in.Text()));
    reminder.days_before = static_cast<int>(in.Integer());
    reminders.items.push_back(std::move(reminder));
  }
  if (!in.IsComplete()) return absl::DataLossError("stored reminders cannot be read");
  return reminders;
}

absl::StatusOr<InvitationReminders> Invitations::Remind(const Caller& caller, const std::string& programme,
                                                        std::vector<int> days_before,
                                                        const Mutation& mutation) {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  for (const int days : days_before) {
    if (days < 1 || days > kDaysMax) {
      return InvalidFields(
          {{.field = "days_before", .description = absl::StrCat("has ", days, "; it is 1 to ", kDaysMax)}});
    }
  }
  if (days_before.empty()) days_before = {3, 1};
  std::sort(days_before.begin(), days_before.end());
  const absl::Time now = ToWholeMicroseconds(parts_.clock.Now());
  return Once<InvitationReminders>(
      parts_.store, mutation, now,
      [&](const Reader& reader, Writer* writer) -> absl::StatusOr<InvitationReminders> {
        InvitationReminders reminders;
        PageRequest page{.size = kPageSizeMax};
        do {
          ASSIGN_OR_RETURN(const Page<Invitation> invitations, reader.ListOfProgramme(programme, page));
          RETURN_IF_ERROR(RemindPage(reader, writer, caller, invitations.items, days_before, now, reminders));
          page.after = invitations.next;
        } while (!page.after.empty());
        return reminders;
      });
}

}  // namespace soutenance::assignment
