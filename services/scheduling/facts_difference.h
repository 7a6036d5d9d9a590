#ifndef SOUTENANCE_SERVICES_SCHEDULING_FACTS_DIFFERENCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_FACTS_DIFFERENCE_H_

#include <string>
#include <vector>

#include "services/scheduling/documents/timetable_document.h"
#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling {

// Changes that are told one by one; of further ones only the number is told.
inline constexpr int kFactChangesMax = 100;

// What changed from the facts `before` to the facts `after`, a sentence each, for a coordinator: first the
// campaign and its rules, then rooms, people and defences, each in the order of their names. Where the
// timetable is to stay close to something, and pins, are no facts. Empty if nothing changed.
std::vector<std::string> FactsDifference(const solver::Problem& before, const solver::Problem& after,
                                         documents::Language language);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_FACTS_DIFFERENCE_H_
