#ifndef SOUTENANCE_SERVICES_SCHEDULING_FRESH_FACTS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_FRESH_FACTS_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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
};

// Gathers the facts of `campaign` as GatherFacts does, with its errors, for a timetable that starts from
// `base`.
absl::StatusOr<FreshFacts> GatherFreshFacts(const FactSources& sources, absl::string_view campaign,
                                            const std::vector<BasePlacement>& base);

// OK if a timetable of `problem` can be computed; otherwise FAILED_PRECONDITION, reason CAMPAIGN_NOT_READY,
// with one violation a reason: NO_DAY, NO_ROOM, NO_DEFENCE.
absl::Status CheckReady(const solver::Problem& problem, absl::string_view campaign);

// The placements of `timetable` as something to start from.
std::vector<BasePlacement> BaseOf(const TimetableRecord& timetable);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_FRESH_FACTS_H_
