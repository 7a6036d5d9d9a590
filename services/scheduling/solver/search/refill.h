#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_REFILL_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_REFILL_H_

#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/compose.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Empties a room for a day or a part of it, or all rooms, and fills them anew, first with what has no place:
// where whatever a room has must go together, or few people are there at a time, one defence alone finds no
// place though another day would hold more. Immutable; safe for concurrent use.
class Refill {
 public:
  // All must outlive it.
  Refill(const Problem& problem, const Candidates& candidates, const Fit& fit, const Composer& composer)
      : problem_(problem), candidates_(candidates), fit_(fit), composer_(composer) {}

  // Around a candidate of `wanted`, which is one of `unplaced`:
  //
  //   take out what its room, or each room, has in a time of that day
  //   from the beginning of that time on: of some defences without a place, those of its topic and those
  //   taken out,
  //     the one that can begin first, with people who are free; then on from its end
  //
  // An empty move if that places nothing.
  Move Draw(const Timetable& timetable, absl::Span<const DefenceId> unplaced, DefenceId wanted,
            Random& random) const;

 private:
  struct Plan;

  void TakeOut(const Timetable& timetable, RoomId room, Plan* plan) const;
  void Fill(const Timetable& timetable, RoomId room, Random& random, Plan* plan) const;
  bool Place(const Timetable& timetable, DefenceId defence, Placement at, Random& random, Move* move) const;

  const Problem& problem_;
  const Candidates& candidates_;
  const Fit& fit_;
  const Composer& composer_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_REFILL_H_
