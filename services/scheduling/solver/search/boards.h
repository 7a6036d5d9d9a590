#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOARDS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOARDS_H_

#include <cstddef>
#include <optional>

#include "services/scheduling/solver/constraints/board_changes.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Boards: the people who stay in a room for a block of defences because a change within it costs. A block is
// one window of the opening, or its part before or after the room's pause (rule block_continuity), or a
// room's day (rule mixed_holders). Whoever joins a block finds them there, and they change for the whole
// block at once. Of a role with several seats they are a set. Immutable; safe for concurrent use.
class Boards {
 public:
  // `problem` and `fit` must outlive it.
  Boards(const Problem& problem, const Fit& fit);

  // Whether the holder of `seat` should stay for a block.
  bool Stays(const OpenSeat& seat) const {
    if (!seat.role_id) return false;
    const Role& role = problem_.role(*seat.role_id);
    return (minds_ && role.change_cost > 0) || (minds_mixing_ && role.mix_cost > 0);
  }

  // Who holds `role` where `defence` would join the window of `to` once the steps of `moving` are taken,
  // ascending: whoever does in the last defence before it that has the role, else in the first one after it.
  People Sitting(const Timetable& timetable, const Move& moving, DefenceId defence, RoleId role,
                 const Placement& to) const;

  // Open seat number `seat` of `defence` goes to another candidate, and that role in all of its block with
  // it; or, where a role has several seats, all of them go in all of the block to those who hold them in
  // `defence`. An empty move if that does not fit or nobody drawn can come to half of it. REQUIRES: `defence`
  // is placed and the seat Stays.
  Move Reseat(const Timetable& timetable, DefenceId defence, std::size_t seat, Random& random) const;

  // The blocks of two placed defences exchange the holders of the role of that seat; an empty move as above.
  Move Exchange(const Timetable& timetable, DefenceId defence, std::size_t seat, DefenceId other,
                Random& random) const;

 private:
  // The defences of the block in which `at` is, or of all its day.
  Defences BlockOf(const Timetable& timetable, const Placement& at, bool whole_day) const;
  // Whether the next change is for a whole day.
  bool DrawWholeDay(RoleId role, Random& random) const;
  // Adds to `move` that `comes` holds `role` in all of `block`, where he or she may: the seat of it, or that
  // of `leaves` if it has several.
  void Give(const Timetable& timetable, const Defences& block, RoleId role, PersonId leaves, PersonId comes,
            Move* move) const;
  // All of `block` have those in `role` whom `defence` has.
  Move Align(const Timetable& timetable, const Defences& block, DefenceId defence, RoleId role) const;
  bool AllFit(const Timetable& timetable, const Move& move) const;
  // In how many of `block` the person cannot come.
  int AbsencesOf(const Timetable& timetable, const Defences& block, PersonId person) const;

  const Problem& problem_;
  const Fit& fit_;
  bool minds_;
  bool minds_mixing_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BOARDS_H_
