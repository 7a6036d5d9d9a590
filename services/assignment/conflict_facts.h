#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_FACTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_FACTS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/conflicts/conflicts.h"

namespace soutenance::assignment {

// PORT: what the other services know that makes conflicts. Asks for this service itself, not on behalf of
// whoever asks us: a conflict does not depend on who looks. So what it returns is not shown as it is.
// UNAVAILABLE, reason PEER_DOWN, if they cannot be reached. Safe for concurrent use.
class ConflictFacts {
 public:
  virtual ~ConflictFacts() = default;

  // Those of `people` ("people/{id}") who exist.
  virtual absl::StatusOr<std::map<std::string, conflicts::Person>> People(
      const std::set<std::string>& people) const = 0;
  // Those of the theses `ids` that exist, by id.
  virtual absl::StatusOr<std::map<std::string, conflicts::Thesis>> Theses(
      const std::set<std::string>& ids) const = 0;
  // The theses of a programme ("programmes/{id}"), by id.
  virtual absl::StatusOr<std::vector<conflicts::Thesis>> ThesesIn(const std::string& programme) const = 0;
  // All theses that somebody of `authors` wrote, in whatever programme.
  virtual absl::StatusOr<std::vector<conflicts::Thesis>> ThesesBy(
      const std::set<std::string>& authors) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_FACTS_H_
