#include "storage/sql/draft_rows.h"

#include "absl/strings/str_cat.h"

namespace soutenance::storage::sql {

using submissions::Draft;
using submissions::DraftKind;
using submissions::Extension;
using submissions::Milestone;
using submissions::Upload;
using submissions::UploadState;
using submissions::Verdict;

std::string SelectMilestones(absl::string_view rest) {
  return absl::StrCat(
      "SELECT programme, id, version, title, cohort, kind, due_us, grace_minutes, hard_us, time_zone, "
      "upload_window_minutes FROM milestones ",
      rest);
}

Milestone ToMilestone(const Row& row) {
  return {.programme = row.Text(0),
          .id = row.Text(1),
          .version = row.Integer(2),
          .title = row.Text(3),
          .cohort = row.Text(4),
          .kind = submissions::KindOf(row.Text(5)).value_or(DraftKind::kDraft),
          .due = row.Time(6),
          .grace_minutes = row.Int(7),
          .hard = row.OptionalTime(8),
          .time_zone = row.Text(9),
          .upload_window_minutes = row.Int(10)};
}

std::string SelectExtensions(absl::string_view rest) {
  return absl::StrCat(
      "SELECT programme, milestone, person, until_us, reason, granted_by, granted_us FROM extensions ", rest);
}

Extension ToExtension(const Row& row) {
  return {.programme = row.Text(0),
          .milestone = row.Text(1),
          .person = row.Text(2),
          .until = row.Time(3),
          .reason = row.Text(4),
          .granted_by = row.Text(5),
          .granted = row.Time(6)};
}

std::string SelectOutages(absl::string_view rest) {
  return absl::StrCat("SELECT id, begin_us, end_us, evidence FROM outages ", rest);
}

submissions::Outage ToOutage(const Row& row) {
  return {.id = row.Text(0), .begin = row.Time(1), .end = row.Time(2), .evidence = row.Text(3)};
}

std::string SelectUploads(absl::string_view rest) {
  return absl::StrCat(
      "SELECT thesis, id, kind, milestone, sha256, size, file_name, state, known, begun_us, expires_us, "
      "verdict, "
      "late_minutes, account, draft, receipt FROM uploads ",
      rest);
}

Upload ToUpload(const Row& row) {
  return {.thesis = row.Text(0),
          .id = row.Text(1),
          .kind = submissions::KindOf(row.Text(2)).value_or(DraftKind::kDraft),
          .milestone = row.Text(3),
          .content = {.sha256 = row.Text(4), .size = row.Integer(5)},
          .file_name = row.Text(6),
          .state = submissions::UploadStateOf(row.Text(7)).value_or(UploadState::kCancelled),
          .known = row.Bool(8),
          .begun = row.Time(9),
          .expires = row.Time(10),
          .punctuality = {.verdict = submissions::VerdictOf(row.Text(11)).value_or(Verdict::kLate),
                          .late_minutes = row.Integer(12)},
          .account = row.Text(13),
          .draft = row.Integer(14),
          .receipt = row.Text(15)};
}

std::string SelectDrafts(absl::string_view rest) {
  return absl::StrCat(
      "SELECT d.thesis, d.number, d.kind, d.milestone, d.sha256, d.size, d.file_name, d.media_type, "
      "d.begun_us, "
      "d.received_us, d.account, d.on_behalf, d.verdict, d.late_minutes, d.upload, d.receipt, "
      "CASE WHEN EXISTS (SELECT 1 FROM drafts l WHERE l.thesis = d.thesis AND l.kind = d.kind AND l.number > "
      "d.number) THEN 0 ELSE 1 END FROM drafts d ",
      rest);
}

Draft ToDraft(const Row& row) {
  return {.thesis = row.Text(0),
          .number = row.Integer(1),
          .kind = submissions::KindOf(row.Text(2)).value_or(DraftKind::kDraft),
          .milestone = row.Text(3),
          .content = {.sha256 = row.Text(4), .size = row.Integer(5)},
          .file_name = row.Text(6),
          .media_type = row.Text(7),
          .begun = row.Time(8),
          .received = row.Time(9),
          .account = row.Text(10),
          .on_behalf = row.Bool(11),
          .punctuality = {.verdict = submissions::VerdictOf(row.Text(12)).value_or(Verdict::kLate),
                          .late_minutes = row.Integer(13)},
          .upload = row.Text(14),
          .receipt = row.Text(15),
          .current = row.Bool(16)};
}

}  // namespace soutenance::storage::sql
