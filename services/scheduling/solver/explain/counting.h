#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_COUNTING_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_COUNTING_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "services/scheduling/solver/explain/named_facts.h"

namespace soutenance::scheduling::solver {

// Sees by counting that defences cannot all be placed: that somebody has more of them than times, or all
// together more than the rooms have. Clauses take exponential time for what a matching tells at once.
//
//   shortest = the shortest wanted defence; points = every `shortest` minutes from the opening of a window
//   whatever is placed in the window covers at least one point: its first one
//   for a person: each of his or her defences must get a point of its own
//   for the rooms: at each point no more defences than rooms that are open then
class Counting {
 public:
  // With more starts, of all defences together, it sees nothing.
  static constexpr int64_t kStartsMax = 2'000'000;

  // Refers to everything given. From when `should_stop`, which may be null and is asked now and then, says
  // so, it sees nothing any more.
  Counting(const Problem& problem, const NamedFacts& facts, const std::function<bool()>& should_stop);

  // If the defences that are `wanted` cannot be placed while the facts that are `held` hold and counting sees
  // it: facts, ascending, of those held, that suffice. `first` is asked for its own people first. What it
  // does not see is not therefore possible.
  std::optional<std::vector<int>> Conflict(const std::vector<bool>& wanted, const std::vector<bool>& held,
                                           DefenceId first) const;

 private:
  struct Start {
    GridStart at;
    std::vector<int> forbidding;  // facts
  };
  struct Question;

  bool IsStopped() const { return should_stop_ && should_stop_(); }
  std::optional<std::vector<int>> OfPerson(const Question& question, PersonId person) const;
  std::optional<std::vector<int>> OfRooms(const Question& question) const;
  std::vector<int> FactsOf(const Question& question, const std::vector<DefenceId>& defences) const;

  const Problem& problem_;
  const NamedFacts& facts_;
  const std::function<bool()>& should_stop_;
  std::vector<std::vector<Start>> starts_;  // by defence
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_COUNTING_H_
