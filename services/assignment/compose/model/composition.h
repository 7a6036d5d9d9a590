#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_COMPOSITION_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_COMPOSITION_H_

#include <vector>

#include "services/assignment/compose/model/problem.h"

namespace soutenance::assignment::compose {

inline constexpr int kNobody = -1;

// Who is given the open seats of one thesis, in their order; kNobody where an optional one stays empty.
using Seating = std::vector<int>;

// A seating for each thesis. One without any seat, where seats are to be given, is a thesis left without
// jury.
struct Composition {
  std::vector<bool> is_seated;   // by thesis
  std::vector<Seating> seating;  // by thesis; empty if not seated

  friend bool operator==(const Composition&, const Composition&) = default;
};

// What proves that no composition is worth more: a price for each place with a person, and for each place in
// a role. At these prices no jury brings its thesis more than some amount; the amounts and the prices of the
// places together bound the value. Any prices prove something, so nobody needs to trust where they come from.
struct Prices {
  std::vector<Value> of;       // by person; at least 0
  std::vector<Value> in_role;  // by person, then by role; at least 0, 0 where there is no limit

  static Prices Zero(const Problem& problem) {
    return {std::vector<Value>(static_cast<size_t>(problem.people()), 0),
            std::vector<Value>(static_cast<size_t>(problem.people() * problem.roles()), 0)};
  }
};

// How many seats everybody is given, altogether and by role.
struct Loads {
  std::vector<int> of;
  std::vector<int> in_role;  // by person, then by role
};
Loads LoadsOf(const Problem& problem, const Composition& composition);

// What the open seats of a jury are worth, with its common slots, before what places cost.
Value JuryValue(const Problem& problem, int thesis, const Seating& seating);
// Of all juries, after what places cost. Theses without jury bring nothing.
Value TotalValue(const Problem& problem, const Composition& composition);
// The slots in which all of a jury can come.
Slots CommonSlots(const Problem& problem, int thesis, const Seating& seating);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_COMPOSITION_H_
