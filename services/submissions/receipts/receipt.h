#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_RECEIPT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_RECEIPT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/submissions/receipts/merkle.h"
#include "services/submissions/receipts/signing_key.h"

namespace soutenance::submissions::receipts {

// What a receipt states. All are texts on one line; what is empty is written "-".
struct Statement {
  std::string institution;
  std::string event;      // "committed": to size and digest; "received": the content itself; "outage": of
                          // the service, then version is "outages/...", begun and received its two ends
  std::string thesis;     // "theses/42"
  std::string version;    // "theses/42/drafts/3"; empty for a commitment
  std::string upload;     // "theses/42/uploads/..."
  std::string kind;       // "deposit"
  std::string milestone;  // "programmes/msi/milestones/final", or empty
  std::string file_name;
  std::string sha256;    // 64 hexadecimal digits
  std::string size;      // bytes, decimal
  std::string account;   // "accounts/ana"
  std::string begun;     // "2027-06-01T21:59:59.123456Z"
  std::string received;  // the same; empty for a commitment
  std::string deadline;  // "2027-06-01T22:00:00Z Europe/Paris", or empty
  std::string verdict;   // "on_time", "grace 3 min", "late 17 min", "no_deadline"
  std::string nonce;     // 32 random hexadecimal digits: the log tells nothing to those who guess

  friend bool operator==(const Statement&, const Statement&) = default;
};

// A statement with its place in the log.
struct Receipt {
  Statement statement;
  int64_t log_index = 0;               // of its entry, from 0
  int64_t log_size = 0;                // of the log whose root this is
  std::string log_root;                // 64 hexadecimal digits
  std::vector<std::string> log_proof;  // of 64 hexadecimal digits each, nearest first
  std::string key;                     // the public key, 64 hexadecimal digits
};

// The form of a receipt, a text file of about 3 KiB:
//
//   soutenance-receipt: 1
//   institution: Université de ...         one line for each field
//   ...
//   seal-institution: 5f0c...              one for each of them: a hash of nonce, name and value
//   ...
//   signature: 93ab...                     Ed25519 over all seals
//
// The seals are why an altered field can be named: it no longer fits its seal, while all other fields do. The
// entry in the log is made of the seals of the statement, so it binds every field and tells none of them.

// The leaf hash of the statement's entry in the log: 32 bytes.
std::string LeafOf(const Statement& statement);

// Appends the statement to `log` and writes its receipt.
std::string Issue(const Statement& statement, LogTree& log, const SigningKey& key);

// Reads a receipt and checks it against the public key of the institution, offline. INVALID_ARGUMENT, reason
// RECEIPT_REFUSED, whose metadata `field` names the field that was altered ("size"), or "seals" if several
// fields and their seals were, "signature", "key" for another institution's, "form" for what is no receipt.
absl::StatusOr<Receipt> Verify(absl::string_view text, absl::string_view public_key);

// Reads a receipt without believing it, for showing. INVALID_ARGUMENT, reason RECEIPT_REFUSED, field "form".
absl::StatusOr<Receipt> Read(absl::string_view text);

// Name and value of each field of a statement, in the order of the form.
struct Field {
  absl::string_view name;
  std::string value;
};
std::vector<Field> FieldsOf(const Statement& statement);

}  // namespace soutenance::submissions::receipts

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_RECEIPT_H_
