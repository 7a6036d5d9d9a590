#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_EXPLAINER_STATE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_EXPLAINER_STATE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/counting.h"
#include "services/scheduling/solver/explain/named_facts.h"
#include "services/scheduling/solver/explain/placing_model.h"

namespace soutenance::scheduling::solver {

// What reasons and repairs share. Internal to explain/.
struct Explainer::State {
  State(const Timetable& given_timetable, ExplainBudget given_budget)
      : timetable(given_timetable),
        problem(given_timetable.problem()),
        budget(std::move(given_budget)),
        rules(problem),
        facts(problem, rules, budget.should_stop),
        model(given_timetable, facts, budget.literals_max, budget.should_stop) {}

  // Made when it is asked for: of a large campaign, what is near mostly tells enough.
  const Counting& counting() {
    if (!counting_) counting_.emplace(problem, facts, budget.should_stop);
    return *counting_;
  }

  bool IsStopped() const { return budget.should_stop && budget.should_stop(); }

  // All placed defences and `defence`.
  std::vector<bool> Wanted(DefenceId defence) const {
    std::vector<bool> wanted;
    for (const auto& placement : timetable.placements()) wanted.push_back(placement.has_value());
    wanted[Index(defence)] = true;
    return wanted;
  }

  std::vector<bool> AllFacts() const { return std::vector<bool>(facts.list().size(), true); }

  const Timetable& timetable;
  const Problem& problem;
  const ExplainBudget budget;
  const RuleSet rules;
  const NamedFacts facts;
  PlacingModel model;

 private:
  std::optional<Counting> counting_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_EXPLAINER_STATE_H_
