#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_CROWDED_DAYS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_CROWDED_DAYS_H_

#include <optional>
#include <vector>

#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// More defences than fit into the only day that each of them has, whatever all others do.
struct CrowdedDay {
  DayId day;
  std::optional<PersonId> person;   // who attends all of them and has too little time; nobody: the rooms have
  std::vector<DefenceId> defences;  // those that have a place by themselves, on this day only
  int fits = 0;                     // at most this many of them can be placed; proven
  Text sentence;
};

// What can be seen of `problem` before any search: by day, the rooms first, then people.
std::vector<CrowdedDay> CrowdedDays(const Problem& problem);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_CROWDED_DAYS_H_
