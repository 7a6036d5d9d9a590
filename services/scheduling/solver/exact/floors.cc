#include "services/scheduling/solver/exact/floors.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

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

int64_t SumOfLeast(std::vector<int64_t> numbers, int count) {
  std::sort(numbers.begin(), numbers.end());
  numbers.resize(std::min(numbers.size(), static_cast<std::size_t>(std::max(0, count))));
  return std::accumulate(numbers.begin(), numbers.end(), int64_t{0});
}

int64_t FloorAlone(const Problem& problem, const Candidates& candidates, const Constraint& rule, int placed) {
  if (candidates.TotalCount() > kCandidatesMax) return 0;
  std::vector<int64_t> least;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    if (candidates.StartCount(id) > 0) least.push_back(LeastOf(problem, candidates, rule, id));
  });
  return SumOfLeast(std::move(least), placed);
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
  return SumOfLeast(std::move(least), placed);
}

// How many people attend the `placed` defences that fewest attend, counted once for each defence: everybody
// who is chosen is somebody else only if the rule one_seat is hard.
int64_t AttendancesOf(const Problem& problem, int placed) {
  const bool all_different = problem.rule(RuleId::kOneSeat).IsHard();
  std::vector<int64_t> attendances;
  for (const Defence& defence : problem.defences()) {
    const auto given = static_cast<int64_t>(defence.attendees.size());
    const int64_t own = std::count_if(defence.open_seats.begin(), defence.open_seats.end(),
                                      [](const OpenSeat& seat) { return !seat.shared; });
    const int64_t least = std::max<int64_t>(given, defence.open_seats.empty() ? 0 : 1);
    attendances.push_back(all_different ? std::max(given + own, least) : least);
  }
  return SumOfLeast(std::move(attendances), placed);
}

// Attendances are given one by one to whom another one costs least, to nobody more than he or she can have.
// Squares grow ever faster: so nothing costs less.
int64_t FloorOfSquaredLoad(const Problem& problem, int placed) {
  struct Next {
    int64_t cost;  // of one more
    int64_t weight;
    int64_t left;  // that he or she may have after it
    bool operator<(const Next& other) const { return cost > other.cost; }
  };
  std::priority_queue<Next> people;
  for (const Person& person : problem.persons()) {
    int64_t most = static_cast<int64_t>(person.defences.size() + person.candidacies.size());
    if (person.max_total > 0 && problem.rule(RuleId::kPersonCampaignLoad).IsHard()) {
      most = std::min<int64_t>(most, person.max_total);
    }
    if (most > 0) people.push({person.weight, person.weight, most - 1});
  }
  int64_t sum = 0;
  for (int64_t i = AttendancesOf(problem, placed); i > 0 && !people.empty(); --i) {
    const Next next = people.top();
    people.pop();
    sum += next.cost;
    if (next.left > 0) people.push({next.cost + 2 * next.weight, next.weight, next.left - 1});
  }
  return sum;
}

// Of the subjects of a defence, those that its seats cannot cover, whoever holds them: each covers at most
// what the best candidate knows.
int64_t UncoveredAtLeast(const Problem& problem, const Defence& defence) {
  std::vector<SubjectId> missing;
  const auto knows = [&](PersonId person, SubjectId subject) {
    const std::vector<SubjectId>& known = problem.person(person).subjects;
    return std::binary_search(known.begin(), known.end(), subject);
  };
  for (const SubjectId subject : defence.subjects) {
    const bool is_given =
        std::any_of(defence.attendees.begin(), defence.attendees.end(),
                    [&](const Attendee& attendee) { return knows(attendee.person, subject); });
    if (!is_given) missing.push_back(subject);
  }
  int64_t covered = 0;
  for (const OpenSeat& seat : defence.open_seats) {
    int64_t most = 0;
    for (const Candidate& candidate : seat.candidates) {
      most = std::max<int64_t>(most, std::count_if(missing.begin(), missing.end(), [&](SubjectId subject) {
                                 return knows(candidate.person, subject);
                               }));
    }
    covered += most;
  }
  return std::max<int64_t>(0, static_cast<int64_t>(missing.size()) - covered);
}

int64_t FloorOfSubjects(const Problem& problem, int placed) {
  std::vector<int64_t> least;
  for (const Defence& defence : problem.defences()) least.push_back(UncoveredAtLeast(problem, defence));
  return SumOfLeast(std::move(least), placed);
}

}  // namespace

int64_t FloorOf(const Problem& problem, const Candidates& candidates, const RuleSet::Entry& rule,
                int placed) {
  if (rule.rule.id == RuleId::kSeatCost) return FloorOfSeats(problem, placed);
  if (rule.rule.id == RuleId::kSquaredLoad) return FloorOfSquaredLoad(problem, placed);
  if (rule.rule.id == RuleId::kSubjectCoverage) return FloorOfSubjects(problem, placed);
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
