#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_JURY_CHECK_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_JURY_CHECK_H_

#include <vector>

#include "absl/status/status.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// PORT: whether those who judge theses could still judge them. Asks on behalf of whoever asks us. Safe for
// concurrent use.
class JuryCheck {
 public:
  virtual ~JuryCheck() = default;

  // FAILED_PRECONDITION, reason JURY_RULE_BROKEN or CONFLICT_OF_INTEREST, if one of `theses`, as they are to
  // become, has a jury that it could not have. UNAVAILABLE, reason PEER_DOWN, if assignment cannot be
  // reached.
  virtual absl::Status Check(const std::vector<Thesis>& theses) const = 0;

  // Says to which programmes `theses` belong now, so that their juries go along. Asks for this service
  // itself. UNAVAILABLE, reason PEER_DOWN.
  virtual absl::Status Follow(const std::vector<Thesis>& theses) const = 0;
};

// Whether `after` differs from `before` in what matters to a jury.
inline bool MattersToJury(const Thesis& before, const Thesis& after) {
  return before.authors != after.authors || before.supervisor != after.supervisor ||
         before.company_tutor != after.company_tutor || before.programme != after.programme;
}

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_JURY_CHECK_H_
