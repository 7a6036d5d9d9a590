#include "services/scheduling/solver/search/places.h"

#include <algorithm>

namespace soutenance::scheduling::solver {
namespace {

constexpr int kStartsTried = 3;

using Times = absl::InlinedVector<Interval, 32>;

// When those with a given seat of `defence` are elsewhere on `day`.
Times BusyTimes(const Fit& fit, const Timetable& timetable, const Move& moving, DefenceId defence,
                DayId day) {
  const Problem& problem = timetable.problem();
  const std::vector<Attendee>& attendees = problem.defence(defence).attendees;
  Times busy;
  for (const Attendee& attendee : attendees) {
    if (!fit.MeetsOthers(attendee.person)) continue;
    for (const Placed& placed : timetable.PersonDay(attendee.person, day)) {
      if (placed.defence == defence || FindStep(moving, placed.defence) != nullptr) continue;
      busy.push_back(placed.time());
    }
  }
  for (const Step& step : moving) {
    if (!step.to || step.defence == defence || problem.DayOf(step.to->start) != day) continue;
    const bool meets = std::any_of(attendees.begin(), attendees.end(), [&](const Attendee& attendee) {
      return Attends(problem, attendee.person, step.defence, *step.to);
    });
    if (meets) busy.push_back(problem.TimeOf(step.defence, step.to->start));
  }
  std::sort(busy.begin(), busy.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
  return busy;
}

}  // namespace

std::optional<Placement> Places::FreeOn(const Timetable& timetable, const Move& moving, DefenceId defence,
                                        DayId day, Random& random) const {
  const Minute midnight = problem_.day(day).offset * kMinutesPerDay;
  const absl::Span<const Minute> starts = candidates_.StartsOf(defence);
  const auto first = std::lower_bound(starts.begin(), starts.end(), midnight);
  if (first == starts.end() || *first >= midnight + kMinutesPerDay) return std::nullopt;
  const Times busy = BusyTimes(fit_, timetable, moving, defence, day);
  const Minute duration = problem_.defence(defence).duration_minutes;
  absl::InlinedVector<int, 64> free;
  auto next = busy.begin();
  for (auto start = first; start != starts.end() && *start < midnight + kMinutesPerDay; ++start) {
    // What ends before this start ends before the later ones, too.
    while (next != busy.end() && next->to <= *start) ++next;
    if (next == busy.end() || next->from >= *start + duration)
      free.push_back(static_cast<int>(start - starts.begin()));
  }
  for (int tried = 0; tried < kStartsTried && !free.empty(); ++tried) {
    const std::size_t chosen = random.Below(free.size());
    const Candidates::Start start = candidates_.StartAt(defence, free[chosen]);
    const std::size_t begin = random.Below(start.rooms.size());
    for (std::size_t i = 0; i < start.rooms.size(); ++i) {
      const Placement to{start.start, start.rooms[(begin + i) % start.rooms.size()]};
      if (fit_.HasRoom(timetable, moving, defence, to)) return to;
    }
    free[chosen] = free.back();
    free.pop_back();
  }
  return std::nullopt;
}

}  // namespace soutenance::scheduling::solver
