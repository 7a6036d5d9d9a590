#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULES_DEFAULTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULES_DEFAULTS_H_

#include <string>
#include <vector>

#include "services/assignment/rules/rule.h"

namespace soutenance::assignment::rules {

// A rule set to begin with. Its `programme` is empty; its `institutions` are to be filled in by whoever takes
// it.
struct DefaultSet {
  std::string id;  // "alternance"
  RuleSet set;
};

// The rule sets that are shipped: "alternance" for a master in work-study, "master", "engineer" (examination
// of the state's graduate engineers), "doctorate" (taken as a model by demanding programmes). Every rule
// cites the text it comes from; where only habits of programmes are known, the source says so. Ordered by id.
// Made once.
const std::vector<DefaultSet>& DefaultSets();

}  // namespace soutenance::assignment::rules

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULES_DEFAULTS_H_
