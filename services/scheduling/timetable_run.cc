#include "services/scheduling/timetable_run.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/status.h"

namespace soutenance::scheduling {
namespace {

constexpr absl::string_view kCollection = "/runs/";

absl::Status NotARunName(absl::string_view name) {
  return InvalidFields({{.field = "name",
                         .description = absl::StrCat(
                             "\"", name, "\" is not the name of a run: \"campaigns/m2-2027/runs/7\"")}});
}

absl::Status Refused(const TimetableRun& run, absl::string_view reason, absl::string_view what) {
  const std::string name = RunName(run.key);
  return Error(absl::StatusCode::kFailedPrecondition, absl::StrCat(name, " ", what),
               {.reason = std::string(reason),
                .metadata = {{"run", name}, {"state", std::string(RunStateName(run.state))}}});
}

absl::Status RefusedAsFinished(const TimetableRun& run) {
  return Refused(run, "RUN_FINISHED", "has finished and stays as it is; create another run");
}

// OK if the run runs.
absl::Status CheckRuns(const TimetableRun& run) {
  if (run.state == RunState::kRunning) return absl::OkStatus();
  if (run.IsFinished()) return RefusedAsFinished(run);
  return Refused(run, "RUN_QUEUED", "has not begun; wait until it runs, or cancel it");
}

void Finish(TimetableRun& run, RunState state, int timetable, absl::Time now) {
  run.state = state;
  run.timetable = timetable;
  run.ended = now;
}

}  // namespace

std::string RunName(const RunKey& key) { return absl::StrCat(key.campaign, kCollection, key.number); }

absl::StatusOr<RunKey> ParseRunName(absl::string_view name) {
  const std::size_t middle = name.find(kCollection);
  if (middle == absl::string_view::npos) return NotARunName(name);
  RunKey key{.campaign = std::string(name.substr(0, middle))};
  const absl::string_view number = name.substr(middle + kCollection.size());
  if (!ParseName(key.campaign, "campaigns").ok() || !absl::SimpleAtoi(number, &key.number) ||
      absl::StrCat(key.number) != number) {
    return NotARunName(name);
  }
  return key;
}

void CheckRunParameters(const RunParameters& parameters, absl::string_view path,
                        std::vector<FieldViolation>& problems) {
  const auto expect = [&](bool holds, absl::string_view field, int64_t found, absl::string_view expected) {
    if (holds) return;
    problems.push_back({.field = absl::StrCat(path, field),
                        .description = absl::StrCat("is ", found, "; expected ", expected)});
  };
  expect(parameters.seconds_max >= 0 && parameters.seconds_max <= kRunSecondsMax, "time_seconds_max",
         parameters.seconds_max, absl::StrCat("0 to ", kRunSecondsMax, " (0: ", kRunSecondsDefault, ")"));
  expect(parameters.moves_max >= 0, "moves_max", parameters.moves_max, "0 (no limit) or more");
  expect(parameters.threads >= 0 && parameters.threads <= kRunThreadsMax, "threads", parameters.threads,
         absl::StrCat("0 to ", kRunThreadsMax, " (0: all cores)"));
}

absl::string_view RunStateName(RunState state) {
  switch (state) {
    case RunState::kQueued:
      return "queued";
    case RunState::kRunning:
      return "running";
    case RunState::kSucceeded:
      return "succeeded";
    case RunState::kCancelled:
      return "cancelled";
    case RunState::kFailed:
      return "failed";
  }
  return "";
}

std::optional<RunState> ParseRunState(absl::string_view name) {
  for (const RunState state : kAllRunStates) {
    if (RunStateName(state) == name) return state;
  }
  return std::nullopt;
}

absl::Status Begin(TimetableRun& run, absl::Time now) {
  if (run.IsFinished()) return RefusedAsFinished(run);
  if (run.state == RunState::kRunning)
    return Refused(run, "RUN_RUNNING", "runs already; follow it or cancel it");
  run.state = RunState::kRunning;
  run.started = now;
  return absl::OkStatus();
}

absl::Status Succeed(TimetableRun& run, int timetable, absl::Time now) {
  RETURN_IF_ERROR(CheckRuns(run));
  Finish(run, RunState::kSucceeded, timetable, now);
  return absl::OkStatus();
}

absl::Status Cancel(TimetableRun& run, int timetable, absl::Time now) {
  if (run.IsFinished()) return RefusedAsFinished(run);
  Finish(run, RunState::kCancelled, timetable, now);
  return absl::OkStatus();
}

absl::Status Fail(TimetableRun& run, absl::string_view reason, absl::string_view error, absl::Time now) {
  RETURN_IF_ERROR(CheckRuns(run));
  Finish(run, RunState::kFailed, 0, now);
  run.error_reason = std::string(reason);
  run.error = std::string(error);
  return absl::OkStatus();
}

absl::Status Requeue(TimetableRun& run) {
  RETURN_IF_ERROR(CheckRuns(run));
  run.state = RunState::kQueued;
  run.started = absl::InfinitePast();
  run.progress.reset();
  return absl::OkStatus();
}

}  // namespace soutenance::scheduling
