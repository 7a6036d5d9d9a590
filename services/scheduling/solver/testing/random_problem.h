#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_TESTING_RANDOM_PROBLEM_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_TESTING_RANDOM_PROBLEM_H_

#include <cstdint>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

// Problems, timetables and moves by chance, for property tests. The same seed gives the same on every
// machine.
namespace soutenance::scheduling::solver::testing {

// A small, fast generator of our own: those of the standard library are the same everywhere, its
// distributions are not.
class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed) {}

  uint64_t Next();
  // 0 to count - 1. REQUIRES: count > 0.
  int Below(int count) { return static_cast<int>(Next() % static_cast<uint64_t>(count)); }
  // Both ends included.
  int Between(int least, int most) { return least + Below(most - least + 1); }
  bool OneIn(int count) { return Below(count) == 0; }

 private:
  uint64_t state_;
};

// How large a random problem is, and how odd.
struct RandomSize {
  int days = 3;
  int persons = 6;
  int rooms = 3;
  int defences = 7;
  // Whether every feature is used so often that most places are forbidden: seats held twice, video, sites,
  // limits, pins, references, equipment, rules at other levels. Otherwise people are mostly available and
  // rules are at their defaults, so that most defences can be placed.
  bool odd = true;
  // Whether some seats are open, so that juries are composed.
  bool open_seats = false;
};

ProblemSpec RandomSpec(Chance& chance, const RandomSize& size = {});
Problem RandomProblem(uint64_t seed, const RandomSize& size = {});

// Somebody for each open seat.
Holders RandomHolders(Chance& chance, const Defence& defence);

// A placement that passes CheckPlacement; most keep to the campaign's hours, some to none.
// REQUIRES: the problem has days and rooms.
Placement RandomPlacement(Chance& chance, const Problem& problem, DefenceId defence);

// Each defence is placed with a chance of three in four; any rule may be broken.
Timetable RandomTimetable(Chance& chance, const Problem& problem);

// Up to `steps` steps of different defences: placed, moved, unplaced, or left as they are.
Move RandomMove(Chance& chance, const Timetable& timetable, int steps);

}  // namespace soutenance::scheduling::solver::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_TESTING_RANDOM_PROBLEM_H_
