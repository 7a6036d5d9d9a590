#include "services/submissions/drafts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/draft_statement.h"
#include "services/submissions/milestones.h"
#include "services/submissions/outages.h"
#include "services/submissions/thesis_access.h"

namespace soutenance::submissions {
namespace {

using Reader = DraftStore::Reader;
using Writer = DraftStore::Writer;

// Verifying a large file may take this long after its upload expired.
constexpr absl::Duration kExpiryMargin = absl::Minutes(10);
constexpr std::size_t kFirstBytes = 4096;

bool IsAuthor(const Caller& caller, const Thesis& thesis) {
  return !caller.person.empty() &&
         std::find(thesis.authors.begin(), thesis.authors.end(), caller.person) != thesis.authors.end();
}

// The thesis, if `caller` may know of it.
absl::StatusOr<Thesis> FindThesis(const Reader& reader, const Caller& caller, absl::string_view id,
                                  const Seats& seats = {}, absl::Time now = absl::InfinitePast()) {
  ASSIGN_OR_RETURN(std::optional<Thesis> thesis, reader.FindThesis(id));
  if (!thesis || !SightOn(caller, *thesis, seats, now).knows)
    return NotFound("thesis", absl::StrCat("theses/", id));
  return *std::move(thesis);
}

// Whether versions of `kind` are among `files`.
bool Includes(Files files, DraftKind kind) {
  switch (files) {
    case Files::kNone:
      return false;
    case Files::kDisseminated:
      return kind == DraftKind::kDissemination;
    case Files::kDeposited:
      return kind != DraftKind::kDraft;
    case Files::kAll:
      return true;
  }
  return false;
}

absl::Status CheckMaySubmit(const Caller& caller, const Thesis& thesis) {
  if (!IsAuthor(caller, thesis) && !RunsProgramme(caller, thesis.programme)) {
    return Error(absl::StatusCode::kPermissionDenied,
                 "only the authors of a thesis and those who run its programme submit versions of it",
                 {.reason = "NOT_AN_AUTHOR", .metadata = {{"thesis", thesis.Name()}}});
  }
  if (thesis.IsWithdrawn()) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 "the thesis is withdrawn; nothing can be submitted for it",
                 {.reason = "THESIS_WITHDRAWN", .metadata = {{"thesis", thesis.Name()}}});
  }
  if (!AcceptsVersions(thesis.state)) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat("nothing can be submitted while the thesis is ", StateName(thesis.state),
                              "; ask ListThesisTransitions what can happen to it"),
                 {.reason = "THESIS_STATE",
                  .metadata = {{"thesis", thesis.Name()}, {"state", std::string(StateName(thesis.state))}}});
  }
  return absl::OkStatus();
}

// The upload with its thesis, for whoever may read the thesis.
struct Found {
  Thesis thesis;
  Upload upload;
};
absl::StatusOr<Found> FindUpload(const Reader& reader, const Caller& caller, const UploadKey& key) {
  ASSIGN_OR_RETURN(Thesis thesis, FindThesis(reader, caller, key.thesis));
  ASSIGN_OR_RETURN(std::optional<Upload> upload, reader.FindUpload(key.thesis, key.id));
  if (!upload || !MayRead(caller, thesis)) {
    return NotFound("upload", absl::StrCat("theses/", key.thesis, "/uploads/", key.id));
  }
  return Found{std::move(thesis), *std::move(upload)};
}

absl::Status Closed(const Upload& upload, absl::string_view way_out) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("the upload is ", StateName(upload.state), "; ", way_out),
               {.reason = "UPLOAD_CLOSED",
                .metadata = {{"upload", upload.Name()}, {"state", std::string(StateName(upload.state))}}});
}

// Whether content may still come.
absl::Status CheckIsOpen(Upload upload, absl::Time now) {
  if (upload.state == UploadState::kOpen && now > upload.expires) upload.state = UploadState::kExpired;
  return upload.state == UploadState::kOpen ? absl::OkStatus()
                                            : Closed(upload, "begin a new one with CreateUpload");
}

absl::Status TooMuch(absl::string_view reason, absl::string_view what, int64_t bytes, int64_t bytes_max) {
  return Error(absl::StatusCode::kResourceExhausted,
               absl::StrCat(what, " ", bytes, " bytes; at most ", bytes_max, " are accepted"),
               {.reason = std::string(reason),
                .metadata = {{"bytes", absl::StrCat(bytes)}, {"bytes_max", absl::StrCat(bytes_max)}}});
}

absl::Status CheckQuota(const Reader& reader, const Caller& caller, const Thesis& thesis, int64_t size,
                        const DraftLimits& limits) {
  ASSIGN_OR_RETURN(const int64_t of_account, reader.BytesOfAccount(caller.account));
  if (of_account + size > limits.account_bytes_max) {
    return TooMuch("QUOTA_EXCEEDED", "with this file, the account would have", of_account + size,
                   limits.account_bytes_max);
  }
  ASSIGN_OR_RETURN(const int64_t of_programme, reader.BytesOfProgramme(thesis.programme));
  if (of_programme + size <= limits.programme_bytes_max) return absl::OkStatus();
  return TooMuch("QUOTA_EXCEEDED", "with this file, the programme would have", of_programme + size,
                 limits.programme_bytes_max);
}

// The milestone that an upload is for, with the limits of its thesis. Nothing if it is for none.
struct Due {
  Milestone milestone;
  Limits limits;
};
absl::StatusOr<std::optional<Due>> FindDue(const Reader& reader, const Thesis& thesis,
                                           const std::string& name) {
  if (name.empty()) return std::nullopt;
  const auto key = ParseMilestoneName(name);
  std::optional<Milestone> milestone;
  if (key.ok()) {
    ASSIGN_OR_RETURN(milestone, reader.FindMilestone(key->programme, key->id));
  }
  if (!milestone || !milestone->IsFor(thesis)) return NotFound("milestone", name);
  ASSIGN_OR_RETURN(const auto extended_until, reader.LatestExtension(*milestone, thesis.authors));
  ASSIGN_OR_RETURN(const Limits limits, LimitsFor(reader, *milestone, extended_until));
  return Due{*std::move(milestone), limits};
}

absl::Status CheckDue(const Due& due, const Upload& upload) {
  if (due.milestone.kind != upload.kind) {
    return InvalidFields(
        {{.field = "upload.kind",
          .description = absl::StrCat("is ", KindName(upload.kind), "; this milestone is for ",
                                      KindName(due.milestone.kind))}});
  }
  if (due.limits.IsOpenAt(upload.begun)) return absl::OkStatus();
  const std::string closed = CivilText(*due.limits.hard, due.milestone.time_zone);
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("the milestone closed at ", closed, "; ask those who run the programme for an extension"),
      {.reason = "MILESTONE_CLOSED", .metadata = {{"milestone", upload.milestone}, {"closed", closed}}});
}

// What is the same as `upload` already and need not be begun again.
absl::StatusOr<std::optional<Upload>> FindSame(const Reader& reader, const Upload& upload) {
  ASSIGN_OR_RETURN(std::optional<Upload> open, reader.FindOpenUploadLike(upload));
  if (open && upload.begun <= open->expires) return open;
  ASSIGN_OR_RETURN(const std::optional<Draft> latest, reader.FindLatestDraft(upload.thesis, upload.kind));
  if (!latest || latest->content != upload.content || latest->milestone != upload.milestone)
    return std::nullopt;
  return reader.FindUpload(upload.thesis, latest->upload);
}

std::vector<ByteRange> Whole(const Upload& upload) { return {{0, upload.content.size}}; }

// Appends the receipt for `statement` to the log and returns it.
absl::StatusOr<std::string> IssueReceipt(Writer& writer, const receipts::Statement& statement,
                                         const receipts::SigningKey& key) {
  ASSIGN_OR_RETURN(receipts::LogTree log, writer.Log());
  std::string receipt = receipts::Issue(statement, log, key);
  RETURN_IF_ERROR(writer.AppendToLog(log, receipts::LeafOf(statement)));
  return receipt;
}

}  // namespace

absl::StatusOr<UploadProgress> Drafts::CreateUpload(const Caller& caller, const Upload& given,
                                                    const Mutation& mutation) {
  Upload fresh{.thesis = given.thesis,
               .id = NewId(),
               .kind = given.kind,
               .milestone = given.milestone,
               .content = given.content,
               .file_name = given.file_name,
               .begun = ToMicroseconds(parts_.clock.Now()),
               .account = caller.account};
  std::vector<FieldViolation> problems;
  CheckUpload(fresh, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  if (fresh.content.size > limits_.file_bytes_max) {
    return TooMuch("CONTENT_TOO_LARGE", "the file has", fresh.content.size, limits_.file_bytes_max);
  }
  if (parts_.outages != nullptr && !fresh.milestone.empty()) RETURN_IF_ERROR(parts_.outages->CatchUp());
  const std::string nonce = NewNonce();
  const auto create = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Upload> {
    ASSIGN_OR_RETURN(const Thesis thesis, FindThesis(reader, caller, fresh.thesis));
    RETURN_IF_ERROR(CheckMaySubmit(caller, thesis));
    ASSIGN_OR_RETURN(std::optional<Upload> same, FindSame(reader, fresh));
    if (same) return *std::move(same);
    ASSIGN_OR_RETURN(const std::optional<Due> due, FindDue(reader, thesis, fresh.milestone));
    Upload upload = fresh;
    if (due) {
      RETURN_IF_ERROR(CheckDue(*due, upload));
      upload.punctuality = due->limits.Judge(upload.begun);
    }
    const int window = due && due->milestone.upload_window_minutes > 0 ? due->milestone.upload_window_minutes
                                                                       : Milestone::kUploadWindowMinutes;
    upload.expires = upload.begun + absl::Minutes(window);
    RETURN_IF_ERROR(CheckQuota(reader, caller, thesis, upload.content.size, limits_));
    ASSIGN_OR_RETURN(upload.known, reader.HasContent(upload.thesis, upload.content.sha256));
    if (writer == nullptr) return upload;
    const std::optional<Deadline> deadline =
        due ? std::optional(Deadline{due->limits.due, due->milestone.time_zone}) : std::nullopt;
    ASSIGN_OR_RETURN(
        upload.receipt,
        IssueReceipt(*writer, StatementOf(upload, deadline, parts_.institution, nonce), parts_.key));
    RETURN_IF_ERROR(writer->InsertUpload(upload));
    return upload;
  };
  ASSIGN_OR_RETURN(Upload upload, Once<Upload>(parts_.store, mutation, parts_.clock.Now(), create));
  if (mutation.validate_only) return UploadProgress{std::move(upload), {}};
  // Of a new one nothing was received.
  if (upload.id == fresh.id && !upload.known) return UploadProgress{std::move(upload), {}};
  return GetUpload(caller, {.thesis = upload.thesis, .id = upload.id});
}

absl::StatusOr<UploadProgress> Drafts::GetUpload(const Caller& caller, const UploadKey& key) const {
  UploadProgress progress;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(Found found, FindUpload(reader, caller, key));
    progress.upload = std::move(found.upload);
    return absl::OkStatus();
  }));
  const Upload& upload = progress.upload;
  if (upload.known || upload.state == UploadState::kFinished) {
    progress.received = Whole(upload);
  } else if (upload.state == UploadState::kOpen) {
    ASSIGN_OR_RETURN(progress.received, parts_.contents.Received(upload.id));
  }
  return progress;
}

absl::StatusOr<std::unique_ptr<ContentStore::PieceWriter>> Drafts::OpenUpload(const Caller& caller,
                                                                              const UploadKey& key) {
  Upload upload;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(Found found, FindUpload(reader, caller, key));
    RETURN_IF_ERROR(CheckMaySubmit(caller, found.thesis));
    upload = std::move(found.upload);
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(CheckIsOpen(upload, parts_.clock.Now()));
  if (upload.known) return Closed(upload, "its content is here already; go on with SubmitDraft");
  return parts_.contents.OpenUpload(upload.id, upload.content.size);
}

absl::StatusOr<Draft> Drafts::SubmitDraft(const Caller& caller, const UploadKey& key,
                                          const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<Draft> first_result, FindFirstResult<Draft>(parts_.store, mutation));
  if (first_result) return *std::move(first_result);

  const absl::Time now = ToMicroseconds(parts_.clock.Now());
  Upload upload;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(Found found, FindUpload(reader, caller, key));
    RETURN_IF_ERROR(CheckMaySubmit(caller, found.thesis));
    upload = std::move(found.upload);
    return absl::OkStatus();
  }));
  if (upload.state == UploadState::kFinished) return GetDraft(caller, upload.thesis, upload.draft);
  RETURN_IF_ERROR(CheckIsOpen(upload, now));
  if (parts_.outages != nullptr && !upload.milestone.empty()) RETURN_IF_ERROR(parts_.outages->CatchUp());
  if (!upload.known) RETURN_IF_ERROR(parts_.contents.Finish(upload.id, upload.content));
  ASSIGN_OR_RETURN(const auto content, parts_.contents.Open(upload.content.sha256));
  ASSIGN_OR_RETURN(const std::string first_bytes, content->Read(0, kFirstBytes));

  const std::string nonce = NewNonce();
  const auto submit = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Draft> {
    ASSIGN_OR_RETURN(Found found, FindUpload(reader, caller, key));
    if (found.upload.state == UploadState::kFinished) {
      ASSIGN_OR_RETURN(std::optional<Draft> made, reader.FindDraft(key.thesis, found.upload.draft));
      if (made) return *std::move(made);
    }
    RETURN_IF_ERROR(CheckMaySubmit(caller, found.thesis));
    if (found.upload.state != UploadState::kOpen) return CheckIsOpen(found.upload, now);
    ASSIGN_OR_RETURN(const std::optional<Due> due, FindDue(reader, found.thesis, upload.milestone));
    ASSIGN_OR_RETURN(const int64_t count, reader.CountDrafts(upload.thesis));
    Draft draft{.thesis = upload.thesis,
                .number = count + 1,
                .kind = upload.kind,
                .milestone = upload.milestone,
                .content = upload.content,
                .file_name = upload.file_name,
                .media_type = MediaTypeOf(first_bytes),
                .begun = upload.begun,
                // A clock that was set back in between does not make anything arrive before it began.
                .received = std::max(ToMicroseconds(parts_.clock.Now()), upload.begun),
                .account = upload.account,
                .on_behalf = !IsAuthor(caller, found.thesis),
                .punctuality = upload.punctuality,
                .upload = upload.id,
                .current = true};
    std::optional<Deadline> deadline;
    if (due) {
      // An extension that was granted meanwhile counts, and so does an outage; nothing makes worse what was
      // promised.
      draft.punctuality = Better(upload.punctuality, due->limits.Judge(upload.begun));
      deadline = Deadline{due->limits.due, due->milestone.time_zone};
    }
    if (writer == nullptr) return draft;
    ASSIGN_OR_RETURN(
        draft.receipt,
        IssueReceipt(*writer, StatementOf(draft, deadline, parts_.institution, nonce), parts_.key));
    RETURN_IF_ERROR(writer->InsertDraft(draft));
    found.upload.state = UploadState::kFinished;
    found.upload.draft = draft.number;
    RETURN_IF_ERROR(writer->CloseUpload(found.upload));
    return draft;
  };
  ASSIGN_OR_RETURN(Draft draft, Once<Draft>(parts_.store, mutation, now, submit));
  // What is left of the upload is of no use any more; the collection of garbage would remove it too.
  parts_.contents.Discard(upload.id).IgnoreError();
  if (parts_.on_received) parts_.on_received();
  return draft;
}

absl::StatusOr<Upload> Drafts::CancelUpload(const Caller& caller, const UploadKey& key,
                                            const Mutation& mutation) {
  const auto cancel = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Upload> {
    ASSIGN_OR_RETURN(Found found, FindUpload(reader, caller, key));
    RETURN_IF_ERROR(CheckMaySubmit(caller, found.thesis));
    Upload upload = std::move(found.upload);
    if (upload.state == UploadState::kCancelled) return upload;
    if (upload.state != UploadState::kOpen) return Closed(upload, "there is nothing to give up");
    upload.state = UploadState::kCancelled;
    if (writer != nullptr) RETURN_IF_ERROR(writer->CloseUpload(upload));
    return upload;
  };
  ASSIGN_OR_RETURN(Upload upload, Once<Upload>(parts_.store, mutation, parts_.clock.Now(), cancel));
  parts_.contents.Discard(upload.id).IgnoreError();  // as after SubmitDraft
  return upload;
}

absl::StatusOr<Seats> Drafts::FindSeats(const Caller& caller, absl::string_view id) const {
  std::optional<Thesis> thesis;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(thesis, reader.FindThesis(id));
    return absl::OkStatus();
  }));
  return SeatsFor(parts_.juries, caller, id, thesis ? &*thesis : nullptr);
}

absl::StatusOr<std::set<int64_t>> Drafts::FindGiven(const Caller& caller, absl::string_view thesis,
                                                    const Seats& seats) const {
  if (seats.empty()) return std::set<int64_t>();
  return parts_.juries.VersionsFor(caller.person, thesis);
}

absl::StatusOr<Draft> Drafts::GetDraft(const Caller& caller, absl::string_view thesis, int64_t number) const {
  ASSIGN_OR_RETURN(const Seats seats, FindSeats(caller, thesis));
  ASSIGN_OR_RETURN(const std::set<int64_t> given, FindGiven(caller, thesis, seats));
  const absl::Time now = parts_.clock.Now();
  std::optional<Draft> draft;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Thesis found, FindThesis(reader, caller, thesis, seats, now));
    ASSIGN_OR_RETURN(draft, reader.FindDraft(thesis, number));
    if (draft && !Includes(SightOn(caller, found, seats, now).files, draft->kind) &&
        !given.contains(number)) {
      draft.reset();
    }
    return absl::OkStatus();
  }));
  if (!draft) return NotFound("draft", absl::StrCat("theses/", thesis, "/drafts/", number));
  return *std::move(draft);
}

absl::StatusOr<Page<Draft>> Drafts::ListDrafts(const Caller& caller, absl::string_view thesis,
                                               const PageRequest& page) const {
  ASSIGN_OR_RETURN(const Seats seats, FindSeats(caller, thesis));
  ASSIGN_OR_RETURN(const std::set<int64_t> given, FindGiven(caller, thesis, seats));
  const absl::Time now = parts_.clock.Now();
  Page<Draft> drafts;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    drafts = {};
    ASSIGN_OR_RETURN(const Thesis found, FindThesis(reader, caller, thesis, seats, now));
    const Files files = SightOn(caller, found, seats, now).files;
    if (files == Files::kNone && given.empty()) return absl::OkStatus();
    PageRequest part = page;
    do {
      ASSIGN_OR_RETURN(Page<Draft> stored, reader.ListDrafts(thesis, part));
      for (Draft& draft : stored.items) {
        if (!Includes(files, draft.kind) && !given.contains(draft.number)) continue;
        if (drafts.items.size() == static_cast<std::size_t>(page.size)) {
          drafts.next = absl::StrCat(drafts.items.back().number);
          return absl::OkStatus();
        }
        drafts.items.push_back(std::move(draft));
      }
      part.after = std::move(stored.next);
    } while (!part.after.empty());
    return absl::OkStatus();
  }));
  return drafts;
}

absl::StatusOr<std::unique_ptr<ContentStore::Reader>> Drafts::OpenDraft(const Caller& caller,
                                                                        absl::string_view thesis,
                                                                        int64_t number) const {
  ASSIGN_OR_RETURN(const Draft draft, GetDraft(caller, thesis, number));
  return parts_.contents.Open(draft.content.sha256);
}

absl::StatusOr<NamedText> Drafts::DraftReceipt(const Caller& caller, absl::string_view thesis,
                                               int64_t number) const {
  ASSIGN_OR_RETURN(Draft draft, GetDraft(caller, thesis, number));
  return NamedText{absl::StrCat(thesis, "-", number, ".receipt"), std::move(draft.receipt)};
}

absl::StatusOr<NamedText> Drafts::UploadReceipt(const Caller& caller, const UploadKey& key) const {
  ASSIGN_OR_RETURN(UploadProgress progress, GetUpload(caller, key));
  return NamedText{absl::StrCat(key.thesis, "-", key.id, ".receipt"), std::move(progress.upload.receipt)};
}

absl::StatusOr<receipts::LogHead> Drafts::LogHead() const {
  receipts::LogTree log;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(log, reader.Log());
    return absl::OkStatus();
  }));
  return receipts::SignHead(parts_.institution, log, parts_.key);
}

absl::StatusOr<std::vector<std::string>> Drafts::LogLeaves(int64_t first, int count) const {
  std::vector<std::string> leaves;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(leaves, reader.LogLeaves(first, count));
    return absl::OkStatus();
  }));
  return leaves;
}

absl::Status Drafts::CollectGarbage() {
  std::vector<Upload> expired;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(expired, reader.ExpiredUploads(parts_.clock.Now() - kExpiryMargin));
    return absl::OkStatus();
  }));
  for (Upload& upload : expired) {
    upload.state = UploadState::kExpired;
    const absl::Status status =
        parts_.store.Write([&](Writer& writer) { return writer.CloseUpload(upload); });
    // Somebody else may have closed it meanwhile.
    if (!status.ok() && !absl::IsAborted(status)) return status;
  }
  const auto ask = [&](auto question) -> absl::StatusOr<bool> {
    bool answer = true;
    RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(answer, question(reader));
      return absl::OkStatus();
    }));
    return answer;
  };
  ASSIGN_OR_RETURN(const std::vector<std::string> uploads, parts_.contents.Uploads());
  for (const std::string& id : uploads) {
    ASSIGN_OR_RETURN(const bool open, ask([&](const Reader& reader) { return reader.IsOpen(id); }));
    if (!open) RETURN_IF_ERROR(parts_.contents.Discard(id));
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> contents, parts_.contents.Contents());
  for (const std::string& sha256 : contents) {
    const auto is_needed = [&] {
      return ask([&](const Reader& reader) { return reader.IsContentNeeded(sha256); });
    };
    ASSIGN_OR_RETURN(const bool needed, is_needed());
    if (!needed) RETURN_IF_ERROR(parts_.contents.RemoveUnless(sha256, is_needed));
  }
  return absl::OkStatus();
}

}  // namespace soutenance::submissions
