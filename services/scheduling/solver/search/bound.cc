#include "services/scheduling/solver/search/bound.h"

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/relaxation.h"

namespace soutenance::scheduling::solver {

int PlacedBound(const Problem& problem) {
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  const auto never = [] { return false; };
  return Relaxation(problem, candidates, never).Improve(kBoundWork, 0, never);
}

}  // namespace soutenance::scheduling::solver
