#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOARDS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOARDS_H_

#include <cstddef>
#include <optional>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Boards: the people who stay in a room for a block of defences, one window of the opening, because a change
// within it costs (rule block_continuity). Whoever joins a block finds them there, and they change for the
// whole block at once. Immutable; safe for concurrent use.
class Boards {
 public:
  // `problem` and `fit` must outlive it.
  Boards(const Problem& problem, const Fit& fit);

  // Whether the holder of `seat` should stay for a block.
  bool Stays(const OpenSeat& seat) const {
    return minds_ && seat.role_id && problem_.role(*seat.role_id).change_cost > 0;
  }

  // Who holds `role` in the block of `to` once the steps of `moving` are taken, `defence` left out: in the
  // last defence before it that has the role, else in the first one after it.
  std::optional<PersonId> Sitting(const Timetable& timetable, const Move& moving, DefenceId defence,
                                  RoleId role, const Placement& to) const;

  // Open seat number `seat` of `defence` goes to another candidate, and that role in all of its block with
  // it. An empty move if that does not fit or nobody drawn can come to half of it. REQUIRES: `defence` is
  // placed and the seat Stays.
  Move Reseat(const Timetable& timetable, DefenceId defence, std::size_t seat, Random& random) const;

  // The blocks of two placed defences exchange the holders of the role of that seat; an empty move as above.
  Move Exchange(const Timetable& timetable, DefenceId defence, std::size_t seat, DefenceId other) const;

 private:
  // The defences of the block in which `at` is.
  Defences BlockOf(const Timetable& timetable, const Placement& at) const;
  // Adds to `move` that `person` holds `role` in all of `block`, where he or she may.
  void Give(const Timetable& timetable, const Defences& block, RoleId role, PersonId person,
            Move* move) const;
  bool AllFit(const Timetable& timetable, const Move& move) const;
  // In how many of `block` the person cannot come.
  int AbsencesOf(const Timetable& timetable, const Defences& block, PersonId person) const;

  const Problem& problem_;
  const Fit& fit_;
  bool minds_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOARDS_H_
