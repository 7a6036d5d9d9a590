#include "services/assignment/compose/search/alternatives.h"

#include <algorithm>

namespace soutenance::assignment::compose {

bool IsLegal(const Problem& problem, int thesis, const Seating& seating) {
  const ThesisSpec& spec = problem.thesis(thesis);
  for (size_t s = 0; s < seating.size(); ++s) {
    if (seating[s] == kNobody) continue;
    if (std::count(seating.begin(), seating.end(), seating[s]) > 1) return false;
    for (const GivenSeat& given : spec.given) {
      if (given.person == seating[s]) return false;
    }
  }
  for (const int rule : spec.rules) {
    int64_t sum = 0;
    for (const GivenSeat& given : spec.given) sum += problem.Weight(rule, given.role, given.person);
    for (size_t s = 0; s < seating.size(); ++s) {
      if (seating[s] != kNobody) sum += problem.Weight(rule, spec.open[s].role, seating[s]);
    }
    if (sum < problem.rule(rule).least || sum > problem.rule(rule).most) return false;
  }
  return !problem.HasSlots() || CommonSlots(problem, thesis, seating).Count() > 0;
}

std::vector<Alternative> AlternativesFor(const Problem& problem, const Composition& composition,
                                         const Loads& loads, int thesis, size_t seat, size_t most) {
  const Seating& held = composition.seating[static_cast<size_t>(thesis)];
  const int role = problem.thesis(thesis).open[seat].role;
  const int holder = held[seat];
  Value before = JuryValue(problem, thesis, held);
  if (holder != kNobody) before -= problem.Cost(holder, loads.of[static_cast<size_t>(holder)] - 1);
  std::vector<Alternative> found;
  Seating other = held;
  for (const Candidate& candidate : problem.thesis(thesis).open[seat].candidates) {
    const size_t p = static_cast<size_t>(candidate.person);
    if (candidate.person == holder || loads.of[p] >= problem.Places(candidate.person)) continue;
    const size_t in_role = p * static_cast<size_t>(problem.roles()) + static_cast<size_t>(role);
    if (loads.in_role[in_role] >= problem.PlacesInRole(candidate.person, role)) continue;
    other[seat] = candidate.person;
    if (!IsLegal(problem, thesis, other)) continue;
    const Value after = JuryValue(problem, thesis, other) - problem.Cost(candidate.person, loads.of[p]);
    found.push_back({candidate.person, before - after});
  }
  std::sort(found.begin(), found.end(), [](const Alternative& a, const Alternative& b) {
    return a.loss != b.loss ? a.loss < b.loss : a.person < b.person;
  });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace soutenance::assignment::compose
