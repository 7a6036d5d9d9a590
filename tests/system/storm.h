#ifndef SOUTENANCE_TESTS_SYSTEM_STORM_H_
#define SOUTENANCE_TESTS_SYSTEM_STORM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace soutenance::system_test {

// How students submit before a deadline: 5% early, 90% within `last` before it, of whom half within its last
// tenth, and 5% after it, within a tenth of `last`. 5% of the files are ten times as large as the mean, the
// others are small.
struct StormPlan {
  int students = 2000;
  absl::Duration last = absl::Seconds(60);
  int64_t mean_bytes = 1'000'000;
  unsigned seed = 1;
};

// What became of them.
struct StormOutcome {
  int submitted = 0;
  int64_t bytes = 0;
  int on_time = 0;
  int late = 0;
  int retries = 0;
  // Faults: not there after the server was killed, or other content; judged otherwise than the clocks of both
  // sides say.
  int lost = 0;
  int wrongly_late = 0;
  int wrongly_on_time = 0;
  // From asking to the receipt of the commitment, and from the whole beginning to that of the version;
  // sorted.
  std::vector<absl::Duration> commitments;
  std::vector<absl::Duration> versions;
  std::string error;  // why it could not be carried out
};

// `share` in 0..1 of sorted `durations`: .99 for the 99th percentile.
absl::Duration Percentile(const std::vector<absl::Duration>& durations, double share);

// Starts a server, gives every student an account, lets them submit, kills the server, starts it again and
// looks.
StormOutcome Storm(const StormPlan& plan);

}  // namespace soutenance::system_test

#endif  // SOUTENANCE_TESTS_SYSTEM_STORM_H_
