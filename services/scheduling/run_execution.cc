// How a run is executed: the part of Runs that happens on the queue's thread, after its caller has gone.
#include <algorithm>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/runs.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

constexpr absl::Duration kShownEvery = absl::Milliseconds(500);
constexpr absl::Duration kStoredEvery = absl::Seconds(1);

// The end of a run is worth some patience: minutes of computing are lost with it.
constexpr int kKeepAttempts = 5;

constexpr absl::string_view kReportIt =
    "; nothing was stored. This is an error of the program: report it with the name of the run, whose "
    "problem "
    "is kept";

// The base timetable where the problem still has its rooms and days: something to start from.
solver::Placements StartOf(const solver::Problem& problem, const std::vector<BasePlacement>& base) {
  solver::Placements start(static_cast<std::size_t>(problem.DefenceCount()));
  for (const BasePlacement& placement : base) {
    const std::optional<solver::DefenceId> defence = problem.FindDefence(placement.thesis);
    if (!defence || !placement.start) continue;
    std::optional<solver::Placement> at = PlacementOf(problem, {*placement.start, placement.room});
    if (at && GiveSeats(problem, *defence, placement.holders, *at)) continue;
    if (at && solver::CheckPlacement(problem, *defence, *at).ok()) start[solver::Index(*defence)] = at;
  }
  return start;
}

solver::SolveParams ParamsOf(const RunParameters& asked, int cores) {
  solver::SolveParams params;
  params.seed = static_cast<uint64_t>(asked.seed);
  if (asked.moves_max > 0) params.move_limit = asked.moves_max;
  params.time_limit = absl::Seconds(asked.seconds_max > 0 ? asked.seconds_max : kRunSecondsDefault);
  params.threads = std::clamp(asked.threads > 0 ? asked.threads : cores, 1, kRunThreadsMax);
  return params;
}

// What is wrong with a result that the solver is proud of; empty: nothing.
std::string Disproof(const solver::Problem& problem, const solver::SolveResult& result) {
  const std::vector<solver::Violation> broken = solver::Check(problem, result.best.placements());
  if (!broken.empty()) {
    return absl::StrCat("the timetable that was found breaks ", broken.front().rule, " (",
                        broken.front().text, ")");
  }
  const solver::Score score = solver::RuleSet(problem).Evaluate(result.best);
  if (score != result.score || score.hard() != 0) {
    return absl::StrCat("the timetable that was found costs ", score.ToString(), ", not ",
                        result.score.ToString());
  }
  return {};
}

TimetableRecord RecordOf(const TimetableRun& run, const StoredFacts& facts, const solver::SolveResult& result,
                         absl::Time now) {
  TimetableRecord timetable{.key = {.campaign = run.key.campaign},
                            .bound = result.bound,
                            .placed_count_bound = result.placed_bound,
                            .is_optimal = result.termination == solver::Termination::kOptimal,
                            .run = run.key.number,
                            .base = run.base,
                            .seed = run.parameters.seed,
                            .solver_version = std::string(solver::SolverVersion()),
                            .problem_digest = facts.problem_digest,
                            .computed_from = facts.id,
                            .shown_with = facts.id,
                            .created = now};
  TakeFrom(result.best, timetable);
  return timetable;
}

}  // namespace

// When progress was last passed on, in the time of the search.
struct Runs::Pace {
  absl::Duration shown;
  absl::Duration stored;
};

absl::Status Runs::Execute(const RunKey& key, std::stop_token stop) {
  // Before it is seen running: whoever sees it so can stop it.
  const std::stop_token cancelled = live_.Add(key);
  const auto forget = absl::MakeCleanup([&] { live_.Remove(key); });
  std::optional<TimetableRun> begun;
  RETURN_IF_ERROR(Change(key, [&](TimetableWriter&, TimetableRun& run) {
    absl::Status begins = Begin(run, clock_.Now());
    if (begins.ok()) begun = run;
    return begins;
  }));
  // Cancelled while it waited.
  if (!begun) return absl::OkStatus();
  return Compute(*begun, std::move(stop), cancelled);
}

absl::Status Runs::Compute(const TimetableRun& run, std::stop_token server_stop, std::stop_token cancelled) {
  ASSIGN_OR_RETURN(
      const std::optional<StoredFacts> facts,
      ReadFrom(store_, [&](const TimetableReader& reader) { return reader.FindFacts(run.facts); }));
  if (!facts) return FailRun(run.key, "INTERNAL", "its facts were lost; create another run");
  const absl::StatusOr<solver::Problem> problem = solver::ParseProblem(facts->problem_text);
  if (!problem.ok()) {
    return FailRun(run.key, "INTERNAL",
                   absl::StrCat("its problem cannot be read: ", problem.status().message(), kReportIt));
  }
  ASSIGN_OR_RETURN(const std::vector<BasePlacement> base, ParseBase(facts->base_text));
  solver::SolveParams params = ParamsOf(run.parameters, options_.cores);
  params.start = StartOf(*problem, base);

  std::stop_source stop;
  const auto stop_all = [&] { stop.request_stop(); };
  const std::stop_callback on_cancel(cancelled, stop_all);
  const std::stop_callback on_server_stop(server_stop, stop_all);
  Pace pace;
  const auto progress = [&](const solver::Progress& now) { Report(run.key, now, pace); };
  const solver::SolveResult result = options_.solver
                                         ? options_.solver(*problem, params, stop.get_token(), progress)
                                         : solver::Solve(*problem, params, stop.get_token(), progress);

  const bool was_stopped = result.termination == solver::Termination::kCancelled;
  if (was_stopped && !cancelled.stop_requested()) {
    return Change(run.key, [](TimetableWriter&, TimetableRun& stopped) { return Requeue(stopped); });
  }
  const std::string disproof = Disproof(*problem, result);
  if (!disproof.empty()) return FailRun(run.key, "INTERNAL", absl::StrCat(disproof, kReportIt));
  return Keep(run, *facts, result, was_stopped);
}

void Runs::Report(const RunKey& key, const solver::Progress& progress, Pace& pace) {
  const RunProgress now{.score = progress.best,
                        .bound = progress.bound,
                        .placed_count = progress.placed,
                        .defence_count = progress.defence_count,
                        .placed_count_bound = progress.placed_bound,
                        .moves = progress.moves,
                        .elapsed_ms = absl::ToInt64Milliseconds(progress.elapsed)};
  if (progress.elapsed - pace.shown >= kShownEvery) {
    pace.shown = progress.elapsed;
    live_.SetProgress(key, now);
  }
  if (progress.elapsed - pace.stored >= kStoredEvery) {
    pace.stored = progress.elapsed;
    // Lost if the store is busy: the next one says more.
    const auto store = [&](TimetableWriter& writer) -> absl::Status {
      ASSIGN_OR_RETURN(std::optional<TimetableRun> run, writer.FindRun(key));
      if (!run || run->IsFinished()) return absl::OkStatus();
      run->progress = now;
      return writer.UpdateRun(*run);
    };
    store_.Write(store).IgnoreError();
  }
}

absl::Status Runs::Keep(const TimetableRun& run, const StoredFacts& facts, const solver::SolveResult& result,
                        bool is_cancelled) {
  TimetableRecord timetable = RecordOf(run, facts, result, clock_.Now());
  ASSIGN_OR_RETURN(const std::vector<BasePlacement> base, ParseBase(facts.base_text));
  KeepPins(base, timetable);
  const RunProgress last{.score = result.score,
                         .bound = result.bound,
                         .placed_count = timetable.placed_count,
                         .defence_count = timetable.defence_count,
                         .placed_count_bound = result.placed_bound,
                         .moves = result.stats.moves,
                         .elapsed_ms = absl::ToInt64Milliseconds(result.stats.elapsed)};
  const bool is_worth_keeping = !is_cancelled || timetable.placed_count > 0;
  const auto keep = [&](TimetableWriter& writer, TimetableRun& ended) -> absl::Status {
    int number = 0;
    if (is_worth_keeping) {
      TimetableRecord stored = timetable;
      ASSIGN_OR_RETURN(number, writer.NextTimetableNumber(run.key.campaign));
      stored.key.number = number;
      RETURN_IF_ERROR(writer.InsertTimetable(stored));
    }
    ended.progress = last;
    return is_cancelled ? scheduling::Cancel(ended, number, clock_.Now())
                        : Succeed(ended, number, clock_.Now());
  };
  absl::Status kept = Change(run.key, keep);
  for (int attempt = 1; attempt < kKeepAttempts && absl::IsUnavailable(kept); ++attempt) {
    kept = Change(run.key, keep);
  }
  return kept;
}

absl::Status Runs::FailRun(const RunKey& key, absl::string_view reason, absl::string_view error) {
  return Change(key,
                [&](TimetableWriter&, TimetableRun& run) { return Fail(run, reason, error, clock_.Now()); });
}

absl::Status Runs::RecoverAtStart() {
  ASSIGN_OR_RETURN(const std::vector<TimetableRun> left,
                   ReadFrom(store_, [](const TimetableReader& reader) { return reader.UnfinishedRuns(); }));
  for (const TimetableRun& found : left) {
    if (found.state == RunState::kRunning) {
      RETURN_IF_ERROR(Change(found.key, [&](TimetableWriter&, TimetableRun& run) {
        if (run.cancel_requested) return scheduling::Cancel(run, 0, clock_.Now());
        if (run.interruptions > 0) {
          return Fail(run, "INTERRUPTED",
                      "the server stopped twice while the run was computing; create another run, with fewer "
                      "threads if the memory of the machine is small",
                      clock_.Now());
        }
        ++run.interruptions;
        return Requeue(run);
      }));
    }
    ASSIGN_OR_RETURN(const TimetableRun run, Find(found.key));
    if (run.IsFinished()) continue;
    const absl::Status queued = Enqueue(run.key);
    if (queued.ok()) continue;
    const auto refuse = [&](TimetableWriter&, TimetableRun& refused) -> absl::Status {
      RETURN_IF_ERROR(Begin(refused, clock_.Now()));
      return Fail(refused, "INTERRUPTED",
                  absl::StrCat("the server stopped before the run began, and it could not be queued again (",
                               queued.message(), "); create another run"),
                  clock_.Now());
    };
    RETURN_IF_ERROR(Change(run.key, refuse));
  }
  return absl::OkStatus();
}

}  // namespace soutenance::scheduling
