#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/submissions/content_store.h"
#include "services/submissions/deadline.h"
#include "services/submissions/milestone.h"

namespace soutenance::submissions {

// How far an upload is.
enum class UploadState { kOpen, kFinished, kExpired, kCancelled };

// "finished".
absl::string_view StateName(UploadState state);
std::optional<UploadState> UploadStateOf(absl::string_view name);

// A commitment to a version: what its content will be, and when it was begun.
struct Upload {
  static constexpr std::size_t kFileNameBytesMax = 255;

  std::string thesis;  // the thesis's id
  std::string id;
  DraftKind kind = DraftKind::kDraft;
  std::string milestone;  // "programmes/msi/milestones/final", or empty
  ContentId content;
  std::string file_name;
  UploadState state = UploadState::kOpen;
  bool known = false;  // its content is that of an earlier version of the thesis: nothing has to be sent
  absl::Time begun;
  absl::Time expires;       // until when the content may come
  Punctuality punctuality;  // as seen when it was begun
  std::string account;      // who made it
  int64_t draft = 0;        // the number of the version it became; 0: none
  std::string receipt;      // of the commitment

  std::string Name() const;       // "theses/42/uploads/{id}"
  std::string DraftName() const;  // empty if there is none

  std::string Serialize() const;
  static absl::StatusOr<Upload> Parse(absl::string_view bytes);

  friend bool operator==(const Upload&, const Upload&) = default;
};

// One version. It never changes.
struct Draft {
  std::string thesis;  // the thesis's id
  int64_t number = 0;  // from 1 within the thesis
  DraftKind kind = DraftKind::kDraft;
  std::string milestone;
  ContentId content;
  std::string file_name;
  std::string media_type;
  absl::Time begun;
  absl::Time received;
  std::string account;
  bool on_behalf = false;  // submitted by somebody who is no author
  Punctuality punctuality;
  std::string upload;    // the id of the upload it comes from
  std::string receipt;   // the file
  bool current = false;  // the latest of its kind; says the store, is not stored

  std::string Name() const;  // "theses/42/drafts/3"

  std::string Serialize() const;
  static absl::StatusOr<Draft> Parse(absl::string_view bytes);

  friend bool operator==(const Draft&, const Draft&) = default;
};

// What the first bytes of a file say it is: "application/pdf", "application/zip", "text/plain",
// "application/octet-stream".
std::string MediaTypeOf(absl::string_view first_bytes);

// Appends to `problems` what may not be filled in, under the path "upload".
void CheckUpload(const Upload& upload, std::vector<FieldViolation>& problems);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_DRAFT_H_
