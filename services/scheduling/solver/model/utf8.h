#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_UTF8_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_UTF8_H_

#include "absl/strings/string_view.h"

namespace soutenance::scheduling::solver {

// Whether `text` is well-formed UTF-8: shortest forms only, no surrogates, nothing above U+10FFFF.
bool IsUtf8(absl::string_view text);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_UTF8_H_
