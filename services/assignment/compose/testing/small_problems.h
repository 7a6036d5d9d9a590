#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_TESTING_SMALL_PROBLEMS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_TESTING_SMALL_PROBLEMS_H_

#include <cstdint>

#include "services/assignment/compose/model/problem.h"

namespace soutenance::assignment::compose::testing {

// Few theses, few people, rules, given and optional seats, limits, costs, slots: everything now and then.
Problem RandomProblem(uint32_t seed);

// By trying everything.
struct BruteForce {
  int unseated = 0;  // as few as possible
  Value total = 0;   // the largest with so few
};
BruteForce TryEverything(const Problem& problem);

}  // namespace soutenance::assignment::compose::testing

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_TESTING_SMALL_PROBLEMS_H_
