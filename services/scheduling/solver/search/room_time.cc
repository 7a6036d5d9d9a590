#include "services/scheduling/solver/search/room_time.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace soutenance::scheduling::solver {
namespace {

// What a room's day holds.
struct Capacity {
  int64_t minutes =
      0;  // with a buffer behind each defence, that behind the last one of each stretch included
  int64_t defences = 0;  // of the shortest
};

Capacity Sum(const std::vector<Interval>& free, Minute shortest, Minute buffer) {
  Capacity sum;
  for (const Interval& time : free) {
    if (time.to - time.from < shortest) continue;
    sum.minutes += time.to - time.from + buffer;
    sum.defences += (time.to - time.from + buffer) / (shortest + buffer);
  }
  return sum;
}

// When the room can be used on that day.
std::vector<Interval> HoursOf(const Problem& problem, const Room& room, const Day& day) {
  if (!problem.rule(RuleId::kRoomOpening).IsHard()) return day.opening;
  std::vector<Interval> hours;
  for (const Interval& window : day.opening) {
    for (const Interval& open : room.open) {
      const Interval both{std::max(window.from, open.from), std::min(window.to, open.to)};
      if (both.from < both.to) hours.push_back(both);
    }
  }
  return hours;
}

std::vector<Interval> Without(const std::vector<Interval>& hours, const Interval& pause) {
  std::vector<Interval> left;
  for (const Interval& time : hours) {
    const Interval before{time.from, std::min(time.to, pause.from)};
    const Interval after{std::max(time.from, pause.to), time.to};
    if (before.from < before.to) left.push_back(before);
    if (after.from < after.to) left.push_back(after);
  }
  return left;
}

Capacity MostOn(const Problem& problem, const Room& room, const Day& day, Minute shortest) {
  const std::vector<Interval> hours = HoursOf(problem, room, day);
  if (!day.pause || !problem.rule(RuleId::kRoomPause).IsHard()) {
    return Sum(hours, shortest, problem.buffer_minutes());
  }
  // Wherever the pause is: most of each.
  Capacity most;
  const Minute close = std::min(day.opening.back().to, day.pause->until.value_or(day.opening.back().to));
  for (Minute from = day.pause->begins.from; from < day.pause->begins.to; ++from) {
    const Interval pause{from, from + day.pause->least_minutes};
    if (pause.from < day.opening.front().from || pause.to > close) continue;
    const Capacity sum = Sum(Without(hours, pause), shortest, problem.buffer_minutes());
    most.minutes = std::max(most.minutes, sum.minutes);
    most.defences = std::max(most.defences, sum.defences);
  }
  return most;
}

}  // namespace

int MostInRooms(const Problem& problem, const Candidates& candidates) {
  std::vector<Minute> durations;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    if (candidates.StartCount(id) > 0) durations.push_back(problem.defence(id).duration_minutes);
  });
  if (durations.empty() || !problem.rule(RuleId::kOpeningHours).IsHard()) {
    return static_cast<int>(durations.size());
  }
  std::sort(durations.begin(), durations.end());
  int64_t minutes = 0;
  int64_t defences = 0;
  for (const Day& day : problem.days()) {
    for (const Room& room : problem.rooms()) {
      const Capacity most = MostOn(problem, room, day, durations.front());
      minutes += most.minutes;
      defences += most.defences;
    }
  }
  int fitting = 0;
  for (const Minute duration : durations) {
    minutes -= duration + problem.buffer_minutes();
    if (minutes < 0) break;
    ++fitting;
  }
  return static_cast<int>(std::min<int64_t>(fitting, defences));
}

}  // namespace soutenance::scheduling::solver
