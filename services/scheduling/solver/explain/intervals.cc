#include "services/scheduling/solver/explain/intervals.h"

#include <algorithm>

namespace soutenance::scheduling::solver {

std::vector<Interval> Without(absl::Span<const Interval> windows, absl::Span<const Interval> taken) {
  std::vector<Interval> rest;
  for (const Interval& window : windows) {
    Minute from = window.from;
    for (const Interval& hole : taken) {
      if (!hole.Overlaps(window)) continue;
      if (hole.from > from) rest.push_back({from, hole.from});
      from = std::max(from, hole.to);
    }
    if (from < window.to) rest.push_back({from, window.to});
  }
  return rest;
}

}  // namespace soutenance::scheduling::solver
