#ifndef SOUTENANCE_SERVICES_SCHEDULING_LIVE_RUNS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_LIVE_RUNS_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "absl/time/time.h"
#include "services/scheduling/timetable_run.h"

namespace soutenance::scheduling {

// What the runs of this process do at the moment: the latest progress for those who follow them, and how to
// stop them. The store remembers runs; this only knows what is newer than that. Safe for concurrent use.
class LiveRuns {
 public:
  // Between two answers to one follower, unless a run finishes.
  static constexpr std::chrono::milliseconds kPause{500};

  // How far one follower is.
  struct Follower {
    uint64_t seen = 0;                                 // the changes it knows of
    std::chrono::steady_clock::time_point not_before;  // when it may be told again
  };

  // Says that a run is executed from now until Remove; the token stops when RequestStop is called.
  std::stop_token Add(const RunKey& key);
  void Remove(const RunKey& key);

  void SetProgress(const RunKey& key, const RunProgress& progress);
  std::optional<RunProgress> ProgressOf(const RunKey& key) const;

  // Returns whether the run is executed here; if not, nothing happens.
  bool RequestStop(const RunKey& key);

  // Wakes those who wait: some run changed its state in the store.
  void Announce(const TimetableRun& run);

  // Call it before the run is looked up and sent to the follower.
  void Look(Follower& follower) const;

  // Waits until some run changed since the follower looked and it may be told again, at most `at_most`.
  // Returns whether there is something to look at.
  bool Wait(const Follower& follower, absl::Duration at_most) const;

 private:
  struct Live {
    std::stop_source stop;
    std::optional<RunProgress> progress;
  };

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<std::string, Live> live_;  // by resource name
  uint64_t changes_ = 0;
  uint64_t last_finish_ = 0;  // the change that was a run's last
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_LIVE_RUNS_H_
