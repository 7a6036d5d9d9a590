#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULES_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULES_H_

#include <vector>

#include "absl/status/status.h"
#include "services/assignment/jury.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/error.h"

// Who may not sit together on which jury. Each rule is a named function that appends one violation if it is
// broken; every path that writes a jury passes through AppendBrokenRules, so that they cannot disagree.
namespace soutenance::assignment {

// Rule "author_on_jury": an author does not judge their own thesis.
void AppendAuthorsOnJury(const Jury& jury, const ThesisFacts& thesis,
                         std::vector<PreconditionViolation>& broken);

// All rules.
void AppendBrokenRules(const Jury& jury, const ThesisFacts& thesis,
                       std::vector<PreconditionViolation>& broken);

// FAILED_PRECONDITION, reason JURY_RULE_BROKEN, with one violation a rule and jury. REQUIRES: `broken` is not
// empty.
absl::Status JuryRuleBroken(std::vector<PreconditionViolation> broken);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULES_H_
