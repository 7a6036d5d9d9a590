#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_NAMES_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_NAMES_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "services/submissions/inspect/report.h"

namespace soutenance::submissions::inspect {

// Looks at the names of the entries of one archive, one after the other.
class NameCheck {
 public:
  explicit NameCheck(Report& report) : report_(report) {}

  void Check(const std::string& name);

 private:
  void CheckCharacters(absl::string_view name);
  void CheckParts(const std::string& name);

  Report& report_;
  std::set<std::string> names_;
  std::set<std::string> folded_;  // as systems see them that do not tell upper from lower case
};

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_NAMES_H_
