#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_NEARBY_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_NEARBY_H_

#include <optional>
#include <set>
#include <vector>

#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/explainer_state.h"

namespace soutenance::scheduling::solver {

// Looks for a reason among the defences that have something to do with one of them, where the whole is too
// large: what cannot hold together there, cannot anywhere. Those that are left out attend to nobody whose
// time the reason counts, so that they can all be on a day of which it says nothing; then a reason that is
// minimal there is minimal. Internal to explain/.
class Explainer::Nearby {
 public:
  Nearby(State& state, DefenceId defence)
      : state_(state), defence_(defence), wanted_(state.Wanted(defence)) {}

  // Among the defences of one of those who attend it, as if there were rooms enough, if it can be counted.
  std::optional<ConflictSet> OfOnePerson();

  // Among all defences of those who attend it, first as if there were rooms enough. Nothing if none was
  // found: then there may be one further away.
  std::optional<ConflictSet> OfAll();

 private:
  struct Question {
    std::set<DefenceId> near;
    bool minds_rooms = false;
    bool only_counted = false;
    int64_t literals_max = 0;
  };

  std::optional<ConflictSet> Among(Question question);
  std::set<DefenceId> AllOf(PersonId person) const;
  void AddRivals(std::set<DefenceId>& near) const;
  bool OthersFit(const ConflictSet& conflict, const std::set<DefenceId>& near) const;

  State& state_;
  const DefenceId defence_;
  const std::vector<bool> wanted_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_NEARBY_H_
