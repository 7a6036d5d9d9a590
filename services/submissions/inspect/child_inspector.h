#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_CHILD_INSPECTOR_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_CHILD_INSPECTOR_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/submissions/checks/inspector.h"

namespace soutenance::submissions::inspect {

// Inspector that runs soutenance-inspect as a child process: whatever a file does to the libraries that read
// it, it does to a process that can open nothing, reach nobody, and lives for a minute. Safe for
// concurrent use: each call has a child of its own.
class ChildInspector final : public Inspector {
 public:
  // Opens content by its digest; the caller closes the descriptor. Errors as ContentStore.
  using Open = std::function<absl::StatusOr<int>(absl::string_view sha256)>;

  // `program` is the path of soutenance-inspect.
  ChildInspector(std::string program, Open open, absl::Duration time_max = absl::Minutes(1))
      : program_(std::move(program)), open_(std::move(open)), time_max_(time_max) {}

  // UNAVAILABLE, reason INSPECTOR_MISSING, if the program cannot be run or gets no sandbox.
  absl::StatusOr<Inspection> Inspect(const ContentId& content, std::stop_token stop) override;

 private:
  const std::string program_;
  const Open open_;
  const absl::Duration time_max_;
};

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_CHILD_INSPECTOR_H_
