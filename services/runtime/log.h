#ifndef SOUTENANCE_SERVICES_RUNTIME_LOG_H_
#define SOUTENANCE_SERVICES_RUNTIME_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace soutenance::runtime {

// Everything worth knowing about one finished call. No token, no content.
struct CallRecord {
  absl::Time start;
  std::string request_id;
  std::string service;  // "soutenance.directory.v1.AccountService"
  std::string method;   // "WhoAmI"
  std::string
      caller;        // "accounts/ana", "service:scheduling", "service:scheduling for accounts/ana", or empty
  std::string peer;  // as gRPC names it: "unix:", "ipv4:127.0.0.1:41234", "inproc"
  std::string code;  // "OK", "PERMISSION_DENIED"
  std::string reason;  // "ROLE_NOT_ALLOWED", or empty
  std::string detail;  // the sentence of an error, in full even if the caller only got a request id
  absl::Duration duration;
  int64_t bytes_in = 0;
  int64_t bytes_out = 0;  // 0 for a stream
};

// The names and values of one line, in order.
using LogFields = std::vector<std::pair<std::string, std::string>>;

// Which lines are written: this and what is more severe.
enum class LogLevel { kInfo, kWarning, kError };

// Writes one JSON object per line. Calls that fail by our own fault are errors, the rest is information. Safe
// for concurrent use.
class Log {
 public:
  // Receives each line, without its end of line. May be called from several threads at once.
  using Sink = std::function<void(absl::string_view line)>;

  // Writes to `sink`; for tests.
  Log(LogLevel level, Sink sink);

  // Appends to the file at `path`, or to standard error if it is empty. FAILED_PRECONDITION with reason
  // LOG_NOT_WRITABLE.
  static absl::StatusOr<std::unique_ptr<Log>> Open(LogLevel level, const std::string& path);

  // One finished call.
  void Write(const CallRecord& record) const;

  // Something else that an operator wants to know: "start", "stop", "worker_job_failed".
  void Event(LogLevel level, absl::string_view event, const LogFields& fields) const;

 private:
  LogLevel level_;
  Sink sink_;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_LOG_H_
