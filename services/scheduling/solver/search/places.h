#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PLACES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PLACES_H_

#include <optional>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Finds places that are free. Immutable; safe for concurrent use.
class Places {
 public:
  Places(const Problem& problem, const Candidates& candidates, const Fit& fit)
      : problem_(problem), candidates_(candidates), fit_(fit) {}

  // A candidate of `defence` on `day`, any of those where nobody with a given seat is elsewhere and the room
  // is free once the steps of `moving` are taken; Fit has the last word. Absent if none was found.
  std::optional<Placement> FreeOn(const Timetable& timetable, const Move& moving, DefenceId defence,
                                  DayId day, Random& random) const;

 private:
  const Problem& problem_;
  const Candidates& candidates_;
  const Fit& fit_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PLACES_H_
