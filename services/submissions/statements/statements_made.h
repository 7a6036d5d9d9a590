#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENTS_MADE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENTS_MADE_H_

#include <vector>

#include "services/submissions/life_condition.h"
#include "services/submissions/statements/statement_store.h"

namespace soutenance::submissions {

// Requires of every author the statements on originality and on the use of AI before a thesis is deposited:
// the condition "statements_made"; and that the latest similarity reading reports nothing before it is
// authorised: "similarity_concluded". Where nobody reads for similarity, nothing is required. Safe for
// concurrent use.
class StatementsMade final : public LifeCondition {
 public:
  // Must outlive it.
  explicit StatementsMade(const StatementStore& store) : store_(store) {}

  absl::StatusOr<std::vector<Unmet>> UnmetFor(ThesisEvent event, const Thesis& thesis) const override;

 private:
  const StatementStore& store_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENTS_MADE_H_
