#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_JURY_SEARCH_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_JURY_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/model/problem.h"

namespace soutenance::assignment::compose {

// As a price: nobody is seated at it.
inline constexpr Value kClosed = Value{1} << 60;

struct FoundJury {
  Seating seating;
  Value value = 0;    // JuryValue
  Value reduced = 0;  // after paying prices
};

struct JuryAnswer {
  std::optional<FoundJury> best;
  // No legal jury has more after paying prices; means nothing if is_impossible.
  Value bound = 0;
  bool is_impossible = false;  // there is no such jury, at prices that are not kClosed
};

// Finds legal juries of one thesis that gain most after paying prices, by trying people seat by seat, best
// first, and leaving out what the rules, the common slots or what was found already exclude. Exact but for
// very large searches, whose bound holds all the same. Safe for concurrent use.
class JurySearch {
 public:
  // `problem` must outlive this. By number: rules that need not be obeyed.
  JurySearch(const Problem& problem, int thesis, const std::vector<bool>& ignored_rules = {});
  // The same search among juries that have one of `slots` in common.
  JurySearch In(const Slots& slots) const;

  // Only juries that have more than `floor` after paying prices are looked for: if there is none, the answer
  // has none, and is impossible. Adds to `work` what it did.
  JuryAnswer Best(const Prices& prices, int64_t& work, Value floor = -kClosed) const;
  // The least that any legal jury pays; juries are worth nothing and differ by prices alone.
  JuryAnswer Cheapest(const Prices& prices, int64_t& work) const;
  // All with at least `least` after paying prices, best first; nothing if there are more than `most`, or
  // finding them is too much work.
  std::optional<std::vector<FoundJury>> Within(const Prices& prices, Value least, size_t most,
                                               int64_t& work) const;

 private:
  class Walk;
  JuryAnswer Look(const Prices& prices, bool scores_weigh, Value floor, int64_t& work) const;

  struct Seat {
    int number;  // in the thesis
    bool is_like_previous;
  };

  const Problem& problem_;
  const int thesis_;
  std::vector<Seat> seats_;  // in the order in which they are tried
  std::vector<int> rules_;
  std::vector<int> given_;  // by rule: what the given seats count
  Slots slots_;
};

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_JURY_SEARCH_H_
