#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_DISTURBANCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_DISTURBANCE_H_

#include <cstdint>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// What one change is worth to one person who must be told of it: 1, and 1 more for each whole day by which
// the notice falls short of `days`. The notice is the time from now to the earlier of the start that was
// published and the start now: at most `days` + 1 points.
//
//   days = 21, now = Monday 9:00:  a defence of Tuesday 10:00 moves to Friday    1 + 20 = 21
//                                  a defence in 22 days moves                    1
class DisturbanceOfOne {
 public:
  explicit DisturbanceOfOne(int64_t days) : days_(days) {}

  // What `to` is worth to `attendee` of `defence`: 0 if there is nothing to tell. A defence that was not
  // published is told to all; one in another room to those on site.
  int64_t Of(const Problem& problem, const Defence& defence, const Placement& to,
             const Attendee& attendee) const;

  // By the earliest start that a change concerns. 1 if the problem has no now.
  int64_t ByStart(const Problem& problem, Minute start) const;

 private:
  int64_t days_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_DISTURBANCE_H_
