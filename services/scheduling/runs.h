#ifndef SOUTENANCE_SERVICES_SCHEDULING_RUNS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RUNS_H_

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/live_runs.h"
#include "services/scheduling/run_queue.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/timetable_record.h"
#include "services/scheduling/timetable_run.h"
#include "services/scheduling/timetable_store.h"

namespace soutenance::scheduling {

// Use cases: computing timetables. A run is created by a caller and executed later, by the queue; it can be
// followed meanwhile, stopped, and survives a restart of the server. All methods that take a caller are for
// the staff of the campaign's programme: NOT_FOUND, reason CAMPAIGN_NOT_FOUND, or PERMISSION_DENIED for
// others. Owns no thread. Safe for concurrent use.
class Runs {
 public:
  // What computes; tests give another one.
  using Solver =
      std::function<solver::SolveResult(const solver::Problem&, const solver::SolveParams&, std::stop_token,
                                        absl::FunctionRef<void(const solver::Progress&)>)>;
  // What it works with. All must outlive it, and the queue must have stopped before it is destroyed.
  struct Parts {
    TimetableStore& store;
    FactSources facts;
    RunQueue& queue;
    const Clock& clock;
  };
  struct Options {
    int cores = 1;            // of this machine: how many threads a run gets that does not say
    Solver solver = nullptr;  // null: solver::Solve
  };
  struct Request {
    std::string campaign;  // "campaigns/m2-2027"
    RunParameters parameters;
    RequestKey request;
    bool validate_only = false;
  };

  Runs(const Parts& parts, Options options);

  // Gathers the facts as the caller, stores them with the run, and puts it into the queue. With validate_only
  // the run has no number. FAILED_PRECONDITION, reason CAMPAIGN_NOT_READY, with one violation a reason
  // (NO_ROOM, NO_DEFENCE, NO_DAY); NOT_FOUND, reason TIMETABLE_NOT_FOUND, for the base; RESOURCE_EXHAUSTED,
  // reason QUEUE_FULL: nothing is stored then.
  absl::StatusOr<TimetableRun> Create(const Caller& caller, const Request& request);

  absl::StatusOr<TimetableRun> Get(const Caller& caller, const RunKey& key) const;
  // Oldest first.
  absl::StatusOr<Page<TimetableRun>> List(const Caller& caller, absl::string_view campaign,
                                          const PageRequest& page) const;

  // Calls `send` with the run as it is, then at every change of its progress or state, at most twice a
  // second, and returns after it was sent finished, or when `send` returns false. Asks `stopped` several
  // times a second and returns CANCELLED when it says true.
  absl::Status Follow(const Caller& caller, const RunKey& key, absl::FunctionRef<bool()> stopped,
                      absl::FunctionRef<bool(const TimetableRun&)> send) const;

  // Stops the run; the best timetable so far is kept. Waits a moment for it, so that the answer is usually
  // the finished run. Changes nothing if it has finished.
  absl::StatusOr<TimetableRun> Cancel(const Caller& caller, const RunKey& key, const RequestKey& request);

  // Executes the run if it is queued; what the queue does. A stop puts it back into the queue of the next
  // start. What goes wrong with the run is stored in it: the status is that of the store.
  absl::Status Execute(const RunKey& key, std::stop_token stop);

  // Takes up what an earlier process left: runs that were running are queued once more, or FAILED with reason
  // INTERRUPTED if that happened before; queued ones go into the queue. Call once, before the first call is
  // served.
  absl::Status RecoverAtStart();

 private:
  struct Prepared;
  struct Pace;

  absl::StatusOr<Campaign> CampaignForStaff(const Caller& caller, absl::string_view name) const;
  absl::StatusOr<TimetableRun> Find(const RunKey& key) const;
  absl::StatusOr<TimetableRun> FindByName(absl::string_view name) const;
  absl::StatusOr<std::optional<TimetableRecord>> FindBase(const Request& request) const;
  absl::StatusOr<Prepared> Prepare(const Caller& caller, const Campaign& campaign,
                                   const Request& request) const;
  absl::Status Enqueue(const RunKey& key);
  absl::Status EnqueueNew(absl::string_view name, const RequestKey& request);
  absl::StatusOr<TimetableRun> WaitUntilFinished(const RunKey& key) const;

  // Changes the run in one transaction, unless it has finished, and tells those who follow it.
  absl::Status Change(const RunKey& key,
                      absl::FunctionRef<absl::Status(TimetableWriter&, TimetableRun&)> change);
  absl::Status Compute(const TimetableRun& run, std::stop_token server_stop, std::stop_token cancelled);
  void Report(const RunKey& key, const solver::Progress& progress, Pace& pace);
  absl::Status Keep(const TimetableRun& run, const StoredFacts& facts, const solver::SolveResult& result,
                    bool is_cancelled);
  absl::Status FailRun(const RunKey& key, absl::string_view reason, absl::string_view error);

  TimetableStore& store_;
  const FactSources facts_;
  RunQueue& queue_;
  const Clock& clock_;
  const Options options_;
  mutable LiveRuns live_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RUNS_H_
