#include "services/scheduling/replay.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/solver/io/problem_text.h"

namespace soutenance::scheduling {
namespace {

// Who holds the seats that are open in `problem` according to `base`, for the search to stay close to.
// Nothing where nobody does any more: the search chooses.
solver::Placements HeldSeats(const solver::Problem& problem, const std::vector<BasePlacement>& base) {
  solver::Placements held;
  if (!problem.HasOpenSeats()) return held;
  held.resize(static_cast<std::size_t>(problem.DefenceCount()));
  for (const BasePlacement& placement : base) {
    const std::optional<solver::DefenceId> defence = problem.FindDefence(placement.thesis);
    if (!defence || placement.holders.empty()) continue;
    solver::Placement at;
    if (!GiveSeats(problem, *defence, placement.holders, at)) held[solver::Index(*defence)] = at;
  }
  return held;
}

absl::Status NotReplayable(const TimetableRecord& draft, absl::string_view why) {
  const std::string name = TimetableName(draft.key);
  return Error(absl::StatusCode::kFailedPrecondition, absl::StrCat(name, " cannot be made once more: ", why),
               {.reason = "NOT_REPLAYABLE", .metadata = {{"timetable", name}}});
}

}  // namespace

Replanned ReplanFrom(const solver::Problem& problem, const std::vector<BasePlacement>& base, int64_t seed,
                     absl::Duration time_max) {
  solver::ReplanParams params{
      .seed = static_cast<uint64_t>(seed), .time_limit = time_max, .holders = HeldSeats(problem, base)};
  params.work_limit =
      std::max<int64_t>(1, absl::ToInt64Milliseconds(time_max) * (kReplanWorkPerSecond / 1000));
  Replanned replanned{.result = solver::Replan(problem, params, {}, [](const solver::Progress&) {})};
  const bool is_late = replanned.result.solved.stats.elapsed >= time_max;
  replanned.work_max = is_late ? 0 : *params.work_limit;
  return replanned;
}

absl::StatusOr<std::vector<StoredPlacement>> Replay(const TimetableRecord& draft, const StoredFacts& facts) {
  if (draft.work_max <= 0) {
    return NotReplayable(draft, "it was not replanned, or time ended the search; replan it with more time");
  }
  if (draft.solver_version != solver::SolverVersion()) {
    return NotReplayable(draft, absl::StrCat("version ", draft.solver_version, " of the solver made it"));
  }
  ASSIGN_OR_RETURN(const solver::Problem problem, solver::ParseProblem(facts.problem_text));
  ASSIGN_OR_RETURN(const std::vector<BasePlacement> base, ParseBase(facts.base_text));
  const solver::ReplanParams params{.seed = static_cast<uint64_t>(draft.seed),
                                    .work_limit = draft.work_max,
                                    .holders = HeldSeats(problem, base)};
  const solver::ReplanResult result = solver::Replan(problem, params, {}, [](const solver::Progress&) {});
  TimetableRecord again{.key = draft.key};
  TakeFrom(result.solved.best, again);
  return std::move(again.placements);
}

}  // namespace soutenance::scheduling
