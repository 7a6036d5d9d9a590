#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_LIFE_CONDITION_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_LIFE_CONDITION_H_

#include <vector>

#include "absl/status/statusor.h"
#include "services/submissions/thesis.h"
#include "services/submissions/thesis_life.h"

namespace soutenance::submissions {

// PORT: what other parts of the service require before an event happens to a thesis: that the reviews are
// rendered, that the statements are made. Given to Lives as a list. Safe for concurrent use.
class LifeCondition {
 public:
  virtual ~LifeCondition() = default;

  // What is missing for `event`; nothing for events it has no say in. It is asked just before the transaction
  // of the event. The words are stable and no other condition uses them.
  virtual absl::StatusOr<std::vector<Unmet>> UnmetFor(ThesisEvent event, const Thesis& thesis) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_LIFE_CONDITION_H_
