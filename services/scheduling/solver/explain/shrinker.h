#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SHRINKER_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SHRINKER_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/explainer_state.h"

namespace soutenance::scheduling::solver {

// Drops facts as long as the defence still cannot be placed: many at once first, and one by one what those
// turn out to need. Internal to explain/.
class Explainer::Shrinker {
 public:
  Shrinker(State& state, DefenceId defence)
      : state_(state), defence_(defence), wanted_(state.Wanted(defence)) {}

  // Whether `held` can hold; if not, what of it suffices for that.
  std::pair<Answer, std::vector<int>> Ask(const std::vector<int>& held_facts);

  // Whether counting alone sees that all facts cannot hold.
  bool IsCounted();

  // Facts of `core`, which cannot hold together, that still cannot, and whether it was proven that without
  // any of them the others can. Those that say least about the defence itself are dropped first.
  std::pair<std::vector<int>, bool> Shrink(std::vector<int> core);

 private:
  // How far a fact is from the defence.
  int RankOf(int number) const;

  State& state_;
  const DefenceId defence_;
  const std::vector<bool> wanted_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SHRINKER_H_
