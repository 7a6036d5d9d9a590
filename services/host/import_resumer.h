#ifndef SOUTENANCE_SERVICES_HOST_IMPORT_RESUMER_H_
#define SOUTENANCE_SERVICES_HOST_IMPORT_RESUMER_H_

#include <functional>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/runtime/log.h"
#include "services/runtime/worker.h"

namespace soutenance::host {

// Carries out, in the background, imports that were accepted and not finished: tries until it succeeds, with
// longer and longer pauses, because the services that an import needs may be away for a while. Safe for
// concurrent use.
class ImportResumer {
 public:
  struct Pauses {
    absl::Duration first = absl::Seconds(1);
    absl::Duration longest = absl::Minutes(1);
  };

  // `log` must outlive it.
  explicit ImportResumer(const runtime::Log& log) : ImportResumer(log, Pauses{}) {}
  ImportResumer(const runtime::Log& log, Pauses pauses)
      : log_(log), pauses_(pauses), worker_("imports", 1, log) {}

  // Says what to try: OK when nothing is left to do. Called once, before ResumeSoon.
  void Set(std::function<absl::Status()> resume) { resume_ = std::move(resume); }

  // Tries soon, and again until nothing is left. Does not block; may be called often.
  void ResumeSoon();

  // Waits for a try in progress and makes no other one.
  void Stop() { worker_.Stop(); }

 private:
  void Work(std::stop_token stop) const;

  const runtime::Log& log_;
  const Pauses pauses_;
  std::function<absl::Status()> resume_;
  runtime::Worker worker_;
};

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_IMPORT_RESUMER_H_
