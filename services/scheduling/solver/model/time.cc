#include "services/scheduling/solver/model/time.h"

#include <algorithm>

namespace soutenance::scheduling::solver {
namespace {

// The first interval that ends after `minute`; the only one that can hold it.
absl::Span<const Interval>::const_iterator FirstEndingAfter(absl::Span<const Interval> intervals,
                                                            Minute minute) {
  return std::upper_bound(intervals.begin(), intervals.end(), minute,
                          [](Minute m, const Interval& interval) { return m < interval.to; });
}

}  // namespace

std::vector<Interval> Normalised(std::vector<Interval> intervals) {
  std::erase_if(intervals, [](const Interval& interval) { return interval.from >= interval.to; });
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval& a, const Interval& b) { return a.from < b.from; });
  std::vector<Interval> merged;
  for (const Interval& interval : intervals) {
    if (!merged.empty() && interval.from <= merged.back().to) {
      merged.back().to = std::max(merged.back().to, interval.to);
    } else {
      merged.push_back(interval);
    }
  }
  return merged;
}

std::vector<Interval> Intersection(absl::Span<const Interval> a, absl::Span<const Interval> b) {
  std::vector<Interval> both;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const Interval common{std::max(a[i].from, b[j].from), std::min(a[i].to, b[j].to)};
    if (common.from < common.to) both.push_back(common);
    if (a[i].to < b[j].to) {
      ++i;
    } else {
      ++j;
    }
  }
  return both;
}

bool AnyOverlaps(absl::Span<const Interval> intervals, const Interval& interval) {
  const auto first = FirstEndingAfter(intervals, interval.from);
  return first != intervals.end() && first->from < interval.to;
}

bool AnyContains(absl::Span<const Interval> intervals, const Interval& interval) {
  const auto first = FirstEndingAfter(intervals, interval.from);
  return first != intervals.end() && first->Contains(interval);
}

}  // namespace soutenance::scheduling::solver
