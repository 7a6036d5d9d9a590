#include "services/submissions/rpc/drafts_proto.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
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

std::optional<DraftKind> KindFromProto(pb::DraftKind kind) {
  switch (kind) {
    case pb::DRAFT_KIND_DRAFT:
      return DraftKind::kDraft;
    case pb::DRAFT_KIND_DEPOSIT:
      return DraftKind::kDeposit;
    case pb::DRAFT_KIND_CORRECTED:
      return DraftKind::kCorrected;
    case pb::DRAFT_KIND_ARCHIVE:
      return DraftKind::kArchive;
    case pb::DRAFT_KIND_DISSEMINATION:
      return DraftKind::kDissemination;
    default:
      return std::nullopt;
  }
}

DraftKind ReadKind(pb::DraftKind kind, absl::string_view field, Problems& problems) {
  const std::optional<DraftKind> read = KindFromProto(kind);
  if (!read) problems.push_back({.field = std::string(field), .description = "is missing or not known here"});
  return read.value_or(DraftKind::kDraft);
}

pb::DraftKind ToProto(DraftKind kind) {
  switch (kind) {
    case DraftKind::kDraft:
      return pb::DRAFT_KIND_DRAFT;
    case DraftKind::kDeposit:
      return pb::DRAFT_KIND_DEPOSIT;
    case DraftKind::kCorrected:
      return pb::DRAFT_KIND_CORRECTED;
    case DraftKind::kArchive:
      return pb::DRAFT_KIND_ARCHIVE;
    case DraftKind::kDissemination:
      return pb::DRAFT_KIND_DISSEMINATION;
  }
  return pb::DRAFT_KIND_UNSPECIFIED;
}

pb::Verdict ToProto(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNoDeadline:
      return pb::VERDICT_NO_DEADLINE;
    case Verdict::kOnTime:
      return pb::VERDICT_ON_TIME;
    case Verdict::kGrace:
      return pb::VERDICT_GRACE;
    case Verdict::kLate:
      return pb::VERDICT_LATE;
  }
  return pb::VERDICT_UNSPECIFIED;
}

pb::Upload::State ToProto(UploadState state) {
  switch (state) {
    case UploadState::kOpen:
      return pb::Upload::STATE_OPEN;
    case UploadState::kFinished:
      return pb::Upload::STATE_FINISHED;
    case UploadState::kExpired:
      return pb::Upload::STATE_EXPIRED;
    case UploadState::kCancelled:
      return pb::Upload::STATE_CANCELLED;
  }
  return pb::Upload::STATE_UNSPECIFIED;
}

pb::MilestoneStatus::State ToProto(MilestoneStatus::State state) {
  switch (state) {
    case MilestoneStatus::State::kExpected:
      return pb::MilestoneStatus::STATE_EXPECTED;
    case MilestoneStatus::State::kMissing:
      return pb::MilestoneStatus::STATE_MISSING;
    case MilestoneStatus::State::kBegun:
      return pb::MilestoneStatus::STATE_BEGUN;
    case MilestoneStatus::State::kReceived:
      return pb::MilestoneStatus::STATE_RECEIVED;
  }
  return pb::MilestoneStatus::STATE_UNSPECIFIED;
}

MilestoneKey ReadMilestone(absl::string_view name, absl::string_view field, Problems& problems) {
  const auto key = ParseMilestoneName(name);
  if (key.ok()) return *key;
  problems.push_back({.field = std::string(field), .description = std::string(key.status().message())});
  return {};
}

std::string ReadProgramme(const std::string& name, absl::string_view field, Problems& problems) {
  IdFromName(name, "programmes", field, problems);
  return name;
}

// What a person fills in. Name, etag are the server's. `fields` are those that are given; all if it is empty.
Milestone ValuesFromProto(const pb::Milestone& message, const std::vector<std::string>& fields,
                          Problems& problems) {
  const auto given = [&](const char* field) {
    return fields.empty() || std::find(fields.begin(), fields.end(), field) != fields.end();
  };
  Milestone milestone{.title = message.title(),
                      .cohort = message.cohort(),
                      .grace_minutes = message.grace_minutes(),
                      .time_zone = message.time_zone(),
                      .upload_window_minutes = message.upload_window_minutes()};
  if (milestone.upload_window_minutes == 0) milestone.upload_window_minutes = Milestone::kUploadWindowMinutes;
  if (given("kind")) milestone.kind = ReadKind(message.kind(), "milestone.kind", problems);
  if (given("due_time")) milestone.due = ReadTime(message.due_time(), "milestone.due_time", problems);
  if (message.has_hard_time())
    milestone.hard = ReadTime(message.hard_time(), "milestone.hard_time", problems);
  return milestone;
}

std::vector<absl::string_view> ChangeableFields() {
  std::vector<absl::string_view> names;
  for (const MilestoneField field : kMilestoneFields) names.push_back(FieldName(field));
  return names;
}

// The two ids in "theses/{thesis}/{collection}/{id}".
bool SplitName(absl::string_view name, absl::string_view collection, std::string& thesis, std::string& id) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != "theses" || parts[2] != collection || !CheckId(parts[1]).ok() ||
      !CheckId(parts[3]).ok()) {
    return false;
  }
  thesis = std::string(parts[1]);
  id = std::string(parts[3]);
  return true;
}

absl::Status NoName(absl::string_view field, absl::string_view form) {
  return InvalidFields({{.field = std::string(field), .description = absl::StrCat("is not \"", form, "\"")}});
}

}  // namespace

absl::StatusOr<UploadKey> UploadFromName(absl::string_view name, absl::string_view field) {
  UploadKey key;
  if (SplitName(name, "uploads", key.thesis, key.id)) return key;
  return NoName(field, "theses/{thesis}/uploads/{id}");
}

absl::StatusOr<DraftKey> DraftFromName(absl::string_view name, absl::string_view field) {
  DraftKey key;
  std::string number;
  if (SplitName(name, "drafts", key.thesis, number) && absl::SimpleAtoi(number, &key.number) &&
      absl::StrCat(key.number) == number) {
    return key;
  }
  return NoName(field, "theses/{thesis}/drafts/{number}");
}

absl::StatusOr<MilestoneKey> FromProto(const pb::GetMilestoneRequest& request) {
  Problems problems;
  return Unless(problems, ReadMilestone(request.name(), "name", problems));
}

absl::StatusOr<ListOf<std::string>> FromProto(const pb::ListMilestonesRequest& request) {
  Problems problems;
  ListOf<std::string> list{
      .parent = ReadProgramme(request.parent(), "parent", problems),
      .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(list));
}

absl::StatusOr<Milestone> FromProto(const pb::CreateMilestoneRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  if (const absl::Status status = CheckId(request.milestone_id()); !status.ok()) {
    problems.push_back({.field = "milestone_id", .description = std::string(status.message())});
  }
  Milestone milestone = ValuesFromProto(request.milestone(), {}, problems);
  milestone.programme = ReadProgramme(request.parent(), "parent", problems);
  milestone.id = request.milestone_id();
  return Unless(problems, std::move(milestone));
}

absl::StatusOr<DefaultMilestonesOrder> FromProto(const pb::CreateDefaultMilestonesRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  DefaultMilestonesOrder order{.programme = ReadProgramme(request.parent(), "parent", problems),
                               .cohort = request.cohort()};
  const auto read_day = [&](const std::string& text, const char* field, absl::CivilDay& day) {
    if (absl::ParseCivilTime(text, &day)) return;
    problems.push_back({.field = field, .description = "is not a date such as \"2026-10-01\""});
  };
  read_day(request.first_date(), "first_date", order.first);
  read_day(request.last_date(), "last_date", order.last);
  if (!request.time_zone().empty()) order.time_zone = request.time_zone();
  if (!request.language().empty()) order.language = request.language();
  return Unless(problems, std::move(order));
}

absl::StatusOr<MilestoneUpdate> FromProto(const pb::UpdateMilestoneRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const std::vector<std::string> names =
      runtime::FieldsFromMask(request.update_mask(), ChangeableFields(), problems);
  MilestoneUpdate update{.values = ValuesFromProto(request.milestone(), names, problems),
                         .version = runtime::VersionFromEtag(request.milestone().etag())};
  MilestoneKey key = ReadMilestone(request.milestone().name(), "milestone.name", problems);
  update.values.programme = std::move(key.programme);
  update.values.id = std::move(key.id);
  for (const MilestoneField field : kMilestoneFields) {
    if (std::find(names.begin(), names.end(), FieldName(field)) != names.end())
      update.fields.push_back(field);
  }
  return Unless(problems, std::move(update));
}

absl::StatusOr<Extension> FromProto(const pb::GrantExtensionRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Extension& message = request.extension();
  MilestoneKey key = ReadMilestone(message.milestone(), "extension.milestone", problems);
  Extension extension{.programme = std::move(key.programme),
                      .milestone = std::move(key.id),
                      .person = message.person(),
                      .until = ReadTime(message.until_time(), "extension.until_time", problems),
                      .reason = message.reason()};
  return Unless(problems, std::move(extension));
}

absl::StatusOr<ListOf<MilestoneKey>> FromProto(const pb::ListExtensionsRequest& request) {
  Problems problems;
  ListOf<MilestoneKey> list{
      .parent = ReadMilestone(request.parent(), "parent", problems),
      .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(list));
}

absl::StatusOr<ListOf<MilestoneKey>> FromProto(const pb::ListMilestoneStatusesRequest& request) {
  Problems problems;
  ListOf<MilestoneKey> list{
      .parent = ReadMilestone(request.parent(), "parent", problems),
      .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(list));
}

absl::StatusOr<Upload> FromProto(const pb::CreateUploadRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Upload& message = request.upload();
  if (!message.milestone().empty()) ReadMilestone(message.milestone(), "upload.milestone", problems);
  Upload upload{.thesis = IdFromName(request.parent(), "theses", "parent", problems),
                .kind = ReadKind(message.kind(), "upload.kind", problems),
                .milestone = message.milestone(),
                .content = {.sha256 = message.sha256(), .size = message.size()},
                .file_name = message.file_name()};
  return Unless(problems, std::move(upload));
}

absl::StatusOr<UploadKey> FromProto(const pb::SubmitDraftRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return UploadFromName(request.upload(), "upload");
}

absl::StatusOr<UploadKey> FromProto(const pb::CancelUploadRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return UploadFromName(request.name(), "name");
}

absl::StatusOr<ListOf<std::string>> FromProto(const pb::ListDraftsRequest& request) {
  Problems problems;
  ListOf<std::string> list{
      .parent = IdFromName(request.parent(), "theses", "parent", problems),
      .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(list));
}

absl::StatusOr<PageRequest> FromProto(const pb::ListReceiptLogEntriesRequest& request) {
  Problems problems;
  PageRequest page = runtime::PageFromProto(request.page_size(), request.page_token(), problems);
  return Unless(problems, std::move(page));
}

pb::Milestone ToProto(const Milestone& milestone) {
  pb::Milestone message;
  message.set_name(milestone.Name());
  message.set_etag(runtime::EtagFromVersion(milestone.version));
  message.set_title(milestone.title);
  message.set_cohort(milestone.cohort);
  message.set_kind(ToProto(milestone.kind));
  SetTime(milestone.due, message.mutable_due_time());
  message.set_grace_minutes(milestone.grace_minutes);
  if (milestone.hard) SetTime(*milestone.hard, message.mutable_hard_time());
  message.set_time_zone(milestone.time_zone);
  message.set_upload_window_minutes(milestone.upload_window_minutes);
  return message;
}

pb::Extension ToProto(const Extension& extension) {
  pb::Extension message;
  message.set_milestone(absl::StrCat(extension.programme, "/milestones/", extension.milestone));
  message.set_person(extension.person);
  SetTime(extension.until, message.mutable_until_time());
  message.set_reason(extension.reason);
  message.set_granted_by(extension.granted_by);
  SetTime(extension.granted, message.mutable_grant_time());
  return message;
}

pb::Milestone ToProto(const MilestoneWithLimits& with) {
  pb::Milestone message = ToProto(with.milestone);
  for (const OwnLimits& own : with.limits) {
    pb::MilestoneLimits& limits = *message.add_limits();
    if (!own.thesis.empty()) limits.set_thesis(absl::StrCat("theses/", own.thesis));
    SetTime(own.limits.due, limits.mutable_due_time());
    SetTime(own.limits.grace_end, limits.mutable_grace_end_time());
    if (own.limits.hard) SetTime(*own.limits.hard, limits.mutable_hard_time());
    if (own.extension) *limits.mutable_extension() = ToProto(*own.extension);
    for (const CountedOutage& each : own.outages) {
      pb::CountedOutage& counted = *limits.add_outages();
      counted.set_outage(each.outage.Name());
      SetTime(each.outage.begin, counted.mutable_begin_time());
      SetTime(each.outage.end, counted.mutable_end_time());
      counted.set_minutes(static_cast<int32_t>(absl::ToInt64Minutes(each.by)));
    }
  }
  return message;
}

pb::MilestoneStatus ToProto(const MilestoneStatus& status) {
  pb::MilestoneStatus message;
  message.set_thesis(status.thesis.Name());
  message.set_title(status.thesis.title);
  for (const std::string& author : status.thesis.authors) message.add_authors(author);
  message.set_state(ToProto(status.state));
  if (status.draft) {
    message.set_draft(status.draft->Name());
    message.set_verdict(ToProto(status.draft->punctuality.verdict));
    message.set_late_minutes(status.draft->punctuality.late_minutes);
    SetTime(status.draft->received, message.mutable_receive_time());
  }
  if (status.begun) SetTime(*status.begun, message.mutable_begin_time());
  SetTime(status.limits.due, message.mutable_due_time());
  message.set_extended(status.limits.extended);
  return message;
}

pb::Upload ToProto(const Upload& upload) {
  pb::Upload message;
  message.set_name(upload.Name());
  message.set_kind(ToProto(upload.kind));
  message.set_milestone(upload.milestone);
  message.set_sha256(upload.content.sha256);
  message.set_size(upload.content.size);
  message.set_file_name(upload.file_name);
  message.set_state(ToProto(upload.state));
  SetTime(upload.begun, message.mutable_begin_time());
  SetTime(upload.expires, message.mutable_expire_time());
  message.set_verdict(ToProto(upload.punctuality.verdict));
  message.set_late_minutes(upload.punctuality.late_minutes);
  message.set_account(upload.account);
  message.set_draft(upload.DraftName());
  return message;
}

pb::Upload ToProto(const UploadProgress& progress) {
  pb::Upload message = ToProto(progress.upload);
  AddTo(*message.mutable_received(), progress.received);
  return message;
}

pb::Draft ToProto(const Draft& draft) {
  pb::Draft message;
  message.set_name(draft.Name());
  message.set_kind(ToProto(draft.kind));
  message.set_milestone(draft.milestone);
  message.set_sha256(draft.content.sha256);
  message.set_size(draft.content.size);
  message.set_file_name(draft.file_name);
  message.set_media_type(draft.media_type);
  SetTime(draft.begun, message.mutable_begin_time());
  SetTime(draft.received, message.mutable_receive_time());
  message.set_account(draft.account);
  message.set_on_behalf(draft.on_behalf);
  message.set_verdict(ToProto(draft.punctuality.verdict));
  message.set_late_minutes(draft.punctuality.late_minutes);
  message.set_current(draft.current);
  return message;
}

pb::ReceiptLogHead ToProto(const receipts::LogHead& head) {
  pb::ReceiptLogHead message;
  message.set_size(head.size);
  message.set_root(head.root);
  message.set_signature(head.signature);
  message.set_institution(head.institution);
  return message;
}

void AddTo(google::protobuf::RepeatedPtrField<pb::ByteRange>& message, const std::vector<ByteRange>& ranges) {
  for (const ByteRange& range : ranges) {
    pb::ByteRange& each = *message.Add();
    each.set_begin(range.begin);
    each.set_end(range.end);
  }
}

}  // namespace soutenance::submissions
