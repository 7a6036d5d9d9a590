#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_COMPOSE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_COMPOSE_H_

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/boards.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/presence.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Whether all open seats of `defence` can be held during `time` as far as hard rules about one defence go:
// each by a candidate who can come, and by different people if the rule one_seat is hard.
bool CanBeHeld(const Problem& problem, DefenceId defence, const Interval& time);

// Chooses who holds the open seats of a defence that is about to be placed. Immutable; safe for concurrent
// use.
class Composer {
 public:
  // `problem` and `fit` must outlive it.
  Composer(const Problem& problem, const Fit& fit);

  // Gives the open seats of `defence` at `to` to candidates who can come; to different people if they must
  // be. First to those who are free once the steps of `moving` are taken, of these to whoever sits in that
  // block if the holder should stay, then to those who hold the seat already and can come, then to those who
  // cost least, then to those who have most defences left; now and then to anybody, so that a search sees all
  // of them. Returns false if there is nobody for some seat: then the defence cannot be there. Does nothing
  // if no seat is open.
  bool Fill(const Timetable& timetable, const Move& moving, DefenceId defence, Placement* to,
            Random& random) const {
    return problem_.defence(defence).open_seats.empty() || FillSeats(timetable, moving, defence, to, random);
  }

 private:
  bool FillSeats(const Timetable& timetable, const Move& moving, DefenceId defence, Placement* to,
                 Random& random) const;
  void ShareSeats(const Timetable& timetable, const Move& moving, DefenceId defence, Placement* to) const;
  int64_t Reluctance(const Timetable& timetable, const Candidate& candidate) const;
  // What it costs that the person, who holds `seat`, cannot come.
  int64_t AbsenceCost(const OpenSeat& seat, PersonId person, const Interval& time) const;

  const Problem& problem_;
  const Fit& fit_;
  const Boards boards_;
  const Presence presence_;
  bool minds_cost_;
  bool minds_absence_;
  bool all_different_;
  bool minds_size_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_COMPOSE_H_
