#ifndef SOUTENANCE_SERVICES_SCHEDULING_FRESH_FACTS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_FRESH_FACTS_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/scheduling/cast.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/problem_builder.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/stored_facts.h"
#include "services/scheduling/timetable_record.h"

namespace soutenance::scheduling {

// What is known of a campaign now, in the three forms in which it is used.
struct FreshFacts {
  std::unique_ptr<const solver::Problem> problem;
  Cast cast;
  StoredFacts stored;
  std::optional<solver::Minute> past_until;  // what was entered about the time before is left out
};

// When facts are gathered. What has begun in the base by `now` has taken place: then nobody and no room was
// busy before `now`, whatever is entered today, or the past would have to be planned again.
struct FactsMoment {
  std::optional<absl::CivilMinute> now;  // in the zone of the campaign; absent: before all of it
  bool counts_notice = false;  // whether the problem knows it, for how short the notice of a change is
};

// Gathers the facts of `campaign` as GatherFacts does, with its errors, for a timetable that starts from
// `base`.
absl::StatusOr<FreshFacts> GatherFreshFacts(const FactSources& sources, absl::string_view campaign,
                                            const std::vector<BasePlacement>& base,
                                            const FactsMoment& moment = {});

// OK if a timetable of `problem` can be computed; otherwise FAILED_PRECONDITION, reason CAMPAIGN_NOT_READY,
// with one violation a reason: NO_DAY, NO_ROOM, NO_DEFENCE.
absl::Status CheckReady(const solver::Problem& problem, absl::string_view campaign);

// `problem`, which was gathered earlier, without what `fresh` leaves out, so that the two can be compared.
absl::StatusOr<solver::Problem> Comparable(const solver::Problem& problem, const FreshFacts& fresh);

// What the clock on the wall shows at `now` in the zone of the campaign.
absl::CivilMinute WallTime(const Campaign& campaign, absl::Time now);

// The placements of `timetable` as something to start from.
std::vector<BasePlacement> BaseOf(const TimetableRecord& timetable);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_FRESH_FACTS_H_
