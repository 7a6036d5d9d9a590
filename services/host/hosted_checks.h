#ifndef SOUTENANCE_SERVICES_HOST_HOSTED_CHECKS_H_
#define SOUTENANCE_SERVICES_HOST_HOSTED_CHECKS_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "absl/status/statusor.h"
#include "services/host/hosted.h"
#include "services/runtime/worker.h"
#include "services/submissions/drafts.h"
#include "services/submissions/inspect/child_inspector.h"
#include "services/submissions/inspect/clamd_scanner.h"
#include "services/submissions/milestones.h"
#include "services/submissions/rpc/check_service.h"
#include "storage/files/content_store.h"
#include "storage/files/text_store.h"
#include "storage/sql/check_store.h"

namespace soutenance::host {

// The checks of versions within the module of submissions: their store, their service, and the threads that
// look at versions, each at one after the other and each with at most one child process.
class HostedChecks {
 public:
  // What it works with, besides. All must outlive it.
  struct Neighbours {
    storage::sql::Database& database;
    storage::files::ContentStore& contents;
    const submissions::Drafts& drafts;
    const submissions::Milestones& milestones;
  };

  // `texts` is never null.
  HostedChecks(const Parts& parts, const Neighbours& neighbours,
               std::unique_ptr<storage::files::TextStore> texts);
  ~HostedChecks() { Stop(); }

  runtime::NamedService service();

  // Says that a version may have to be looked at.
  void Wake();

  // As those of Hosted. What an earlier process left pending is looked at after Resume.
  void Resume();
  void Stop();

 private:
  void Work(const std::stop_token& stop);

  const runtime::Log& log_;
  storage::sql::CheckStore store_;
  const std::unique_ptr<storage::files::TextStore> texts_;
  submissions::inspect::ChildInspector inspector_;
  const std::unique_ptr<submissions::VirusScanner> scanner_;
  submissions::Checks checks_;
  submissions::CheckService service_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  int64_t times_woken_ = 0;
  std::vector<std::unique_ptr<runtime::Worker>> workers_;
};

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_HOSTED_CHECKS_H_
