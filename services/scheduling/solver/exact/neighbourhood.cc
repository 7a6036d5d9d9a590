#include "services/scheduling/solver/exact/neighbourhood.h"

#include <utility>

namespace soutenance::scheduling::solver {

std::vector<bool> Neighbourhood(const Problem& problem, const Placements& best, std::size_t size,
                                Random* random) {
  std::vector<bool> free(best.size(), false);
  std::size_t count = 0;
  const auto add = [&](DefenceId id) {
    if (free[Index(id)] || count >= size) return;
    free[Index(id)] = true;
    ++count;
  };
  for (std::size_t i = 0; i < best.size(); ++i) {
    if (!best[i]) add(static_cast<DefenceId>(i));
  }
  const std::size_t kind = random->Below(3);
  const auto seed = static_cast<DefenceId>(random->Below(best.size()));
  if (kind == 0 && best[Index(seed)]) {
    const Minute day = best[Index(seed)]->start / kMinutesPerDay;
    const std::size_t first = random->Below(best.size());
    for (std::size_t i = 0; i < best.size(); ++i) {
      const std::size_t j = (first + i) % best.size();
      if (best[j] && best[j]->start / kMinutesPerDay == day) add(static_cast<DefenceId>(j));
    }
  }
  std::vector<DefenceId> near{seed};
  std::vector<bool> seen(best.size(), false);
  seen[Index(seed)] = true;
  for (std::size_t i = 0; kind == 1 && i < near.size() && count < size; ++i) {
    add(near[i]);
    for (const Attendee& attendee : problem.defence(near[i]).attendees) {
      const std::vector<DefenceId>& own = problem.person(attendee.person).defences;
      for (const DefenceId other : own) {
        if (!seen[Index(other)]) near.push_back(other);
        seen[Index(other)] = true;
      }
    }
    if (i + 1 < near.size()) std::swap(near[i + 1], near[i + 1 + random->Below(near.size() - i - 1)]);
  }
  for (std::size_t i = 0; count < size && i < 4 * size; ++i)
    add(static_cast<DefenceId>(random->Below(best.size())));
  return free;
}

}  // namespace soutenance::scheduling::solver
