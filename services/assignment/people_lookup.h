#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PEOPLE_LOOKUP_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PEOPLE_LOOKUP_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"

namespace soutenance::assignment {

// PORT: whether the people who are to sit on a jury exist. Asks on behalf of whoever asks us. UNAVAILABLE,
// reason PEER_DOWN, if the directory cannot be reached. Safe for concurrent use.
class PeopleLookup {
 public:
  virtual ~PeopleLookup() = default;

  // Those of `people` ("people/ana") that exist.
  virtual absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PEOPLE_LOOKUP_H_
