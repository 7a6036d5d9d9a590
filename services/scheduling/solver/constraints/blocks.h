#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BLOCKS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BLOCKS_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/constraints/day_rule.h"
#include "services/scheduling/solver/model/problem.h"

// For rules that look at what a room has in one time window of the campaign's opening: a block.
namespace soutenance::scheduling::solver {

// The window to which a defence that starts at `start` counts: the one that begins last until then; the first
// one if it starts before all of them. `opening` is that of its day.
inline std::size_t WindowOf(absl::Span<const Interval> opening, Minute start) {
  std::size_t window = 0;
  while (window + 1 < opening.size() && opening[window + 1].from <= start) ++window;
  return window;
}

// Calls visit(window, placed) for each window of the day in which the room has something.
template <typename Visit>
void ForEachBlock(const DayView<RoomId>& view, Visit visit) {
  const std::vector<Interval>& opening = view.problem.day(view.day).opening;
  for (std::size_t i = 0; i < view.placed.size();) {
    const std::size_t window = WindowOf(opening, view.placed[i].start);
    const bool is_last = window + 1 == opening.size();
    std::size_t end = i + 1;
    while (end < view.placed.size() && (is_last || view.placed[end].start < opening[window + 1].from)) ++end;
    visit(opening[window], view.placed.subspan(i, end - i));
    i = end;
  }
}

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_BLOCKS_H_
