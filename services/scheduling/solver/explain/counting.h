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
//   a window of the opening in stretches of equal length, from its beginning:
//     for a person: as long as his or her shortest defence
//     for the rooms: as long as the shortest of all, with the buffer
//   two that start in one stretch overlap
//   for a person: each of his or her defences must start in a stretch of its own, and no more of them on a
//   day than
//     the limit
//   for the rooms: in each stretch no more defences than rooms that are open in some part of it
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

  // Whether it is easily seen that they can be placed: if no fact is held but about when defences may be, and
  // about one person's clashes and loads, whose defences all take as long. If not, they may be all the same.
  bool SurelyFit(const std::vector<bool>& wanted, const std::vector<bool>& held) const;

 private:
  struct Start {
    GridStart at;
    std::vector<int> forbidding;  // facts
  };
  struct Question;

  bool IsStopped() const { return should_stop_ && should_stop_(); }
  std::optional<std::vector<int>> OfPerson(const Question& question, PersonId person) const;
  // The only person whose clashes or loads are held; a negative one if there is none, nothing if there are
  // more or other facts than times are held.
  std::optional<PersonId> OnlyPerson(const std::vector<bool>& held) const;
  // `only_first`: at the beginning of each stretch, so that those in different ones do not overlap.
  std::vector<int> TooManyOf(const Question& question, PersonId id, const std::vector<DefenceId>& those,
                             bool only_first) const;
  Minute ShortestOf(const std::vector<DefenceId>& defences) const;
  std::optional<std::vector<int>> OfRooms(const Question& question) const;
  std::vector<int> FactsOf(const Question& question, const std::vector<DefenceId>& defences) const;

  const Problem& problem_;
  const NamedFacts& facts_;
  const std::function<bool()>& should_stop_;
  std::vector<std::vector<Start>> starts_;  // by defence
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_COUNTING_H_
