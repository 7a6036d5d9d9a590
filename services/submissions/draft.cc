#include "services/submissions/draft.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

constexpr UploadState kStates[] = {UploadState::kOpen, UploadState::kFinished, UploadState::kExpired,
                                   UploadState::kCancelled};

bool IsControl(char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); }

}  // namespace

absl::string_view StateName(UploadState state) {
  switch (state) {
    case UploadState::kOpen:
      return "open";
    case UploadState::kFinished:
      return "finished";
    case UploadState::kExpired:
      return "expired";
    case UploadState::kCancelled:
      return "cancelled";
  }
  return "";
}

std::optional<UploadState> UploadStateOf(absl::string_view name) {
  for (const UploadState state : kStates) {
    if (StateName(state) == name) return state;
  }
  return std::nullopt;
}

std::string Upload::Name() const { return absl::StrCat("theses/", thesis, "/uploads/", id); }

std::string Upload::DraftName() const {
  return draft == 0 ? "" : absl::StrCat("theses/", thesis, "/drafts/", draft);
}

std::string Upload::Serialize() const {
  return RecordWriter()
      .Text(thesis)
      .Text(id)
      .Text(KindName(kind))
      .Text(milestone)
      .Text(content.sha256)
      .Integer(content.size)
      .Text(file_name)
      .Text(StateName(state))
      .Integer(known)
      .Integer(absl::ToUnixMicros(begun))
      .Integer(absl::ToUnixMicros(expires))
      .Text(VerdictName(punctuality.verdict))
      .Integer(punctuality.late_minutes)
      .Text(account)
      .Integer(draft)
      .Text(receipt)
      .bytes();
}

absl::StatusOr<Upload> Upload::Parse(absl::string_view bytes) {
  RecordReader record(bytes);
  Upload upload;
  upload.thesis = record.Text();
  upload.id = record.Text();
  const std::optional<DraftKind> kind = KindOf(record.Text());
  upload.milestone = record.Text();
  upload.content.sha256 = record.Text();
  upload.content.size = record.Integer();
  upload.file_name = record.Text();
  const std::optional<UploadState> state = UploadStateOf(record.Text());
  upload.known = record.Integer() != 0;
  upload.begun = absl::FromUnixMicros(record.Integer());
  upload.expires = absl::FromUnixMicros(record.Integer());
  const std::optional<Verdict> verdict = VerdictOf(record.Text());
  upload.punctuality.late_minutes = record.Integer();
  upload.account = record.Text();
  upload.draft = record.Integer();
  upload.receipt = record.Text();
  if (!kind || !state || !verdict || !record.IsComplete()) {
    return absl::DataLossError("a remembered upload cannot be read");
  }
  upload.kind = *kind;
  upload.state = *state;
  upload.punctuality.verdict = *verdict;
  return upload;
}

std::string Draft::Name() const { return absl::StrCat("theses/", thesis, "/drafts/", number); }

std::string Draft::Serialize() const {
  return RecordWriter()
      .Text(thesis)
      .Integer(number)
      .Text(KindName(kind))
      .Text(milestone)
      .Text(content.sha256)
      .Integer(content.size)
      .Text(file_name)
      .Text(media_type)
      .Integer(absl::ToUnixMicros(begun))
      .Integer(absl::ToUnixMicros(received))
      .Text(account)
      .Integer(on_behalf)
      .Text(VerdictName(punctuality.verdict))
      .Integer(punctuality.late_minutes)
      .Text(upload)
      .Text(receipt)
      .Integer(current)
      .bytes();
}

absl::StatusOr<Draft> Draft::Parse(absl::string_view bytes) {
  RecordReader record(bytes);
  Draft draft;
  draft.thesis = record.Text();
  draft.number = record.Integer();
  const std::optional<DraftKind> kind = KindOf(record.Text());
  draft.milestone = record.Text();
  draft.content.sha256 = record.Text();
  draft.content.size = record.Integer();
  draft.file_name = record.Text();
  draft.media_type = record.Text();
  draft.begun = absl::FromUnixMicros(record.Integer());
  draft.received = absl::FromUnixMicros(record.Integer());
  draft.account = record.Text();
  draft.on_behalf = record.Integer() != 0;
  const std::optional<Verdict> verdict = VerdictOf(record.Text());
  draft.punctuality.late_minutes = record.Integer();
  draft.upload = record.Text();
  draft.receipt = record.Text();
  draft.current = record.Integer() != 0;
  if (!kind || !verdict || !record.IsComplete())
    return absl::DataLossError("a remembered version cannot be read");
  draft.kind = *kind;
  draft.punctuality.verdict = *verdict;
  return draft;
}

std::string MediaTypeOf(absl::string_view first_bytes) {
  // A PDF may begin with up to a kibibyte of something else; readers look there, and so do we.
  if (absl::StrContains(first_bytes.substr(0, 1024), "%PDF-")) return "application/pdf";
  if (absl::StartsWith(first_bytes, "PK\x03\x04")) return "application/zip";
  const bool is_text = std::none_of(first_bytes.begin(), first_bytes.end(), [](char c) {
    return IsControl(c) && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
  return is_text && !first_bytes.empty() ? "text/plain" : "application/octet-stream";
}

void CheckUpload(const Upload& upload, std::vector<FieldViolation>& problems) {
  const auto add = [&](absl::string_view field, absl::string_view description) {
    problems.push_back({.field = absl::StrCat("upload.", field), .description = std::string(description)});
  };
  if (!IsSha256(upload.content.sha256)) add("sha256", "is not 64 lower-case hexadecimal digits");
  if (upload.content.size <= 0) add("size", "is not positive; an empty file is no version");
  const std::string& name = upload.file_name;
  // "-" is how a receipt says that there is none.
  if (name.empty() || name == "." || name == ".." || name == "-") {
    add("file_name", "is no name; say what the file is called");
  }
  if (name.size() > Upload::kFileNameBytesMax) add("file_name", "is too long; at most 255 bytes are kept");
  if (absl::StrContains(name, '/') || absl::StrContains(name, '\\') ||
      std::any_of(name.begin(), name.end(), IsControl)) {
    add("file_name", "has a slash, a backslash or a control character; give the name without its folder");
  }
}

}  // namespace soutenance::submissions
