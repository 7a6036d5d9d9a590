#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PART_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PART_H_

#include <optional>
#include <set>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Makes parts of a problem: some of its defences with those who attend them, and rooms. Refers to it.
class PartMaker {
 public:
  explicit PartMaker(const Problem& whole);

  // The facts of these defences and their people, with all rooms. What roles and people cost is left out.
  ProblemSpec SpecOf(const std::set<DefenceId>& defences) const;

 private:
  const Problem& whole_;
  ProblemSpec head_;  // all but persons and defences
};

// Whether `room` has what `defence` needs, at whatever time.
bool CanBeIn(const Problem& problem, const Defence& defence, RoomId room);

// Where the defences of `part` are in `whole`, which has their rooms under the same keys.
Timetable PartOf(const Timetable& whole, const Problem& part);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PART_H_
