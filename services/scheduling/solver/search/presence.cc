#include "services/scheduling/solver/search/presence.h"

#include <algorithm>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kWordsMax = std::size_t{1} << 22;  // 32 MB

}  // namespace

Presence::Presence(const Problem& problem)
    : problem_(problem), minds_(problem.rule(RuleId::kAvailability).IsHard()) {
  if (!minds_ || !problem.HasOpenSeats() || problem.days().empty()) return;
  for (const Defence& defence : problem.defences()) {
    duration_of_.push_back(durations_.try_emplace(defence.duration_minutes, durations_.size()).first->second);
  }
  const Minute grid = problem.grid_minutes();
  const Minute end = (problem.days().back().offset + 1) * kMinutesPerDay;
  const auto slots = static_cast<std::size_t>(end / grid);
  words_ = (problem.persons().size() + 63) / 64;
  if (slots * words_ * durations_.size() > kWordsMax) return;
  slots_ = slots;
  bits_.assign(slots_ * words_ * durations_.size(), 0);
  ForEachId<PersonId>(problem.PersonCount(), [&](PersonId id) {
    const uint64_t bit = uint64_t{1} << (Index(id) % 64);
    for (const Interval& blocked : problem.person(id).blocked) {
      for (const auto& [minutes, duration] : durations_) {
        // From the first start that ends after it begins.
        Minute start = std::max(Minute{0}, (blocked.from - minutes) / grid * grid);
        for (; start < std::min(blocked.to, end); start += grid) {
          if (start + minutes <= blocked.from) continue;
          const auto slot = static_cast<std::size_t>(start / grid);
          if (slot < slots_) bits_[RowOf(duration, slot) + Index(id) / 64] |= bit;
        }
      }
    }
  });
}

Presence::At Presence::Of(DefenceId defence, Minute start) const {
  At at;
  at.problem_ = &problem_;
  at.minds_ = minds_;
  at.time_ = problem_.TimeOf(defence, start);
  at.row_ = nullptr;
  const Minute grid = problem_.grid_minutes();
  if (slots_ > 0 && start >= 0 && start % grid == 0 && static_cast<std::size_t>(start / grid) < slots_) {
    at.row_ = &bits_[RowOf(duration_of_[Index(defence)], static_cast<std::size_t>(start / grid))];
  }
  return at;
}

}  // namespace soutenance::scheduling::solver
