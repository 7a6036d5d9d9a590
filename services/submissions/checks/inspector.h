#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_INSPECTOR_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_INSPECTOR_H_

#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/submissions/checks/finding.h"
#include "services/submissions/content_store.h"

namespace soutenance::submissions {

// What looking at one file brought.
struct Inspection {
  static constexpr std::size_t kTextBytesMax = 4 << 20;

  std::string media_type;         // "application/pdf"; empty if that was not reached
  int pages = 0;                  // 0: none, or not counted
  std::vector<Finding> findings;  // with reasons that FindReason knows
  std::string text;               // UTF-8; pages end with a form feed
  bool text_cut_off = false;
};

// PORT: looks at content that is kept. Whatever the file is, the answer is OK: that the inspector failed on
// it is a finding. Safe for concurrent use.
class Inspector {
 public:
  virtual ~Inspector() = default;
  // UNAVAILABLE if the content or the inspector cannot be reached now; CANCELLED after a stop.
  virtual absl::StatusOr<Inspection> Inspect(const ContentId& content, std::stop_token stop) = 0;
};

// PORT: looks for viruses in content. Safe for concurrent use.
class VirusScanner {
 public:
  virtual ~VirusScanner() = default;
  // A finding of the check "virus", also if the scanner is away.
  virtual Finding Scan(const ContentStore::Reader& content) = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_INSPECTOR_H_
