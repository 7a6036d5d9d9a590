#include "services/submissions/milestone.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

void CheckMinutes(int minutes, absl::string_view field, std::vector<FieldViolation>& problems) {
  if (minutes >= 0 && minutes <= Milestone::kMinutesMax) return;
  problems.push_back({.field = absl::StrCat("milestone.", field),
                      .description = absl::StrCat("is ", minutes, "; 0 to ", Milestone::kMinutesMax,
                                                  " minutes are expected")});
}

}  // namespace

absl::string_view KindName(DraftKind kind) {
  switch (kind) {
    case DraftKind::kDraft:
      return "draft";
    case DraftKind::kDeposit:
      return "deposit";
    case DraftKind::kCorrected:
      return "corrected";
    case DraftKind::kArchive:
      return "archive";
    case DraftKind::kDissemination:
      return "dissemination";
  }
  return "";
}

std::optional<DraftKind> KindOf(absl::string_view name) {
  for (const DraftKind kind : kDraftKinds) {
    if (KindName(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string Milestone::Name() const { return absl::StrCat(programme, "/milestones/", id); }

bool Milestone::IsFor(const Thesis& thesis) const {
  return thesis.programme == programme && (cohort.empty() || thesis.cohort == cohort);
}

Limits Milestone::LimitsWith(std::optional<absl::Time> extended_until) const {
  Limits limits{.due = due, .hard = hard};
  if (extended_until && *extended_until > due) {
    limits.due = *extended_until;
    limits.extended = true;
  }
  limits.grace_end = limits.due + absl::Minutes(grace_minutes);
  if (limits.hard) limits.hard = std::max(*limits.hard, limits.grace_end);
  return limits;
}

std::string Milestone::Serialize() const {
  return RecordWriter()
      .Text(programme)
      .Text(id)
      .Integer(version)
      .Text(title)
      .Text(cohort)
      .Text(KindName(kind))
      .Integer(absl::ToUnixMicros(due))
      .Integer(grace_minutes)
      .Integer(hard ? 1 : 0)
      .Integer(hard ? absl::ToUnixMicros(*hard) : 0)
      .Text(time_zone)
      .Integer(upload_window_minutes)
      .bytes();
}

absl::StatusOr<Milestone> Milestone::Parse(absl::string_view bytes) {
  RecordReader record(bytes);
  Milestone milestone;
  milestone.programme = record.Text();
  milestone.id = record.Text();
  milestone.version = record.Integer();
  milestone.title = record.Text();
  milestone.cohort = record.Text();
  const std::optional<DraftKind> kind = KindOf(record.Text());
  milestone.due = absl::FromUnixMicros(record.Integer());
  milestone.grace_minutes = static_cast<int>(record.Integer());
  const bool has_hard = record.Integer() != 0;
  const int64_t hard = record.Integer();
  if (has_hard) milestone.hard = absl::FromUnixMicros(hard);
  milestone.time_zone = record.Text();
  milestone.upload_window_minutes = static_cast<int>(record.Integer());
  if (!kind || !record.IsComplete()) return absl::DataLossError("a remembered milestone cannot be read");
  milestone.kind = *kind;
  return milestone;
}

absl::string_view FieldName(MilestoneField field) {
  switch (field) {
    case MilestoneField::kTitle:
      return "title";
    case MilestoneField::kCohort:
      return "cohort";
    case MilestoneField::kKind:
      return "kind";
    case MilestoneField::kDue:
      return "due_time";
    case MilestoneField::kGrace:
      return "grace_minutes";
    case MilestoneField::kHard:
      return "hard_time";
    case MilestoneField::kTimeZone:
      return "time_zone";
    case MilestoneField::kUploadWindow:
      return "upload_window_minutes";
  }
  return "";
}

void CopyField(MilestoneField field, const Milestone& from, Milestone& to) {
  switch (field) {
    case MilestoneField::kTitle:
      to.title = from.title;
      break;
    case MilestoneField::kCohort:
      to.cohort = from.cohort;
      break;
    case MilestoneField::kKind:
      to.kind = from.kind;
      break;
    case MilestoneField::kDue:
      to.due = from.due;
      break;
    case MilestoneField::kGrace:
      to.grace_minutes = from.grace_minutes;
      break;
    case MilestoneField::kHard:
      to.hard = from.hard;
      break;
    case MilestoneField::kTimeZone:
      to.time_zone = from.time_zone;
      break;
    case MilestoneField::kUploadWindow:
      to.upload_window_minutes = from.upload_window_minutes;
      break;
  }
}

std::string Extension::Serialize() const {
  return RecordWriter()
      .Text(programme)
      .Text(milestone)
      .Text(person)
      .Integer(absl::ToUnixMicros(until))
      .Text(reason)
      .Text(granted_by)
      .Integer(absl::ToUnixMicros(granted))
      .bytes();
}

absl::StatusOr<Extension> Extension::Parse(absl::string_view bytes) {
  RecordReader record(bytes);
  Extension extension;
  extension.programme = record.Text();
  extension.milestone = record.Text();
  extension.person = record.Text();
  extension.until = absl::FromUnixMicros(record.Integer());
  extension.reason = record.Text();
  extension.granted_by = record.Text();
  extension.granted = absl::FromUnixMicros(record.Integer());
  if (!record.IsComplete()) return absl::DataLossError("a remembered extension cannot be read");
  return extension;
}

void CheckMilestone(const Milestone& milestone, std::vector<FieldViolation>& problems) {
  const auto add = [&](absl::string_view field, absl::string_view description) {
    problems.push_back({.field = absl::StrCat("milestone.", field), .description = std::string(description)});
  };
  if (absl::StripAsciiWhitespace(milestone.title).empty())
    add("title", "is empty; people must know what is due");
  if (milestone.title.size() > Milestone::kTitleBytesMax)
    add("title", "is too long; at most 500 bytes are kept");
  if (std::any_of(milestone.title.begin(), milestone.title.end(),
                  [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); })) {
    add("title", "has a line end, a tab or another control character; write it on one line");
  }
  if (!milestone.cohort.empty() &&
      !absl::StartsWith(milestone.cohort, absl::StrCat(milestone.programme, "/cohorts/"))) {
    add("cohort",
        absl::StrCat("is ", milestone.cohort, "; a cohort of ", milestone.programme, " is expected"));
  }
  if (milestone.due == absl::Time()) add("due_time", "is missing; say when it is due");
  if (milestone.hard && *milestone.hard < milestone.due + absl::Minutes(milestone.grace_minutes)) {
    add("hard_time", "is before the end of the grace; nothing may close before that");
  }
  absl::TimeZone zone;
  if (milestone.time_zone.empty() || !absl::LoadTimeZone(milestone.time_zone, &zone)) {
    add("time_zone",
        absl::StrCat("is \"", milestone.time_zone, "\"; a name such as Europe/Paris is expected"));
  }
  CheckMinutes(milestone.grace_minutes, "grace_minutes", problems);
  CheckMinutes(milestone.upload_window_minutes, "upload_window_minutes", problems);
}

absl::Status MilestoneExists(absl::string_view name) {
  return Error(absl::StatusCode::kAlreadyExists,
               absl::StrCat(name, " exists already; update it, or choose another id"),
               {.reason = "MILESTONE_EXISTS", .metadata = {{"milestone", std::string(name)}}});
}

}  // namespace soutenance::submissions
