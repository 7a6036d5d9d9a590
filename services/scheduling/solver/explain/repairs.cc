#include <optional>
#include <utility>
#include <vector>

#include "services/scheduling/solver/explain/around.h"
#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/explainer_state.h"
#include "services/scheduling/solver/explain/repairer.h"

namespace soutenance::scheduling::solver {

std::vector<Repair> Explainer::Repairs(DefenceId defence) {
  if (state_->IsLarge()) {
    if (state_->IsStopped()) return {};
    return state_->AroundOf({defence}, AttendeesOf(state_->problem, defence)).Repairs();
  }
  std::vector<Repair> repairs;
  for (Repairer::Found& found : Repairer(*state_, defence).Find()) repairs.push_back(std::move(found.repair));
  return repairs;
}

std::optional<Placements> Explainer::Applied(const std::vector<RepairStep>& steps,
                                             const std::vector<DefenceId>& more) {
  if (more.empty()) return std::nullopt;
  if (state_->IsLarge()) {
    std::vector<PersonId> free;
    for (const RepairStep& step : steps) {
      if (step.person) free.push_back(*step.person);
    }
    return state_->AroundOf(more, free).Applied(steps, more);
  }
  std::vector<bool> wanted = state_->Wanted(more.front());
  for (const DefenceId id : more) wanted[Index(id)] = true;
  return Repairer(*state_, more.front(), std::move(wanted)).Apply(steps);
}

}  // namespace soutenance::scheduling::solver
