#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BLOCKS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BLOCKS_H_

#include <cstddef>
#include <optional>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/companions.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/places.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Draws moves of several defences that belong together, which keep the rules of Candidates and Fit. What lies
// well together stays together, where single moves would have to take it apart first:
//
//   exchange  two rooms exchange what they have between two moments of a day; nobody's time changes
//   shift     defences that follow each other in one room move to another time and room, in this order or
//             turned round, mostly on a day on which one of their people comes anyway; up to three in the
//             way go where these were, each at the same distance, else to a free place, else they stay out
//
// Holders of open seats keep them. Immutable; safe for concurrent use.
class Blocks {
 public:
  // Refers to all of them, which must outlive it.
  Blocks(const Problem& problem, const Candidates& candidates, const Fit& fit, const Places& places,
         const Companions& companions);

  // Return a move, empty if there is none from `defence`, which need not be placed.
  Move Exchange(const Timetable& timetable, DefenceId defence, Random& random) const;
  // Unless `may_lose` nobody stays out.
  Move Shift(const Timetable& timetable, DefenceId defence, bool may_lose, Random& random) const;

 private:
  std::optional<Placement> FirstPlace(const Timetable& timetable, DefenceId first, Random& random) const;
  bool PutBack(const Timetable& timetable, std::size_t step, RoomId room, Minute shift, Random& random,
               Move* move) const;
  bool AddFrom(const Timetable& timetable, RoomId from, RoomId to, const Interval& time, Move* move) const;
  bool AllFit(const Timetable& timetable, const Move& move) const;

  const Problem& problem_;
  const Candidates& candidates_;
  const Fit& fit_;
  const Places& places_;
  const Companions& companions_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BLOCKS_H_
