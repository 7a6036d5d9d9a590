#include "services/scheduling/solver/explain/explainer_state.h"

#include "services/scheduling/solver/explain/around.h"

namespace soutenance::scheduling::solver {

Explainer::State::State(const Timetable& given_timetable, ExplainBudget given_budget, Scope given_scope)
    : timetable(given_timetable),
      problem(given_timetable.problem()),
      budget(std::move(given_budget)),
      scope(std::move(given_scope)),
      rules(problem) {}

Explainer::State::~State() = default;

int64_t Explainer::State::Size() const {
  return (model_ ? model_->size() : 0) + (around_ ? around_->Size() : 0);
}

Explainer::Around& Explainer::State::AroundOf(const std::vector<DefenceId>& defences,
                                              const std::vector<PersonId>& free) {
  if (!around_ || !around_->IsOf(defences, free)) {
    if (around_) FreeLater(std::move(around_), around_->Size());
    around_ = std::make_unique<Around>(*this, defences, free);
  }
  return *around_;
}

}  // namespace soutenance::scheduling::solver
