#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_CLAMD_SCANNER_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_CLAMD_SCANNER_H_

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/submissions/checks/inspector.h"

namespace soutenance::submissions::inspect {

// VirusScanner that sends content to clamd (INSTREAM), which is on this machine. Safe for
// concurrent use: each call has a connection of its own.
class ClamdScanner final : public VirusScanner {
 public:
  // `address`: "unix:/run/clamav/clamd.ctl" or "127.0.0.1:3310", nothing else: theses are sent there as they
  // are, and must not leave this machine. `time_max`: how long nothing may move.
  explicit ClamdScanner(std::string address, absl::Duration time_max = absl::Seconds(60))
      : address_(std::move(address)), time_max_(time_max) {}

  Finding Scan(const ContentStore::Reader& content) override;

 private:
  const std::string address_;
  const absl::Duration time_max_;
};

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_CLAMD_SCANNER_H_
