#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_REFERENCE_CHECK_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_REFERENCE_CHECK_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/base/error.h"
#include "services/submissions/people_lookup.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// Collects what theses refer to and asks the directory about all of it at once.
class ReferenceCheck {
 public:
  // What `thesis` refers to, at the path `at`; only what `stored`, if not null, does not refer to in the same
  // field: a person who has left the directory does not stand in the way of correcting the title.
  void Add(std::string at, const Thesis& thesis, const Thesis* stored);

  // Appends to `problems` for every field that names somebody or something the directory does not know. The
  // errors are those of PeopleLookup.
  absl::Status Run(const PeopleLookup& people, std::vector<FieldViolation>& problems) const;

 private:
  struct Reference {
    std::string field;  // path: "thesis.authors[1]"
    std::string name;   // "people/ana"
  };
  std::vector<Reference> people_;
  std::vector<Reference> programmes_;
  std::vector<Reference> cohorts_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_REFERENCE_CHECK_H_
