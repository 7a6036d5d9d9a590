#ifndef SOUTENANCE_SERVICES_SCHEDULING_REPLAY_H_
#define SOUTENANCE_SERVICES_SCHEDULING_REPLAY_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/scheduling/problem_builder.h"
#include "services/scheduling/solver/search/replan.h"
#include "services/scheduling/stored_facts.h"
#include "services/scheduling/timetable_record.h"

// Replanning in the way in which it can be done again: its work is limited, not only its time.
namespace soutenance::scheduling {

// About a third of what is done in a second: what ends long searches is this, or that nothing disturbs less;
// time ends them only where the machine is slower still.
inline constexpr int64_t kReplanWorkPerSecond = 3'000'000;

// A replan, and the limit of work with which it comes out again; 0 if time ended it.
struct Replanned {
  solver::ReplanResult result;
  int64_t work_max = 0;
};

// Replans `problem`, which was built with `base`, for at most `time_max`.
Replanned ReplanFrom(const solver::Problem& problem, const std::vector<BasePlacement>& base, int64_t seed,
                     absl::Duration time_max);

// Makes a draft of replanning once more from what is stored with it: gives its placements, each with place
// and holders. FAILED_PRECONDITION, reason NOT_REPLAYABLE, if time ended its search, it was not replanned, or
// another version of the solver made it. DATA_LOSS if `facts` cannot be read.
absl::StatusOr<std::vector<StoredPlacement>> Replay(const TimetableRecord& draft, const StoredFacts& facts);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_REPLAY_H_
