#include "services/submissions/draft_statement.h"

#include "absl/strings/str_cat.h"
#include "services/submissions/receipts/signing_key.h"

namespace soutenance::submissions {
namespace {

std::string DeadlineText(const std::optional<Deadline>& deadline) {
  return deadline ? absl::StrCat(InstantText(deadline->due), " ", deadline->time_zone) : "";
}

}  // namespace

receipts::Statement StatementOf(const Upload& upload, const std::optional<Deadline>& deadline,
                                absl::string_view institution, absl::string_view nonce) {
  return {.institution = std::string(institution),
          .event = "committed",
          .thesis = absl::StrCat("theses/", upload.thesis),
          .upload = upload.Name(),
          .kind = std::string(KindName(upload.kind)),
          .milestone = upload.milestone,
          .file_name = upload.file_name,
          .sha256 = upload.content.sha256,
          .size = absl::StrCat(upload.content.size),
          .account = upload.account,
          .begun = InstantText(upload.begun),
          .deadline = DeadlineText(deadline),
          .verdict = upload.punctuality.Text(),
          .nonce = std::string(nonce)};
}

receipts::Statement StatementOf(const Draft& draft, const std::optional<Deadline>& deadline,
                                absl::string_view institution, absl::string_view nonce) {
  return {.institution = std::string(institution),
          .event = "received",
          .thesis = absl::StrCat("theses/", draft.thesis),
          .version = draft.Name(),
          .upload = absl::StrCat("theses/", draft.thesis, "/uploads/", draft.upload),
          .kind = std::string(KindName(draft.kind)),
          .milestone = draft.milestone,
          .file_name = draft.file_name,
          .sha256 = draft.content.sha256,
          .size = absl::StrCat(draft.content.size),
          .account = draft.account,
          .begun = InstantText(draft.begun),
          .received = InstantText(draft.received),
          .deadline = DeadlineText(deadline),
          .verdict = draft.punctuality.Text(),
          .nonce = std::string(nonce)};
}

std::string NewNonce() { return receipts::SigningKey::NewSeed().substr(0, 32); }

}  // namespace soutenance::submissions
