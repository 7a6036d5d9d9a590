#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_AROUND_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_AROUND_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/explainer_state.h"
#include "services/scheduling/solver/explain/surroundings.h"

namespace soutenance::scheduling::solver {

// Repairs in a large problem: looked for in the surroundings of a few defences and proven in the large one.
// Internal to explain/.
class Explainer::Around {
 public:
  // `free`: who may be asked for times. Refers to `whole`.
  Around(State& whole, const std::vector<DefenceId>& centre, const std::vector<PersonId>& free);

  bool IsOf(const std::vector<DefenceId>& centre, const std::vector<PersonId>& free) const {
    return centre_ == centre && free_ == free;
  }

  // Whether the one asked about has a place if only some others near it move.
  bool Fits();

  // As those of Explainer, but that more may be possible if more move.
  std::vector<Repair> Repairs();
  std::optional<Placements> Applied(const std::vector<RepairStep>& steps, const std::vector<DefenceId>& more);

  // Of all clauses.
  int64_t Size() const;

 private:
  DefenceId InPart(DefenceId id) const;
  DefenceId InWhole(DefenceId id) const;
  std::vector<RepairStep> StepsInWhole(std::vector<RepairStep> steps) const;
  // `own`: of the surroundings while `steps` are so. All of the large problem then, if it breaks no hard rule
  // of it: of those that what has changed could break, or of `all`.
  std::optional<Placements> Proven(const std::vector<RepairStep>& steps, const Placements& own,
                                   bool all) const;

  State& whole_;
  const std::vector<DefenceId> centre_;
  const std::vector<PersonId> free_;
  const Surroundings surroundings_;
  std::unique_ptr<Explainer> explainer_;  // of the surroundings
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_AROUND_H_
