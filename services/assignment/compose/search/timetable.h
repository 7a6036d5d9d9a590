#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_TIMETABLE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_TIMETABLE_H_

#include <vector>

#include "services/assignment/compose/model/composition.h"
#include "services/assignment/compose/model/problem.h"

namespace soutenance::assignment::compose {

// Theses that cannot all have a slot, as a count that anybody can repeat: the juries of `theses` have only
// `slots` in common among their people, with `places` for juries in all.
struct Crowd {
  std::vector<int> theses;  // ascending
  std::vector<int> slots;   // ascending
  int places = 0;           // fewer than theses
};

// How many juries find a slot of their own at least fail to: a largest matching of juries and places in slots
// leaves so many over. That nobody sits in two rooms at once is for the timetable to see; this is what no
// timetable can get around.
struct SlotMatching {
  std::vector<int> slot_of;  // by thesis; -1: none
  int without = 0;           // theses with jury and without slot
  Crowd crowd;               // of the first of them; empty if there is none
};
SlotMatching MatchSlots(const Problem& problem, const Composition& composition);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_SEARCH_TIMETABLE_H_
