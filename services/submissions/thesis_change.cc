#include "services/submissions/thesis_change.h"

#include "absl/strings/str_cat.h"

namespace soutenance::submissions {

std::string Notice::Recipient() const { return person.empty() ? role : person.substr(person.rfind('/') + 1); }

std::string Notice::Name() const {
  return absl::StrCat("theses/", thesis, "/notices/", absl::Dec(change, absl::kZeroPad6), "-", Recipient());
}

}  // namespace soutenance::submissions
