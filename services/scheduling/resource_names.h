#ifndef SOUTENANCE_SERVICES_SCHEDULING_RESOURCE_NAMES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RESOURCE_NAMES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::scheduling {

// A name such as "campaigns/m2-2027/defences/42", taken apart.
struct NestedName {
  std::string parent;  // "campaigns/m2-2027"
  std::string id;      // "42"
};

// Takes `name` apart, which must be "<collection>/<id>/<nested>/<id>":
// ParseNestedName("campaigns/m2-2027/defences/42", "campaigns", "defences"). INVALID_ARGUMENT otherwise.
absl::StatusOr<NestedName> ParseNestedName(absl::string_view name, absl::string_view collection,
                                           absl::string_view nested);

// The part of a legal resource name after its last slash: "42".
absl::string_view IdOf(absl::string_view name);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RESOURCE_NAMES_H_
