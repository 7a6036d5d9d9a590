#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_EXPLAINER_STATE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_EXPLAINER_STATE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/exact/background.h"
#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/counting.h"
#include "services/scheduling/solver/explain/named_facts.h"
#include "services/scheduling/solver/explain/part.h"
#include "services/scheduling/solver/explain/placing_model.h"
#include "services/scheduling/solver/explain/scope.h"
#include "services/scheduling/solver/explain/surroundings.h"

namespace soutenance::scheduling::solver {

// Of a model of what is near: built in a fraction of a second.
inline constexpr int64_t kLiteralsMaxNear = 4'000'000;

// Frees `owned`, of that many clauses: one by one, that takes longer than somebody who asks to stop should
// wait, so that many are left to a thread of their own.
template <typename T>
void FreeLater(std::unique_ptr<T> owned, int64_t size) {
  constexpr int64_t kSizeFreedAtOnce = 300'000;
  if (size < kSizeFreedAtOnce) return;
  Background freeing(
      [shared = std::shared_ptr<T>(std::move(owned))](const std::atomic<bool>&) mutable { shared.reset(); });
}

// Who has a given seat of `defence`, ascending.
inline std::vector<PersonId> AttendeesOf(const Problem& problem, DefenceId defence) {
  std::vector<PersonId> people;
  for (const Attendee& attendee : problem.defence(defence).attendees) people.push_back(attendee.person);
  return people;
}

// What reasons and repairs share. Internal to explain/. What takes time is made when it is asked for.
struct Explainer::State {
  State(const Timetable& given_timetable, ExplainBudget given_budget, Scope given_scope);
  ~State();

  const NamedFacts& facts() {
    if (!facts_) facts_.emplace(problem, rules, budget.should_stop, scope.minds_rooms);
    return *facts_;
  }

  PlacingModel& model() {
    if (!model_) model_.emplace(timetable, facts(), scope, budget.literals_max, budget.should_stop);
    return *model_;
  }

  const Counting& counting() {
    if (!counting_) counting_.emplace(problem, facts(), budget.should_stop);
    return *counting_;
  }

  const PartMaker& parts() {
    if (!parts_) parts_.emplace(problem);
    return *parts_;
  }

  // Whether it is too large to be looked at as a whole.
  bool IsLarge() {
    if (!is_large_) {
      is_large_ = PlacingModel::IsSurelyTooLarge(problem, scope, budget.literals_max) || model().IsTooLarge();
    }
    return *is_large_;
  }

  // Of all clauses.
  int64_t Size() const;

  // Whether every hard rule is known to the facts.
  bool IsComplete() const { return KnowsAllHardRules(problem, rules); }

  bool IsStopped() const { return budget.should_stop && budget.should_stop(); }

  // All placed defences and `defence`.
  std::vector<bool> Wanted(DefenceId defence) const {
    std::vector<bool> wanted;
    for (const auto& placement : timetable.placements()) wanted.push_back(placement.has_value());
    wanted[Index(defence)] = true;
    return wanted;
  }

  std::vector<bool> AllFacts() { return std::vector<bool>(facts().list().size(), true); }

  Around& AroundOf(const std::vector<DefenceId>& defences, const std::vector<PersonId>& free);

  const Timetable& timetable;
  const Problem& problem;
  const ExplainBudget budget;
  const Scope scope;
  const RuleSet rules;

 private:
  std::optional<NamedFacts> facts_;
  std::optional<PlacingModel> model_;
  std::optional<Counting> counting_;
  std::optional<PartMaker> parts_;
  std::optional<bool> is_large_;
  std::unique_ptr<Around> around_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_EXPLAINER_STATE_H_
