#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_TOLD_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_TOLD_H_

#include <cstdint>
#include <vector>

#include "services/scheduling/solver/constraints/disturbance.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Counts what changes are worth, person by person, as the rule disturbance does: the change of shortest
// notice, and 1 for each further change. Changes can be added and taken back in reverse order. Not safe for
// concurrent use.
class Told {
 public:
  explicit Told(const Problem& problem);

  void Clear();
  // One more change for `person`; nothing if `points` is 0.
  void Add(PersonId person, int64_t points);
  // Takes back what was added last, until `mark` changes remain.
  void BackTo(std::size_t mark);
  std::size_t mark() const { return added_.size(); }

  int64_t points() const { return points_; }
  int people() const { return people_; }

  // Adds what it is worth that `defence` is at `to`; with nothing, that it was published and is unplaced.
  void AddPlace(DefenceId defence, const std::optional<Placement>& to);

  const DisturbanceOfOne& of_one() const { return of_one_; }

 private:
  struct Added {
    PersonId person;
    int64_t most_before;
  };

  const Problem& problem_;
  const DisturbanceOfOne of_one_;
  std::vector<int64_t> most_;     // by person
  std::vector<int32_t> changes_;  // by person
  std::vector<Added> added_;
  int64_t points_ = 0;
  int people_ = 0;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_TOLD_H_
