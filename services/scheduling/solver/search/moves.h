#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_MOVES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_MOVES_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/blocks.h"
#include "services/scheduling/solver/search/boards.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/companions.h"
#include "services/scheduling/solver/search/compose.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/places.h"
#include "services/scheduling/solver/search/random.h"
#include "services/scheduling/solver/search/refill.h"

namespace soutenance::scheduling::solver {

// Draws moves that keep the rules of Candidates and Fit. Each goes for one wish and repairs what it disturbs:
//
//   place     an unplaced defence anywhere it could be
//   relocate  a defence to another start and room
//   join      a defence right before or after another of one of its people, in the same room
//   same day  a defence to another time of a day on which one of its people comes anyway
//   free      a defence to a free place of its own day or of such a day
//   swap      two defences exchange start and room, mostly one of such a day
//   room      a defence changes its room only
//   recompose an open seat of a placed defence goes to another candidate, the shared ones with it
//   exchange  two placed defences exchange the holders of open seats
//   blocks    several defences that belong together: see Blocks
// and where rules look at what rooms have in a window of the opening (a block) or at topics:
//   join      also beside a defence of the same topic and cohort
//   reorder   a defence moves to another position in its block, those in between make room
//   trade     two blocks, or two days of rooms, exchange all they have
//   vacate    all that a room has goes to rooms that have nothing on those days but are used on others
//
// Where holders should stay for a block, the last two change all of the block at once.
//
// Up to three defences in the way are ejected. Each is put back where the moved one was, if it fits there,
// else at a free place of its own day or of one on which its people come anyway, else it stays out and the
// score tells whether that was worth it. Immutable; safe for concurrent use.
class Moves {
 public:
  Moves(const Problem& problem, const Candidates& candidates, const Fit& fit);
  Moves(const Moves&) = delete;  // its parts refer to each other
  Moves& operator=(const Moves&) = delete;

  // Returns a move, empty if the wish drawn could not be had. If `may_lose` is false, moves after which fewer
  // defences are placed are given up, as far as that is soon seen. REQUIRES: the problem has a defence with a
  // candidate.
  Move Draw(const Timetable& timetable, absl::Span<const DefenceId> unplaced, bool may_lose,
            Random& random) const;

 private:
  std::optional<Placement> AnyCandidate(DefenceId defence, Random& random) const;
  std::optional<Placement> NextTo(const Timetable& timetable, DefenceId defence, Random& random) const;
  std::optional<Placement> OnSameDay(const Timetable& timetable, DefenceId defence, Random& random) const;
  std::optional<Placement> OtherRoom(const Timetable& timetable, DefenceId defence, Random& random) const;
  // On the day on which it is, in `stays` of a hundred draws, else on that of a companion.
  std::optional<Placement> FreePlace(const Timetable& timetable, const Move& moving, DefenceId defence,
                                     std::size_t stays, Random& random) const;

  // To the start and the room of `to`, with whoever can hold the open seats there.
  Move MoveTo(const Timetable& timetable, DefenceId defence, const Placement& to, bool may_lose,
              Random& random) const;
  // To exactly `to`.
  Move EjectFor(const Timetable& timetable, DefenceId defence, const Placement& to, bool may_lose,
                Random& random) const;
  Move Recompose(const Timetable& timetable, DefenceId defence, bool may_lose, Random& random) const;
  Move ExchangeHolders(const Timetable& timetable, DefenceId defence, Random& random) const;
  Move Reorder(const Timetable& timetable, DefenceId defence, Random& random) const;
  Move ExchangeBlocks(const Timetable& timetable, DefenceId defence, Random& random) const;
  Move Vacate(const Timetable& timetable, DefenceId defence, Random& random) const;
  // The steps with holders for the open seats, if all of them fit; else none.
  Move Together(const Timetable& timetable, const Move& steps, Random& random) const;
  DefenceId SwapPartner(const Timetable& timetable, DefenceId defence, Random& random) const;
  Move Swap(const Timetable& timetable, DefenceId defence, bool may_lose, Random& random) const;
  // Returns whether the step of `defence` in `move` was given a place.
  bool PutBack(const Timetable& timetable, DefenceId defence, const std::optional<Placement>& freed,
               Random& random, Move* move) const;

  const Problem& problem_;
  const Candidates& candidates_;
  const Fit& fit_;
  const Places places_;
  const std::vector<DefenceId> movable_;  // those that have a candidate
  const Companions companions_;
  const Composer composer_;
  const Blocks blocks_;
  const Boards boards_;
  const Refill refill_;
  bool minds_blocks_;
  bool refills_;
  bool minds_rooms_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_MOVES_H_
