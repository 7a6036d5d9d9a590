#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_STATE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_STATE_H_

#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/model/problem.h"
#include "services/assignment/compose/search/jury_search.h"

namespace soutenance::assignment::compose {

// What a thesis without jury costs: more than any two compositions differ by, so that as many theses as
// possible have one.
Value CostOfUnseated(const Problem& problem);

// A composition that is being changed, and what one more seat with everybody costs now: kClosed where there
// is no place left.
class State {
 public:
  // Nobody is seated yet. `problem` must outlive this.
  explicit State(const Problem& problem);

  // REQUIRES: the thesis has no jury, and there are places for this one.
  void Seat(int thesis, const FoundJury& jury);
  // REQUIRES: the thesis has a jury.
  void Unseat(int thesis);

  bool IsSeated(int thesis) const { return composition_.is_seated[static_cast<size_t>(thesis)]; }
  const Seating& SeatingOf(int thesis) const { return composition_.seating[static_cast<size_t>(thesis)]; }
  Value ValueOf(int thesis) const { return values_[static_cast<size_t>(thesis)]; }
  bool HasPlacesFor(int thesis, const Seating& seating) const;
  const Prices& marginal() const { return marginal_; }
  const Composition& composition() const { return composition_; }
  int Load(int person) const { return loads_.of[static_cast<size_t>(person)]; }
  // TotalValue less the cost of theses without jury.
  Value worth() const { return worth_; }
  int unseated() const { return unseated_; }

 private:
  void Change(int person, int role, int by);

  const Problem& problem_;
  const Value cost_of_unseated_;
  Composition composition_;
  Loads loads_;
  std::vector<Value> values_;
  Prices marginal_;
  Value worth_;
  int unseated_;
};

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_STATE_H_
