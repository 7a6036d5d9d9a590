#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REASON_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REASON_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/repair.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Why one defence has no place, as exactly as it could be found out.
struct Reason {
  struct Fact {
    RuleId rule;  // that makes the fact matter
    std::vector<PersonId> persons;
    std::vector<RoomId> rooms;
    std::vector<DefenceId> defences;
    std::optional<DayId> day;
    PinAspect aspect = PinAspect::kNone;
    Text sentence;
  };
  DefenceId defence;
  // "no_common_slot": no place even in an empty timetable; "conflict": none beside all that are placed;
  // "placeable": there is one if others move; "free": there is one now; "all_taken": none is free, and why
  // others cannot make room was not found out; "unknown": nor whether one is free.
  std::string kind;
  // Whether it was proven that without any one of the facts the others leave a place.
  bool is_minimal = false;
  Text sentence;  // all of it, for people
  std::vector<Fact> facts;

  // Whether it has a place if only the timetable changes.
  bool HasPlace() const { return kind == "free" || kind == "placeable"; }
};

// Finds reasons and repairs for the unplaced defences of one timetable, the cheap ways first. Refers to the
// timetable, which must not change. Not safe for concurrent use.
class Reasons {
 public:
  // `should_stop` is asked now and then; from when it says so, what was not found out yet is told as
  // "all_taken" or "unknown", and no more repairs are found.
  Reasons(const Timetable& timetable, std::function<bool()> should_stop);

  // REQUIRES: `defence` is unplaced.
  Reason Of(DefenceId defence);

  // As Explainer::Repairs and Explainer::Applied.
  std::vector<Repair> RepairsOf(DefenceId defence);
  std::optional<Placements> Applied(const std::vector<RepairStep>& steps, const std::vector<DefenceId>& more);

 private:
  Explainer& Get();

  const Timetable& timetable_;
  const std::function<bool()> should_stop_;
  std::unique_ptr<Explainer> explainer_;  // made at the first question that needs it
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REASON_H_
