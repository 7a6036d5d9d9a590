#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_CHECK_CHECK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_CHECK_CHECK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/assignment/compose/model/problem.h"

// Says again, naively and sharing no code with the search, what a legal composition is and what prices prove.
namespace soutenance::assignment::compose {

// Everything that is wrong with seatings by thesis (empty and not seated: no jury), one sentence each.
std::vector<std::string> FaultsOf(const Problem& problem, const std::vector<bool>& is_seated,
                                  const std::vector<std::vector<int>>& seating);

// Whether one jury obeys its rules and its people have a slot in common; loads are not looked at.
bool IsLegalJury(const Problem& problem, int thesis, const std::vector<int>& seating);
// What it is worth.
Value WorthOfJury(const Problem& problem, int thesis, const std::vector<int>& seating);

// Calls `visit` with each legal jury of a thesis. Tries everything, so for small problems, or a few seats.
void ForEachJury(const Problem& problem, int thesis,
                 const std::function<void(const std::vector<int>& seating)>& visit);

// The bound that prices prove of total - unseated * cost_of_unseated. Nothing if a price is negative.
std::optional<Value> BoundByPrices(const Problem& problem, const std::vector<Value>& price_of,
                                   const std::vector<Value>& price_in_role, Value cost_of_unseated);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_CHECK_CHECK_H_
