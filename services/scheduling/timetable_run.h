#ifndef SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_RUN_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_RUN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/error.h"
#include "services/scheduling/solver/model/score.h"

namespace soutenance::scheduling {

// One run of a campaign.
struct RunKey {
  std::string campaign;  // "campaigns/m2-2027"
  int number = 0;        // from 1

  friend bool operator==(const RunKey&, const RunKey&) = default;
};

// "campaigns/m2-2027/runs/7".
std::string RunName(const RunKey& key);
// INVALID_ARGUMENT if `name` is not of this form.
absl::StatusOr<RunKey> ParseRunName(absl::string_view name);

inline constexpr int kRunSecondsMax = 3600;
inline constexpr int kRunSecondsDefault = 10;
inline constexpr int kRunThreadsMax = 64;

// How to search, as it was asked for.
struct RunParameters {
  int seconds_max = 0;    // 1 to kRunSecondsMax; 0: kRunSecondsDefault
  int64_t moves_max = 0;  // 0: no limit
  int64_t seed = 0;
  int threads = 0;             // 1 to kRunThreadsMax; 0: all cores
  std::string base_timetable;  // name of the timetable to start from; empty: the published one, if any

  friend bool operator==(const RunParameters&, const RunParameters&) = default;
};

// Appends to `problems` what is out of range, each named as a field below `path` ("parameters.").
void CheckRunParameters(const RunParameters& parameters, absl::string_view path,
                        std::vector<FieldViolation>& problems);

// How far a run is.
struct RunProgress {
  solver::Score score;  // of the best timetable so far
  solver::Score bound;  // no timetable has a better score; proven
  int placed_count = 0;
  int defence_count = 0;
  int placed_count_bound = 0;
  int64_t moves = 0;
  int64_t elapsed_ms = 0;

  friend bool operator==(const RunProgress&, const RunProgress&) = default;
};

enum class RunState { kQueued, kRunning, kSucceeded, kCancelled, kFailed };

inline constexpr RunState kAllRunStates[] = {RunState::kQueued, RunState::kRunning, RunState::kSucceeded,
                                             RunState::kCancelled, RunState::kFailed};

// "queued", "running", "succeeded", "cancelled", "failed": what is stored and printed.
absl::string_view RunStateName(RunState state);
std::optional<RunState> ParseRunState(absl::string_view name);

// The computation of one timetable. Everything it needs is stored with it: executing it asks nobody.
struct TimetableRun {
  RunKey key;
  RunState state = RunState::kQueued;
  RunParameters parameters;
  std::optional<RunProgress> progress;  // nothing until it begins
  int timetable = 0;                    // number of what was found; 0: nothing yet
  int base = 0;                         // number of the timetable it started from; 0: none
  std::string error;                    // for kFailed: what went wrong and what would help
  std::string error_reason;             // "INTERRUPTED", "INTERNAL"
  absl::Time created = absl::InfinitePast();
  absl::Time started = absl::InfinitePast();  // InfinitePast: not yet
  absl::Time ended = absl::InfinitePast();    // InfinitePast: not yet
  std::string account;                        // "accounts/7f3a" that asked; empty for a service
  std::string facts;                          // id of its facts: see stored_facts.h
  bool cancel_requested = false;              // somebody wants it to stop
  int interruptions = 0;                      // how often a server died while it ran

  bool IsFinished() const { return state != RunState::kQueued && state != RunState::kRunning; }

  friend bool operator==(const TimetableRun&, const TimetableRun&) = default;
};

// The life of a run. Each takes `run` to another state, or returns FAILED_PRECONDITION, says the way out and
// changes nothing: reason RUN_FINISHED if it has finished, RUN_QUEUED if it has not begun, RUN_RUNNING if it
// has.
//
//   queued --Begin--> running --Succeed--> succeeded
//     |  ^------Requeue---'  '--Fail--> failed
//     '-------Cancel-------+--Cancel--> cancelled
absl::Status Begin(TimetableRun& run, absl::Time now);
// `timetable` is the number of what was found.
absl::Status Succeed(TimetableRun& run, int timetable, absl::Time now);
// `timetable` is the number of the best so far; 0: there is none.
absl::Status Cancel(TimetableRun& run, int timetable, absl::Time now);
absl::Status Fail(TimetableRun& run, absl::string_view reason, absl::string_view error, absl::Time now);
// Back to the queue, as if it had not begun.
absl::Status Requeue(TimetableRun& run);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_RUN_H_
