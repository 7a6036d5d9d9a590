#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_JSON_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_JSON_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/scheduling/solver/explain/text.h"

namespace soutenance::scheduling::solver {

// `text` between double quotes, as JSON wants it.
std::string JsonQuoted(absl::string_view text);

// `text` in "fr" or "en".
inline const std::string& In(const std::string& language, const Text& text) {
  return language == "fr" ? text.fr : text.en;
}

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SOLVE_JSON_H_
