#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_PEOPLE_LOOKUP_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_PEOPLE_LOOKUP_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"

namespace soutenance::submissions {

// PORT: what a thesis must know of the directory: whether what it names is there. Asks on behalf of whoever
// asks us. UNAVAILABLE, reason PEER_DOWN, if the directory cannot be reached. Safe for concurrent use.
class PeopleLookup {
 public:
  virtual ~PeopleLookup() = default;

  // Those of `people` ("people/ana") that exist.
  virtual absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const = 0;
  // Whether there is "programmes/msi".
  virtual absl::StatusOr<bool> HasProgramme(const std::string& programme) const = 0;
  // Whether there is "programmes/msi/cohorts/2027".
  virtual absl::StatusOr<bool> HasCohort(const std::string& cohort) const = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_PEOPLE_LOOKUP_H_
