#ifndef SOUTENANCE_CLIENTS_LIB_FAILURE_H_
#define SOUTENANCE_CLIENTS_LIB_FAILURE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/lib/language.h"
#include "clients/lib/terminal.h"

// What went wrong, for the person at the client and for the program that called it.
namespace soutenance::clients {

// How a client ends.
enum ExitCode {
  kDone = 0,
  kRefused = 1,      // the server, or a rule, says no; or something is wrong that a repetition would not help
  kUsage = 2,        // the command was not understood; nothing was sent
  kUnavailable = 3,  // the server cannot be reached or is too slow; the same command may work later
};

// An error in how the client was called, in the caller's language; ends with kUsage.
absl::Status UsageError(absl::string_view sentence);

// An error that the client found on this side of the connection, in the caller's language; ends with
// kRefused. `reason` is a machine name: "FILE_UNREADABLE".
absl::Status LocalError(absl::string_view reason, absl::string_view sentence);

// The id of the call that failed, as the server logs it; empty if `status` is not from a call.
std::string RequestIdOf(const absl::Status& status);
absl::Status WithRequestId(absl::Status status, absl::string_view request_id);

ExitCode ExitCodeOf(const absl::Status& status);

// How a client speaks of failures.
struct FailureStyle {
  absl::string_view program;  // begins the first line
  Language language = Language::kEnglish;
  Terminal terminal;
};

// `status` for a person, in lines: the sentence, every field and every condition that is not met, the reason,
// `hint` (what this client could do about it; may be empty), and for errors of the server itself the request
// id to quote.
std::string FailureText(const absl::Status& status, absl::string_view hint, const FailureStyle& style);

// `status` as one line of JSON:
//   {"error":{"code":"ABORTED","reason":"STALE_ETAG","message":"...","metadata":{...},
//             "fieldViolations":[{"field":"...","description":"..."}],
//             "preconditionViolations":[{"type":"...","subject":"...","description":"..."}],"requestId":"..."}}
std::string FailureJson(const absl::Status& status);

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_FAILURE_H_
