#include "services/directory/import.h"

#include "absl/strings/str_cat.h"

namespace soutenance::directory {

std::string ImportName(absl::string_view id) { return absl::StrCat("imports/", id); }

}  // namespace soutenance::directory
