#include "services/scheduling/fresh_facts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/solver/io/problem_text.h"

namespace soutenance::scheduling {

absl::StatusOr<FreshFacts> GatherFreshFacts(const FactSources& sources, absl::string_view campaign,
                                            const std::vector<BasePlacement>& base) {
  ASSIGN_OR_RETURN(const CampaignFacts facts, GatherFacts(sources, campaign));
  absl::StatusOr<solver::Problem> problem = solver::Problem::Create(BuildProblem(facts, base));
  if (!problem.ok()) {
    // The facts were validated when they were entered: that they make no problem is an error of ours.
    return absl::InternalError(
        absl::StrCat("the facts of ", campaign, " make no problem: ", problem.status().message()));
  }
  FreshFacts fresh{.problem = std::make_unique<const solver::Problem>(*std::move(problem)),
                   .cast = CastOf(facts)};
  fresh.stored =
      MakeStoredFacts(solver::WriteProblem(*fresh.problem), WriteCast(fresh.cast), WriteBase(base));
  return fresh;
}

absl::Status CheckReady(const solver::Problem& problem, absl::string_view campaign) {
  std::vector<PreconditionViolation> violations;
  const auto expect = [&](int count, absl::string_view type, absl::string_view description) {
    if (count > 0) return;
    violations.push_back({.type = std::string(type),
                          .subject = std::string(campaign),
                          .description = std::string(description)});
  };
  expect(problem.DayCount(), "NO_DAY", "it has no day with opening hours; set its days and hours");
  expect(problem.RoomCount(), "NO_ROOM", "it has no room that the directory knows; add at least one room");
  expect(problem.DefenceCount(), "NO_DEFENCE",
         "it has no thesis to be defended: known, not withdrawn, with an author; add at least one");
  if (violations.empty()) return absl::OkStatus();
  const std::string what = absl::StrJoin(
      violations, "; ",
      [](std::string* out, const PreconditionViolation& violation) { out->append(violation.description); });
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(campaign, " is not ready for a timetable: ", what),
               {.reason = "CAMPAIGN_NOT_READY",
                .metadata = {{"campaign", std::string(campaign)}},
                .preconditions = std::move(violations)});
}

std::vector<BasePlacement> BaseOf(const TimetableRecord& timetable) {
  std::vector<BasePlacement> base;
  base.reserve(timetable.placements.size());
  for (const StoredPlacement& placement : timetable.placements) {
    BasePlacement from{.thesis = placement.thesis};
    if (placement.place) {
      from.start = placement.place->start;
      from.room = placement.place->room;
      from.pin_day = placement.pin.day;
      from.pin_time = placement.pin.time;
      from.pin_room = placement.pin.room;
    }
    base.push_back(std::move(from));
  }
  return base;
}

}  // namespace soutenance::scheduling
