#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SCOPE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SCOPE_H_

#include <optional>
#include <vector>

#include "services/scheduling/solver/model/ids.h"

namespace soutenance::scheduling::solver {

// What of a problem is looked at. By default: all.
struct Scope {
  // If not: as if there were a room for every defence at any time. What cannot hold together then, cannot
  // with rooms.
  bool minds_rooms = true;
  // If given, every question is asked while all facts hold, but that these may free times: what they forbid
  // is left out of the model, which is smaller by far. Ascending.
  std::optional<std::vector<PersonId>> only_these_free = std::nullopt;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SCOPE_H_
