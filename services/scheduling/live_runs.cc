#include "services/scheduling/live_runs.h"

#include <algorithm>

#include "absl/time/time.h"

namespace soutenance::scheduling {

std::stop_token LiveRuns::Add(const RunKey& key) {
  const std::lock_guard lock(mutex_);
  Live& live = live_[RunName(key)];
  live = {};
  return live.stop.get_token();
}

void LiveRuns::Remove(const RunKey& key) {
  const std::lock_guard lock(mutex_);
  live_.erase(RunName(key));
}

void LiveRuns::SetProgress(const RunKey& key, const RunProgress& progress) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(RunName(key));
    if (found == live_.end()) return;
    found->second.progress = progress;
    ++changes_;
  }
  changed_.notify_all();
}

std::optional<RunProgress> LiveRuns::ProgressOf(const RunKey& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = live_.find(RunName(key));
  return found == live_.end() ? std::nullopt : found->second.progress;
}

bool LiveRuns::RequestStop(const RunKey& key) {
  std::stop_source stop(std::nostopstate);
  {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(RunName(key));
    if (found == live_.end()) return false;
    stop = found->second.stop;
  }
  // Outside the lock: it runs whatever the solver registered.
  stop.request_stop();
  return true;
}

void LiveRuns::Announce(const TimetableRun& run) {
  {
    const std::lock_guard lock(mutex_);
    ++changes_;
    if (run.IsFinished()) last_finish_ = changes_;
  }
  changed_.notify_all();
}

void LiveRuns::Look(Follower& follower) const {
  const std::lock_guard lock(mutex_);
  follower.seen = changes_;
  follower.not_before = std::chrono::steady_clock::now() + kPause;
}

bool LiveRuns::Wait(const Follower& follower, absl::Duration at_most) const {
  const auto until = std::chrono::steady_clock::now() + absl::ToChronoMicroseconds(at_most);
  std::unique_lock lock(mutex_);
  while (true) {
    const auto now = std::chrono::steady_clock::now();
    const bool has_changed = changes_ != follower.seen;
    if (has_changed && (now >= follower.not_before || last_finish_ > follower.seen)) return true;
    if (now >= until) return false;
    changed_.wait_until(lock, has_changed ? std::min(until, follower.not_before) : until);
  }
}

}  // namespace soutenance::scheduling
