#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULES_FOLD_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULES_FOLD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::assignment::rules {

// `text` as it is compared: small letters without accents, single spaces, none at the ends. "  Université de
// NANTES" is "universite de nantes". What is not UTF-8 is compared as it is.
std::string Fold(absl::string_view text);

}  // namespace soutenance::assignment::rules

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULES_FOLD_H_
