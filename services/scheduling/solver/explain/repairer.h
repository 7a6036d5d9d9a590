#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REPAIRER_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REPAIRER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/explainer_state.h"

namespace soutenance::scheduling::solver {

// Looks for changes that make room for one defence:
//   none, if it is enough that others move; only if it is not:
//   one more room on a day: for each day
//   people who free times: at most 1, then 2, then 3 of them, until some do
//   one more day
//   only if none of these is enough: people, a room each day and a day together
// then leaves out what can be, counts who else fits, and proves it by the rules themselves. Internal to
// explain/.
class Explainer::Repairer {
 public:
  struct Found {
    Repair repair;
    Placements placements;  // of the changed problem
  };

  // `wanted`: those that must have a place, `defence` among them.
  Repairer(State& state, DefenceId defence, std::vector<bool> wanted);
  Repairer(State& state, DefenceId defence) : Repairer(state, defence, state.Wanted(defence)) {}

  std::vector<Found> Find();

  // If it is enough that others move.
  std::optional<Found> Nothing();

  std::optional<Placements> Apply(const std::vector<RepairStep>& steps);

 private:
  using Answered = PlacingModel::Answered;

  std::optional<Answered> Ask(const std::vector<bool>& wanted, const Concessions& concessions,
                              int64_t conflicts);
  std::optional<Answered> Ask(const Concessions& concessions) {
    return Ask(wanted_, concessions, state_.budget.conflicts / 4);
  }
  bool AddNothing();
  void AddRooms();
  void AddPeople(Concessions concessions);
  void AddDay();
  Concessions Fewest(const Concessions& concessions, const Answered& answered);
  std::vector<RepairStep> StepsOf(const Concessions& concessions) const;
  std::optional<Found> Prove(const Concessions& concessions);
  std::optional<Placements> Proven(const std::vector<RepairStep>& steps, const Placements& placements,
                                   const std::vector<bool>& wanted) const;
  std::optional<RoomId> RoomIn(const Problem& changed, const std::vector<RepairStep>& steps,
                               const Placement& at) const;

  State& state_;
  const DefenceId defence_;
  const std::vector<bool> wanted_;
  const std::vector<bool> held_;
  std::vector<Found> found_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REPAIRER_H_
