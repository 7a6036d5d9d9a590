#include "services/host/hosted_checks.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace soutenance::host {
namespace {

// After something that may mend itself: a full disk, an inspector that is not there.
constexpr std::chrono::seconds kAgainAfter{60};

std::unique_ptr<submissions::VirusScanner> ScannerAt(const std::string& address) {
  if (address.empty()) return nullptr;
  return std::make_unique<submissions::inspect::ClamdScanner>(address);
}

}  // namespace

HostedChecks::HostedChecks(const Parts& parts, const Neighbours& neighbours,
                           std::unique_ptr<storage::files::TextStore> texts)
    : log_(parts.log),
      store_(neighbours.database),
      texts_(std::move(texts)),
      inspector_(parts.config.inspector,
                 [&contents = neighbours.contents](absl::string_view sha256) {
                   return contents.OpenDescriptor(sha256);
                 }),
      scanner_(ScannerAt(parts.config.clamd)),
      checks_({.store = store_,
               .texts = *texts_,
               .contents = neighbours.contents,
               .drafts = neighbours.drafts,
               .milestones = neighbours.milestones,
               .inspector = inspector_,
               .scanner = scanner_.get(),
               .clock = parts.clock}),
      service_(checks_, parts.calls, [this] { Wake(); }) {
  for (int i = 0; i < std::max(1, parts.config.checks_max); ++i) {
    workers_.push_back(std::make_unique<runtime::Worker>("checks", 1, parts.log));
  }
}

runtime::NamedService HostedChecks::service() {
  return {submissions::v1::DraftCheckService::service_full_name(), &service_};
}

void HostedChecks::Wake() {
  {
    const std::lock_guard lock(mutex_);
    ++times_woken_;
  }
  woken_.notify_all();
}

void HostedChecks::Resume() {
  // The queues are empty, so the jobs are taken.
  for (const auto& worker : workers_) {
    worker->Submit([this](std::stop_token stop) { Work(stop); }).IgnoreError();
  }
}

void HostedChecks::Stop() {
  for (const auto& worker : workers_) worker->Stop();
}

void HostedChecks::Work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    int64_t times_woken = 0;
    {
      const std::lock_guard lock(mutex_);
      times_woken = times_woken_;
    }
    const absl::StatusOr<bool> checked = checks_.CheckNext(stop);
    if (checked.ok() && *checked) continue;
    if (!checked.ok() && !stop.stop_requested()) {
      log_.Event(runtime::LogLevel::kWarning, "version_not_checked",
                 {{"error", std::string(checked.status().message())}});
    }
    std::unique_lock lock(mutex_);
    if (checked.ok()) {
      // A thesis of which another thread looks at a version goes on with that thread.
      woken_.wait(lock, stop, [&] { return times_woken_ != times_woken; });
    } else {
      // Not at the next version: what is away now is away for all of them.
      woken_.wait_for(lock, stop, kAgainAfter, [] { return false; });
    }
  }
}

}  // namespace soutenance::host
