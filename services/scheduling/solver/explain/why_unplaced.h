#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_WHY_UNPLACED_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_WHY_UNPLACED_H_

#include <functional>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/rules.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// One fact that stands in the way of a defence.
struct BlockingFact {
  RuleId rule;  // the rule that makes the fact matter
  std::vector<PersonId> persons;
  std::vector<RoomId> rooms;
  std::vector<DefenceId> defences;  // that are in the way
  Text sentence;
};

struct UnplacedReason {
  enum class Kind {
    kNoCommonSlot,  // no start and room would suit it even in an empty timetable
    kAllTaken,      // some would, but other defences or limits are in the way of each
    kFree,  // there is a place for it now: the timetable was made or changed by hand, or the search cut short
    kUnknown,  // it was asked to stop before all places were looked at, and none of those was free
  };
  DefenceId defence;
  Kind kind;
  int candidate_count = 0;  // starts and rooms that would suit it in an empty timetable
  Text sentence;            // all of it, for people
  // kNoCommonSlot: facts that together leave no place, and of which none can be left out: without any one of
  // them there would be a place. kAllTaken: what is in the way, most often first. kFree, kUnknown: none.
  std::vector<BlockingFact> facts;
};

// "no_common_slot", "all_taken", "free", "unknown".
absl::string_view UnplacedKindName(UnplacedReason::Kind kind);

// Says why `defence` is unplaced; for a placed one, why it would be if it were taken out.
// `should_stop`, which may be null, is asked now and then.
UnplacedReason WhyUnplaced(const Timetable& timetable, DefenceId defence,
                           const std::function<bool()>& should_stop = nullptr);

// The defences that no timetable can place, because they have no candidate at all, each with its reason
// (kNoCommonSlot): what can be said before any search.
std::vector<UnplacedReason> Unplaceable(const Problem& problem);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_WHY_UNPLACED_H_
