#include "services/scheduling/resource_names.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"

namespace soutenance::scheduling {

absl::StatusOr<NestedName> ParseNestedName(absl::string_view name, absl::string_view collection,
                                           absl::string_view nested) {
  const std::string middle = absl::StrCat("/", nested, "/");
  const std::size_t at = name.find(middle);
  if (at != absl::string_view::npos) {
    const absl::string_view parent = name.substr(0, at);
    const absl::string_view id = name.substr(at + middle.size());
    if (ParseName(parent, collection).ok() && CheckId(id).ok()) {
      return NestedName{.parent = std::string(parent), .id = std::string(id)};
    }
  }
  return Error(absl::StatusCode::kInvalidArgument,
               absl::StrCat("\"", absl::Utf8SafeCEscape(name), "\" is not a name of the form ", collection,
                            "/<id>", middle, "<id>"),
               {.reason = "NAME_INVALID", .metadata = {{"name", std::string(name)}}});
}

absl::string_view IdOf(absl::string_view name) { return name.substr(name.rfind('/') + 1); }

}  // namespace soutenance::scheduling
