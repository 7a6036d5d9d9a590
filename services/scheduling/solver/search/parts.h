#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PARTS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PARTS_H_

#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// Defences that share neither people nor rooms with any other, as a problem of their own. What a timetable of
// the whole costs is the sum of what its parts cost.
struct Part {
  Problem problem;
  std::vector<DefenceId> defences;  // of the whole, by those of the part
  std::vector<RoomId> rooms;        // likewise

  // What `whole` says of this part. REQUIRES: it places the part's defences in rooms they have candidates in.
  Placements From(const Placements& whole) const;
  // Writes `own` into `whole`.
  void Into(const Placements& own, Placements* whole) const;
};

// Splits `problem` into independent parts, largest first; small ones are put together. Returns none if it
// holds together, if it is too small to gain from it, if some rule in force is not known to be a sum over
// parts, or if `should_stop` says so.
std::vector<std::unique_ptr<Part>> SplitIntoParts(const Problem& problem, const Candidates& candidates,
                                                  absl::FunctionRef<bool()> should_stop);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PARTS_H_
