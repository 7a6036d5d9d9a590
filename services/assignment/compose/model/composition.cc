#include "services/assignment/compose/model/composition.h"

namespace soutenance::assignment::compose {

Loads LoadsOf(const Problem& problem, const Composition& composition) {
  Loads loads{std::vector<int>(static_cast<size_t>(problem.people()), 0),
              std::vector<int>(static_cast<size_t>(problem.people() * problem.roles()), 0)};
  for (int t = 0; t < problem.theses(); ++t) {
    const Seating& seating = composition.seating[static_cast<size_t>(t)];
    for (size_t s = 0; s < seating.size(); ++s) {
      if (seating[s] == kNobody) continue;
      ++loads.of[static_cast<size_t>(seating[s])];
      ++loads.in_role[static_cast<size_t>(seating[s] * problem.roles() + problem.thesis(t).open[s].role)];
    }
  }
  return loads;
}

Slots CommonSlots(const Problem& problem, int thesis, const Seating& seating) {
  Slots slots = problem.SlotsOf(thesis);
  for (const int person : seating) {
    if (person != kNobody) slots.Meet(problem.person(person).free);
  }
  return slots;
}

Value JuryValue(const Problem& problem, int thesis, const Seating& seating) {
  Value value = 0;
  for (size_t s = 0; s < seating.size(); ++s) {
    for (const Candidate& candidate : problem.thesis(thesis).open[s].candidates) {
      if (candidate.person == seating[s]) value += candidate.value;
    }
  }
  if (problem.HasSlots()) value += problem.SlotValue(CommonSlots(problem, thesis, seating).Count());
  return value;
}

Value TotalValue(const Problem& problem, const Composition& composition) {
  Value total = 0;
  for (int t = 0; t < problem.theses(); ++t) {
    if (!composition.is_seated[static_cast<size_t>(t)]) continue;
    total += JuryValue(problem, t, composition.seating[static_cast<size_t>(t)]);
  }
  const Loads loads = LoadsOf(problem, composition);
  for (int p = 0; p < problem.people(); ++p) {
    for (int n = 0; n < loads.of[static_cast<size_t>(p)]; ++n) total -= problem.Cost(p, n);
  }
  return total;
}

}  // namespace soutenance::assignment::compose
