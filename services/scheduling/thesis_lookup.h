#ifndef SOUTENANCE_SERVICES_SCHEDULING_THESIS_LOOKUP_H_
#define SOUTENANCE_SERVICES_SCHEDULING_THESIS_LOOKUP_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/base/confidentiality.h"

namespace soutenance::scheduling {

// What scheduling must know of a thesis.
struct ThesisFacts {
  std::string name;                  // "theses/42"
  std::string title;                 // empty if the caller stands below its level
  std::vector<std::string> authors;  // "people/ana": one or two
  std::string supervisor;            // "people/bob"
  std::string company_tutor;         // "people/eve", or empty
  std::string programme;             // "programmes/msi"
  std::string cohort;                // "programmes/msi/cohorts/2027", or empty
  Confidentiality level = Confidentiality::kInternal;
  bool is_withdrawn = false;  // it is not defended

  friend bool operator==(const ThesisFacts&, const ThesisFacts&) = default;
};

// PORT: asks about theses. Answers for the caller of the current call, so it knows what that caller may know.
// Safe for concurrent use.
class ThesisLookup {
 public:
  virtual ~ThesisLookup() = default;

  // The theses of these names, in ascending order of name; unknown ones are left out. Any number of names.
  // UNAVAILABLE, reason PEER_DOWN.
  virtual absl::StatusOr<std::vector<ThesisFacts>> Theses(absl::Span<const std::string> names) const = 0;

  // The levels that are in force now, by name, whoever asks: what was kept with a timetable may be less than
  // what a thesis needs today. Unknown ones are left out. UNAVAILABLE, reason PEER_DOWN.
  virtual absl::StatusOr<std::map<std::string, Confidentiality>> LevelsOf(
      absl::Span<const std::string> names) const {
    std::map<std::string, Confidentiality> levels;
    const absl::StatusOr<std::vector<ThesisFacts>> theses = Theses(names);
    if (!theses.ok()) return theses.status();
    for (const ThesisFacts& thesis : *theses) levels[thesis.name] = thesis.level;
    return levels;
  }
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_THESIS_LOOKUP_H_
