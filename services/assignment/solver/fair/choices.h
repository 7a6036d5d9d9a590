#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_CHOICES_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_CHOICES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// All the reviewers that one thesis could have together.
struct Choice {
  std::vector<int> reviewers;  // ascending, with those that are pinned
  int64_t score = 0;           // the sum of theirs
  int64_t value = 0;           // the same after paying prices, in price units; see Prices
};

// The choices of each thesis that reach a level: the sum of the scores is at least that. `prices` are by
// reviewer, in price units. Safe for concurrent use.
class Choices {
 public:
  // `problem` must outlive this.
  Choices(const Problem& problem, int64_t level) : problem_(problem), level_(level) {}

  int64_t level() const { return level_; }

  // The choice of the largest value; nothing if none reaches the level. `scores_weigh` false values what a
  // choice costs alone.
  std::optional<Choice> Best(int thesis, const std::vector<int64_t>& prices, bool scores_weigh = true) const;

  // Every choice with a value of at least `least`, at most `most` of them; nothing if there are more.
  std::optional<std::vector<Choice>> Within(int thesis, const std::vector<int64_t>& prices, int64_t least,
                                            size_t most) const;

  // The reviewers who are part of some choice with a value of at least `least`, ascending, without pins.
  std::vector<int> Near(int thesis, const std::vector<int64_t>& prices, int64_t least) const;

  // The largest score the thesis can have, whatever the level; nothing if it has too few reviewers.
  std::optional<int64_t> Highest(int thesis) const;

 private:
  const Problem& problem_;
  const int64_t level_;
};

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_CHOICES_H_
