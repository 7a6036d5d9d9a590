#include "services/host/import_resumer.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>

namespace soutenance::host {
namespace {

// Sleeps for `pause`, or until a stop is requested.
void Pause(absl::Duration pause, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any().wait_for(lock, stop, absl::ToChronoMilliseconds(pause), [] { return false; });
}

}  // namespace

void ImportResumer::ResumeSoon() {
  // A full queue means that a try is about to begin: it will find this import too.
  worker_.Submit([this](std::stop_token stop) { Work(stop); }).IgnoreError();
}

void ImportResumer::Work(std::stop_token stop) const {
  for (absl::Duration pause = pauses_.first; !stop.stop_requested();
       pause = std::min(2 * pause, pauses_.longest)) {
    const absl::Status status = resume_();
    if (status.ok()) return;
    log_.Event(runtime::LogLevel::kWarning, "import_unfinished",
               {{"error", std::string(status.message())}, {"again_in", absl::FormatDuration(pause)}});
    Pause(pause, stop);
  }
}

}  // namespace soutenance::host
