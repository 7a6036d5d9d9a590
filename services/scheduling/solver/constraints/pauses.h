#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_PAUSES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_PAUSES_H_

#include <algorithm>
#include <cstddef>

#include "absl/types/span.h"
#include "services/scheduling/solver/constraints/day_rule.h"

// For rules that look at the pause of a room or a person: a time between two defences of a day, before the
// first or after the last one, that is long enough and begins when it may (PauseSpec). There may be several;
// which one is the pause is for those who ask to choose.
namespace soutenance::scheduling::solver {

struct Pause {
  std::size_t before;  // how many of the day's defences it comes after
  Interval time;       // not longer than wanted
};

// Calls visit(pause) for each possible pause of that day of a room or a person, in order. REQUIRES: the day
// has one.
template <typename Id, typename Visit>
void ForEachPause(const DayView<Id>& view, Visit visit) {
  const Day& day = view.problem.day(view.day);
  const PauseSpec& wanted = *day.pause;
  const Minute close = day.opening.back().to;
  const Minute last_end = std::min(close, wanted.until.value_or(close));
  Minute free_from = day.opening.front().from;
  for (std::size_t i = 0; i <= view.placed.size(); ++i) {
    const bool is_last = i == view.placed.size();
    const Minute free_to = is_last ? last_end : std::min(last_end, view.placed[i].start);
    const Minute from = std::max(free_from, wanted.begins.from);
    if (from < wanted.begins.to && free_to - from >= wanted.least_minutes) {
      visit(Pause{i, {from, std::min(free_to, from + wanted.wanted_minutes)}});
    }
    if (!is_last) free_from = std::max(free_from, view.placed[i].end);
  }
}

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_PAUSES_H_
