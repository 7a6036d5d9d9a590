#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_THESIS_LOOKUP_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_THESIS_LOOKUP_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::assignment {

// What a jury must know of the thesis it judges.
struct ThesisFacts {
  std::string id;
  std::string programme;              // "programmes/{id}"
  std::vector<std::string> authors;   // "people/{id}"
  std::string supervisor;             // "people/{id}"
  std::string company_tutor;          // "people/{id}", or empty
  std::string cohort;                 // "programmes/{programme}/cohorts/{id}", or empty
  std::string language;               // "fr", or empty
  std::vector<std::string> keywords;  // as submissions keep them; empty: not known
  bool is_withdrawn = false;

  // Whether `person` wrote it. The empty person never did.
  bool IsAuthor(absl::string_view person) const;
  // Whether `person` wrote, supervises or tutors it. The empty person never does.
  bool HasPart(absl::string_view person) const;
};

// PORT: the theses of submissions. Asks on behalf of whoever asks us and answers only what they may know.
// UNAVAILABLE, reason PEER_DOWN, if submissions cannot be reached. Safe for concurrent use.
class ThesisLookup {
 public:
  virtual ~ThesisLookup() = default;

  // Those of the theses `ids` that exist, by id.
  virtual absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const = 0;

  // The theses that whoever asks may know of; only those of `programme` if it is not empty. Costs a call for
  // every thousand.
  virtual absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string& programme) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_THESIS_LOOKUP_H_
