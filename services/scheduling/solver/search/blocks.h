#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BLOCKS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BLOCKS_H_

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Draws moves of several defences that belong together, which keep the rules of Candidates and Fit. What lies
// well together stays together, where single moves would have to take it apart first:
//
//   exchange  two rooms exchange what they have between two moments of a day; nobody's time changes
//   shift     defences that follow each other in one room move to another time and room, in this order or
//             turned round; up to three in the way go where these were, each at the same distance, or stay
//             out
//
// Holders of open seats keep them. Immutable; safe for concurrent use.
class Blocks {
 public:
  Blocks(const Problem& problem, const Candidates& candidates, const Fit& fit);

  // Return a move, empty if there is none from `defence`, which need not be placed.
  Move Exchange(const Timetable& timetable, DefenceId defence, Random& random) const;
  Move Shift(const Timetable& timetable, DefenceId defence, Random& random) const;

 private:
  bool AddFrom(const Timetable& timetable, RoomId from, RoomId to, const Interval& time, Move* move) const;
  bool AllFit(const Timetable& timetable, const Move& move) const;

  const Problem& problem_;
  const Candidates& candidates_;
  const Fit& fit_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BLOCKS_H_
