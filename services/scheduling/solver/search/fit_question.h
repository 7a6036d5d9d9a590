#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_FIT_QUESTION_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_FIT_QUESTION_H_

#include <algorithm>

#include "services/scheduling/solver/search/fit.h"

namespace soutenance::scheduling::solver {

// For the sources of Fit only: what they share.

inline bool TooClose(const Interval& a, const Interval& b, Minute apart) {
  return a.from < b.to + apart && b.from < a.to + apart;
}

inline bool Contains(const Defences& defences, DefenceId defence) {
  return std::find(defences.begin(), defences.end(), defence) != defences.end();
}

// May `defence` be at `to` if `moving` were made?
struct Fit::Question {
  const Timetable& timetable;
  const Move& moving;
  DefenceId defence;
  const Placement& to;
  std::size_t max;  // blockers
  DayId day;
  Interval time;

  // Adds `found`, which is in the way, unless it moves away anyhow. Returns false if there are too many.
  bool Add(DefenceId found, Defences* blockers) const {
    if (found == defence || FindStep(moving, found) != nullptr || Contains(*blockers, found)) return true;
    if (blockers->size() == max) return false;
    blockers->push_back(found);
    return true;
  }

  // Whether `other` stays in the timetable as it is.
  bool Stays(DefenceId other, const Defences& blockers) const {
    return other != defence && FindStep(moving, other) == nullptr && !Contains(blockers, other);
  }
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_FIT_QUESTION_H_
