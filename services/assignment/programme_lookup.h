#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROGRAMME_LOOKUP_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROGRAMME_LOOKUP_H_

#include <string>

#include "absl/status/statusor.h"

namespace soutenance::assignment {

// PORT: whether a programme exists for which rules are set. Asks on behalf of whoever asks us. UNAVAILABLE,
// reason PEER_DOWN, if the directory cannot be reached. Safe for concurrent use.
class ProgrammeLookup {
 public:
  virtual ~ProgrammeLookup() = default;

  // `programme` is "programmes/{id}".
  virtual absl::StatusOr<bool> HasProgramme(const std::string& programme) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROGRAMME_LOOKUP_H_
