#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_MET_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_MET_H_

#include <vector>

#include "services/submissions/checks/check_store.h"
#include "services/submissions/life_condition.h"

namespace soutenance::submissions {

// Requires that nothing found in the deposited version has to be corrected, or that each such finding was
// accepted, before a deposit is received: the condition "checks_met". A version that was not looked at yet is
// not held up: who receives it sees that. Safe for concurrent use.
class ChecksMet final : public LifeCondition {
 public:
  // Must outlive it.
  explicit ChecksMet(const CheckStore& store) : store_(store) {}

  absl::StatusOr<std::vector<Unmet>> UnmetFor(ThesisEvent event, const Thesis& thesis) const override;

 private:
  const CheckStore& store_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_MET_H_
