#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_TIME_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_TIME_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace soutenance::scheduling::solver {

// Minutes since midnight of the campaign's first date, without time zone: minute 1980 is 09:00 on the second
// date.
using Minute = int32_t;

inline constexpr Minute kMinutesPerDay = 1440;

// The time from `from` until just before `to`.
struct Interval {
  Minute from = 0;
  Minute to = 0;

  bool Overlaps(const Interval& other) const { return from < other.to && other.from < to; }
  bool Contains(const Interval& other) const { return from <= other.from && other.to <= to; }

  friend bool operator==(const Interval&, const Interval&) = default;
};

// Sorts and merges: ascending, not touching, without empty intervals.
std::vector<Interval> Normalised(std::vector<Interval> intervals);

// What is in both. REQUIRES: both are normalised.
std::vector<Interval> Intersection(absl::Span<const Interval> a, absl::Span<const Interval> b);

// Whether some interval overlaps `interval`. REQUIRES: `intervals` is normalised.
bool AnyOverlaps(absl::Span<const Interval> intervals, const Interval& interval);

// Whether one interval contains `interval`. REQUIRES: `intervals` is normalised.
bool AnyContains(absl::Span<const Interval> intervals, const Interval& interval);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_TIME_H_
