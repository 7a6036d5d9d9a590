#include "services/scheduling/solver/explain/shrinker.h"

#include <algorithm>
#include <optional>

#include "absl/algorithm/container.h"

namespace soutenance::scheduling::solver {

std::pair<Answer, std::vector<int>> Explainer::Shrinker::Ask(const std::vector<int>& held_facts) {
  if (state_.IsStopped()) return {Answer::kUnknown, {}};
  std::vector<bool> held(state_.facts().list().size(), false);
  for (const int fact : held_facts) held[static_cast<std::size_t>(fact)] = true;
  if (auto conflict = state_.counting().Conflict(wanted_, held, defence_)) {
    return {Answer::kNo, std::move(*conflict)};
  }
  if (state_.counting().SurelyFit(wanted_, held)) return {Answer::kYes, {}};
  if (state_.IsLarge() || state_.IsStopped()) return {Answer::kUnknown, {}};
  const Answer answer =
      state_.model().Solve(wanted_, held, Concessions(), state_.budget.conflicts, state_.budget.should_stop);
  return {answer, answer == Answer::kNo ? state_.model().Core(held) : std::vector<int>()};
}

bool Explainer::Shrinker::IsCounted() {
  return state_.counting().Conflict(wanted_, state_.AllFacts(), defence_).has_value();
}

std::pair<std::vector<int>, bool> Explainer::Shrinker::Shrink(std::vector<int> core) {
  std::vector<int> order = core;
  absl::c_stable_sort(order, [this](int a, int b) { return RankOf(a) > RankOf(b); });
  bool is_minimal = true;
  std::size_t many = order.size() / 2;  // dropped at once
  for (std::size_t next = 0; next < order.size();) {
    many = std::clamp<std::size_t>(many, 1, order.size() - next);
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(next);
    const std::vector<int> dropped(begin, begin + static_cast<std::ptrdiff_t>(many));
    std::vector<int> without;
    absl::c_copy_if(core, std::back_inserter(without),
                    [&](int fact) { return !absl::c_linear_search(dropped, fact); });
    if (without.size() == core.size()) {
      next += many;
      continue;
    }
    auto [answer, smaller] = Ask(without);
    if (answer == Answer::kNo) {
      core = std::move(smaller);
      next += many;
      many *= 2;
    } else if (many > 1) {
      many /= 2;
    } else {
      if (answer == Answer::kUnknown) is_minimal = false;
      ++next;
    }
  }
  return {core, is_minimal};
}

int Explainer::Shrinker::RankOf(int number) const {
  const NamedFact& fact = state_.facts().list()[static_cast<std::size_t>(number)];
  if (fact.defence) return *fact.defence == defence_ ? 1 : 5;
  if (fact.person) {
    const bool is_own = absl::c_any_of(state_.problem.defence(defence_).attendees,
                                       [&](const Attendee& a) { return a.person == *fact.person; });
    return is_own ? 0 : 4;
  }
  return fact.room ? 3 : 2;
}

}  // namespace soutenance::scheduling::solver
