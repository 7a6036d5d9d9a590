#include "services/scheduling/solver/exact/floors.h"

#include <algorithm>
#include <limits>

namespace soutenance::scheduling::solver {
namespace {

// More candidates than this are not looked at one by one.
constexpr int64_t kCandidatesMax = 2'000'000;

int64_t LeastOf(const Problem& problem, const Candidates& candidates, const Constraint& rule, DefenceId id) {
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int i = 0; i < candidates.StartCount(id) && least > 0; ++i) {
    const Candidates::Start at = candidates.StartAt(id, i);
    const int64_t of_start = rule.PenaltyOfStart(problem, id, at.start);
    for (const RoomId room : at.rooms) {
      const int64_t penalty = of_start + rule.PenaltyOfRoom(problem, id, room) +
                              rule.PenaltyOfBoth(problem, id, {at.start, room});
      least = std::min(least, penalty);
      if (least == 0) break;
    }
  }
  return least;
}

int64_t FloorAlone(const Problem& problem, const Candidates& candidates, const Constraint& rule, int placed) {
  if (candidates.TotalCount() > kCandidatesMax) return 0;
  std::vector<int64_t> least;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    if (candidates.StartCount(id) > 0) least.push_back(LeastOf(problem, candidates, rule, id));
  });
  std::sort(least.begin(), least.end());
  int64_t sum = 0;
  for (std::size_t i = 0; i < least.size() && i < static_cast<std::size_t>(placed); ++i) sum += least[i];
  return sum;
}

int64_t CeilOf(int64_t a, int64_t b) { return (a + b - 1) / b; }

struct Shape {
  int64_t longest_chain = 1;  // defences that can follow on each other
  int64_t in_a_day = 1;       // defences one person can attend in a day
};

Shape ShapeOf(const Problem& problem) {
  int32_t shortest = kMinutesPerDay;
  for (const Defence& defence : problem.defences()) shortest = std::min(shortest, defence.duration_minutes);
  Shape shape;
  for (const Day& day : problem.days()) {
    const Minute span = day.opening.back().to - day.opening.front().from;
    const Minute buffer = problem.buffer_minutes();
    shape.longest_chain = std::max<int64_t>(shape.longest_chain, (span + buffer) / (shortest + buffer));
    shape.in_a_day = std::max<int64_t>(shape.in_a_day, span / shortest);
  }
  return shape;
}

// The seats of the `placed` defences that cost least, each held by whoever costs least.
int64_t FloorOfSeats(const Problem& problem, int placed) {
  std::vector<int64_t> least;
  for (const Defence& defence : problem.defences()) {
    int64_t cost = 0;
    for (const OpenSeat& seat : defence.open_seats) {
      cost += std::min_element(seat.candidates.begin(), seat.candidates.end(),
                               [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; })
                  ->cost;
    }
    least.push_back(cost);
  }
  std::sort(least.begin(), least.end());
  int64_t sum = 0;
  for (std::size_t i = 0; i < least.size() && i < static_cast<std::size_t>(placed); ++i) sum += least[i];
  return sum;
}

}  // namespace

int64_t FloorOf(const Problem& problem, const Candidates& candidates, const RuleSet::Entry& rule,
                int placed) {
  if (rule.rule.id == RuleId::kSeatCost) return FloorOfSeats(problem, placed);
  if (problem.HasOpenSeats()) return 0;  // what is chosen may cost is not known here
  if (rule.constraint->LooksAtOne()) return FloorAlone(problem, candidates, *rule.constraint, placed);
  const Shape shape = ShapeOf(problem);
  const int64_t unplaced = problem.DefenceCount() - placed;
  int64_t sum = 0;
  for (const Person& person : problem.persons()) {
    const auto own = static_cast<int64_t>(person.defences.size());
    if (rule.rule.id == RuleId::kBackToBack && own > 0) sum += CeilOf(own, shape.longest_chain) - 1;
    // If some stay out it may be any: they take days off all who attend them.
    if (rule.rule.id == RuleId::kPersonDays && unplaced == 0) {
      const int64_t limit = person.max_per_day > 0 && problem.rule(RuleId::kPersonDayLoad).IsHard()
                                ? std::min<int64_t>(shape.in_a_day, person.max_per_day)
                                : shape.in_a_day;
      sum += std::max<int64_t>(0, CeilOf(own, limit) - rule.rule.parameter);
    }
  }
  return sum;
}

}  // namespace soutenance::scheduling::solver
