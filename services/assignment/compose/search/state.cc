#include "services/assignment/compose/search/state.h"

#include <algorithm>

namespace soutenance::assignment::compose {
namespace {

// Large enough for prices to be rounded where nothing is worth anything.
constexpr Value kCostLeast = 1'000'000;

}  // namespace

Value CostOfUnseated(const Problem& problem) {
  Value range = 1;
  for (int t = 0; t < problem.theses(); ++t) {
    for (const SeatSpec& seat : problem.thesis(t).open) {
      Value most = 0;
      Value least = 0;
      for (const Candidate& candidate : seat.candidates) {
        most = std::max(most, candidate.value);
        least = std::min(least, candidate.value);
      }
      range += most - least;
    }
    if (problem.HasSlots() && !problem.spec().slot_values.empty()) {
      range += std::max<Value>(problem.spec().slot_values.back(), 0) -
               std::min<Value>(problem.spec().slot_values.front(), 0);
    }
  }
  int64_t seats = 0;
  for (int t = 0; t < problem.theses(); ++t) seats += static_cast<int64_t>(problem.thesis(t).open.size());
  for (int p = 0; p < problem.people(); ++p) {
    const int most = static_cast<int>(std::min<int64_t>(problem.Places(p), seats));
    for (int n = 0; n < most; ++n) range += std::abs(problem.Cost(p, n));
  }
  // Any total is then less than half of it, below and above 0.
  return std::max(2 * range, kCostLeast);
}

State::State(const Problem& problem)
    : problem_(problem),
      cost_of_unseated_(CostOfUnseated(problem)),
      composition_{std::vector<bool>(static_cast<size_t>(problem.theses()), false),
                   std::vector<Seating>(static_cast<size_t>(problem.theses()))},
      loads_(LoadsOf(problem, composition_)),
      values_(static_cast<size_t>(problem.theses()), 0),
      marginal_(Prices::Zero(problem)),
      worth_(-cost_of_unseated_ * problem.theses()),
      unseated_(problem.theses()) {
  for (int p = 0; p < problem.people(); ++p) {
    marginal_.of[static_cast<size_t>(p)] = problem.Places(p) > 0 ? problem.Cost(p, 0) : kClosed;
    for (int r = 0; r < problem.roles(); ++r) {
      if (problem.PlacesInRole(p, r) > 0) continue;
      marginal_.in_role[static_cast<size_t>(p * problem.roles() + r)] = kClosed;
    }
  }
}

void State::Change(int person, int role, int by) {
  int& load = loads_.of[static_cast<size_t>(person)];
  if (by > 0) worth_ -= problem_.Cost(person, load);
  load += by;
  if (by < 0) worth_ += problem_.Cost(person, load);
  marginal_.of[static_cast<size_t>(person)] =
      load < problem_.Places(person) ? problem_.Cost(person, load) : kClosed;
  const size_t at = static_cast<size_t>(person * problem_.roles() + role);
  loads_.in_role[at] += by;
  marginal_.in_role[at] = loads_.in_role[at] < problem_.PlacesInRole(person, role) ? 0 : kClosed;
}

void State::Seat(int thesis, const FoundJury& jury) {
  const size_t t = static_cast<size_t>(thesis);
  composition_.is_seated[t] = true;
  composition_.seating[t] = jury.seating;
  values_[t] = jury.value;
  worth_ += jury.value + cost_of_unseated_;
  --unseated_;
  for (size_t s = 0; s < jury.seating.size(); ++s) {
    if (jury.seating[s] != kNobody) Change(jury.seating[s], problem_.thesis(thesis).open[s].role, 1);
  }
}

void State::Unseat(int thesis) {
  const size_t t = static_cast<size_t>(thesis);
  const Seating& seating = composition_.seating[t];
  for (size_t s = 0; s < seating.size(); ++s) {
    if (seating[s] != kNobody) Change(seating[s], problem_.thesis(thesis).open[s].role, -1);
  }
  composition_.is_seated[t] = false;
  composition_.seating[t].clear();
  worth_ -= values_[t] + cost_of_unseated_;
  values_[t] = 0;
  ++unseated_;
}

bool State::HasPlacesFor(int thesis, const Seating& seating) const {
  for (size_t s = 0; s < seating.size(); ++s) {
    if (seating[s] == kNobody) continue;
    const int role = problem_.thesis(thesis).open[s].role;
    if (marginal_.of[static_cast<size_t>(seating[s])] >= kClosed) return false;
    if (marginal_.in_role[static_cast<size_t>(seating[s] * problem_.roles() + role)] >= kClosed) return false;
  }
  return true;
}

}  // namespace soutenance::assignment::compose
