#include "services/scheduling/fresh_facts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/solver/model/limits.h"

namespace soutenance::scheduling {

namespace {

void CutBefore(solver::Minute now, std::vector<solver::Interval>& intervals) {
  for (solver::Interval& interval : intervals)
    interval.from = std::max(interval.from, std::min(now, interval.to));
}

// What is over, is over: see FactsMoment.
void ForgetThePast(solver::Minute now, solver::ProblemSpec& spec) {
  for (solver::PersonSpec& person : spec.persons) {
    CutBefore(now, person.blocked);
    CutBefore(now, person.if_needed);
  }
  for (solver::RoomSpec& room : spec.rooms) room.open.push_back({0, now});
}

bool HasBegun(solver::Minute now, const solver::ProblemSpec& spec) {
  return std::any_of(spec.defences.begin(), spec.defences.end(), [now](const auto& defence) {
    return defence.reference && defence.reference->start < now;
  });
}

}  // namespace

absl::StatusOr<FreshFacts> GatherFreshFacts(const FactSources& sources, absl::string_view campaign,
                                            const std::vector<BasePlacement>& base,
                                            const FactsMoment& moment) {
  ASSIGN_OR_RETURN(const CampaignFacts facts, GatherFacts(sources, campaign));
  solver::ProblemSpec spec = BuildProblem(facts, base);
  std::optional<solver::Minute> past_until;
  if (moment.now) {
    const absl::CivilDay first = facts.campaign.first_date();
    const int64_t days = std::clamp<int64_t>(absl::CivilDay(*moment.now) - first, -solver::kDayOffsetMax,
                                             solver::kDayOffsetMax);
    const auto time = static_cast<solver::Minute>(moment.now->hour() * 60 + moment.now->minute());
    const solver::Minute now = static_cast<solver::Minute>(days) * solver::kMinutesPerDay + time;
    if (HasBegun(now, spec)) past_until = now;
    if (past_until) ForgetThePast(now, spec);
    if (moment.counts_notice) spec.now = now;
  }
  absl::StatusOr<solver::Problem> problem = solver::Problem::Create(std::move(spec));
  if (!problem.ok()) {
    // The facts were validated when they were entered: that they make no problem is an error of ours.
    return absl::InternalError(
        absl::StrCat("the facts of ", campaign, " make no problem: ", problem.status().message()));
  }
  FreshFacts fresh{.problem = std::make_unique<const solver::Problem>(*std::move(problem)),
                   .cast = CastOf(facts)};
  fresh.past_until = past_until;
  fresh.stored =
      MakeStoredFacts(solver::WriteProblem(*fresh.problem), WriteCast(fresh.cast), WriteBase(base));
  return fresh;
}

absl::StatusOr<solver::Problem> Comparable(const solver::Problem& problem, const FreshFacts& fresh) {
  solver::ProblemSpec spec = problem.spec();
  if (fresh.past_until) ForgetThePast(*fresh.past_until, spec);
  return solver::Problem::Create(std::move(spec));
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

absl::CivilMinute WallTime(const Campaign& campaign, absl::Time now) {
  absl::TimeZone zone;
  // Campaigns have zones that could be loaded when they were set.
  if (!absl::LoadTimeZone(campaign.time_zone, &zone)) zone = absl::UTCTimeZone();
  return absl::ToCivilMinute(now, zone);
}

std::vector<BasePlacement> BaseOf(const TimetableRecord& timetable) {
  std::vector<BasePlacement> base;
  base.reserve(timetable.placements.size());
  for (const StoredPlacement& placement : timetable.placements) {
    BasePlacement from{.thesis = placement.thesis};
    if (placement.place) {
      from.start = placement.place->start;
      from.room = placement.place->room;
      from.holders = placement.holders;
    } else if (placement.pin.to) {
      from.pinned_start = placement.pin.to->start;
      from.pinned_room = placement.pin.to->room;
    }
    // Without a place, what is fixed of it must be known, or nothing is.
    const bool is_somewhere = from.start || from.pinned_start;
    from.pin_day = placement.pin.day && is_somewhere;
    from.pin_time = placement.pin.time && is_somewhere;
    from.pin_room = placement.pin.room && is_somewhere;
    from.pin_jurors = placement.pin.jurors;
    from.pin_mode = placement.pin.mode;
    base.push_back(std::move(from));
  }
  return base;
}

}  // namespace soutenance::scheduling
