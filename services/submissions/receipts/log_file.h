#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_LOG_FILE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_LOG_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/submissions/receipts/receipt.h"
#include "services/submissions/receipts/signing_key.h"

namespace soutenance::submissions::receipts {

// What the log is at one moment, signed by the institution.
struct LogHead {
  std::string institution;
  int64_t size = 0;
  std::string root;       // 64 hexadecimal digits
  std::string signature;  // over the three above
};

LogHead SignHead(absl::string_view institution, const LogTree& log, const SigningKey& key);

// A log that was exported: a text file with the signed head and, for each entry, its leaf hash and the root
// of the log that ends with it.
struct Log {
  LogHead head;
  std::string key;
  std::vector<std::string> leaves;  // 32 bytes each
  std::vector<std::string> roots;   // of the log up to and with this entry
};

// Writes the export of the entries with these leaf hashes (32 bytes each). INVALID_ARGUMENT, reason
// LOG_REFUSED, if they are not the entries of `head`: nothing is exported that an audit would refuse.
absl::StatusOr<std::string> WriteLog(const LogHead& head, absl::string_view public_key,
                                     absl::Span<const std::string> leaves);

// Reads an export and checks every entry and the head against the public key. INVALID_ARGUMENT, reason
// LOG_REFUSED, whose metadata `entry` names the first entry from which on the log is another one, or `field`
// the line of the head. That entries were removed at the end shows in the head, whose size is signed.
absl::StatusOr<Log> AuditLog(absl::string_view text, absl::string_view public_key);

// Whether a receipt that Verify accepted has its place in `log`. INVALID_ARGUMENT, reason LOG_REFUSED: the
// log was changed since it was issued, or ends before it.
absl::Status CheckReceipt(const Log& log, const Receipt& receipt);

// Whether `log` only continues `earlier`, an export of before.
absl::Status CheckContinues(const Log& log, const Log& earlier);

}  // namespace soutenance::submissions::receipts

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_LOG_FILE_H_
