#include "services/scheduling/solver/search/anneal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

namespace soutenance::scheduling::solver {
namespace {

constexpr int64_t kMovesBetweenPolls = 256;
constexpr int64_t kMovesBetweenTemperatures = 64;
constexpr int kMeasuredMoves = 1000;
constexpr std::size_t kFirstWish = static_cast<std::size_t>(RuleLevel::kStrong) - 1;  // in a score
// Enough for each defence to be moved often before the first cycle is cold.
constexpr int64_t kFirstCycleMovesPerDefence = 300;
constexpr int64_t kFirstCycleMovesMin = 1'000;
// Each cycle is so many times longer than the one before. Measured on generated campaigns of 300 defences.
constexpr int64_t kLonger = 4;
// Beyond this another cycle finds more than a longer one.
constexpr int64_t kCycleMovesPerDefenceMax = 20'000;
// Fewer defences than this have so few timetables that shorter cycles find more.
constexpr int64_t kFewDefences = 30;
// After so many cycles that found nothing better a walk is in a corner that it does not leave: from then on
// every other cycle begins from nothing. Measured on campaigns of 66 and 149 defences of the KU Leuven
// family.
constexpr int64_t kStaleCycles = 3;
constexpr int64_t kStaleCyclesOfFew = 1;
// A cycle that moves each defence this many times must not begin warmer than this, or it ends worse than it
// began. Four times as many allow twice as much. Measured on generated campaigns of 300 to 10,000 defences.
constexpr double kHastyTurns = 300;
constexpr double kHastyWarmth = 0.06;

int64_t LongestCycle(int64_t defences) {
  const int64_t few = std::min(defences, kFewDefences);
  return kCycleMovesPerDefenceMax * defences * few * few / (kFewDefences * kFewDefences);
}

}  // namespace

double Anneal::WarmthFor(int64_t length) const {
  const double turns = static_cast<double>(length) / std::max(1, state_.problem().DefenceCount());
  return std::clamp(kHastyWarmth * std::sqrt(turns / kHastyTurns), kHastyWarmth, 1.0);
}

Anneal::Anneal(const Setup& setup, const Placements& start)
    : moves_(setup.moves),
      target_(setup.target),
      check_(setup.check),
      random_(setup.seed),
      state_(setup.problem, setup.rules),
      cycle_length_(std::max(kFirstCycleMovesMin, kFirstCycleMovesPerDefence * setup.problem.DefenceCount())),
      longest_cycle_(LongestCycle(setup.problem.DefenceCount())) {
  state_.Reset(start);
  best_score_ = state_.score();
}

void Anneal::Run(int64_t count, Horizon horizon, absl::FunctionRef<bool()> should_stop) {
  const int64_t end = moves_tried_ + count;
  if (moves_tried_ == 0) MeasureUnits();
  while (moves_tried_ < end && !IsAtTarget()) {
    if (moves_tried_ % kMovesBetweenPolls == 0 && should_stop()) return;
    if (moves_tried_ == cycle_end_) {
      if (cycles_ > 0) EndCycle();
      BeginCycle(horizon());
    }
    if (moves_tried_ % kMovesBetweenTemperatures == 0) {
      const double progress =
          static_cast<double>(moves_tried_ - cycle_begin_) / static_cast<double>(cycle_end_ - cycle_begin_);
      acceptance_.SetTemperature(warmth_, progress);
    }
    TryOneMove();
    ++moves_tried_;
  }
}

namespace {

// The mean of what moves change, but for what is far above the usual: a price for what must not be tells
// nothing about wishes that cost a hundred times less.
double UsualOf(std::vector<int64_t> changes) {
  constexpr int64_t kFar = 16;  // times the lower quartile
  if (changes.empty()) return 0;
  std::sort(changes.begin(), changes.end());
  const int64_t most = kFar * changes[changes.size() / 4];
  double sum = 0;
  int count = 0;
  for (const int64_t change : changes) {
    if (change > most) break;
    sum += static_cast<double>(change);
    ++count;
  }
  return sum / count;
}

}  // namespace

// Draws moves without making them, to see what is usual. They are not counted as tried.
void Anneal::MeasureUnits() {
  std::array<std::vector<int64_t>, Acceptance::kWishLevels> changes;
  for (int i = 0; i < kMeasuredMoves; ++i) {
    const Move move = moves_.Draw(state_.timetable(), state_.unplaced(), true, random_);
    if (move.empty()) continue;
    const Score delta = state_.Try(move);
    if (delta.unplaced() != 0) continue;
    for (std::size_t level = 0; level < changes.size(); ++level) {
      const int64_t change = delta.points[kFirstWish + level];
      if (change != 0) changes[level].push_back(std::abs(change));
    }
  }
  Acceptance::Units units{.unplaced = static_cast<double>(state_.problem().rule(RuleId::kUnplaced).weight),
                          .wishes = {}};
  for (std::size_t level = 0; level < changes.size(); ++level) {
    if (!changes[level].empty()) changing_.push_back(level);
    units.wishes[level] = UsualOf(std::move(changes[level]));
  }
  acceptance_.SetUnits(units);
}

// Strong and soft wishes are weighed against each other. Where there are more levels, each cycle is about one
// of them, from the first to the last and round again, but for those that are as good as can be.
void Anneal::ChooseFocus() {
  if (changing_.size() <= 2) return;
  for (std::size_t tried = 0; tried < changing_.size(); ++tried) {
    const std::size_t level = changing_[focus_++ % changing_.size()];
    acceptance_.SetFocus(level);
    const auto best = best_score_.points.begin();
    const auto above = static_cast<std::ptrdiff_t>(kFirstWish + level + 1);
    if (!std::equal(best, best + above, target_.points.begin())) return;
  }
}

// How long the next cycle is. Where there are ranks of wishes all of them have cycles of one length, a round,
// before cycles get longer.
int64_t Anneal::NextLength(int64_t horizon) {
  const auto levels = static_cast<int64_t>(changing_.size());
  const int64_t in_round = levels <= 2 ? 1 : levels;
  const int64_t done = levels <= 2 ? 0 : static_cast<int64_t>(focus_) % levels;
  if (cycles_ > 0 && done == 0) {
    cycle_length_ = std::max(cycle_length_, std::min(kLonger * cycle_length_, longest_cycle_));
  }
  // What is left after this round must be worth another one; else this one takes it all.
  const int64_t to_do = in_round - done;
  const int64_t length = horizon < (to_do + in_round) * cycle_length_ ? horizon / to_do : cycle_length_;
  return std::max(length, kMovesBetweenTemperatures);
}

bool Anneal::IsInACorner() const {
  const bool is_small = state_.problem().DefenceCount() < kFewDefences;
  const int64_t beyond = stale_cycles_ - (is_small ? kStaleCyclesOfFew : kStaleCycles);
  return beyond >= 0 && beyond % 2 == 0;
}

void Anneal::BeginCycle(int64_t horizon) {
  const int64_t length = NextLength(horizon);
  if (cycles_ > 0) {
    if (IsInACorner()) {
      if (best_is_here_) SaveBest();
      state_.Reset(Placements(static_cast<std::size_t>(state_.problem().DefenceCount())));
    } else {
      if (!best_is_here_) state_.Reset(best_);
      best_is_here_ = true;
    }
  }
  best_before_ = best_score_;
  cycle_begin_ = moves_tried_;
  cycle_end_ = moves_tried_ + length;
  // Later cycles begin at different temperatures: which is right depends on the problem.
  constexpr double kWarmth[] = {1, 0.7, 1, 0.5};
  warmth_ = kWarmth[static_cast<std::size_t>(cycles_) % 4] * WarmthFor(length);
  ChooseFocus();
  ++cycles_;
  acceptance_.SetTemperature(warmth_, 0);
}

void Anneal::EndCycle() {
  stale_cycles_ = best_score_ < best_before_ ? 0 : stale_cycles_ + 1;
  if (state_.score().unplaced() > best_score_.unplaced()) acceptance_.WeighUnplaced(2);
}

void Anneal::TryOneMove() {
  const double patience = acceptance_.DrawPatience(random_);
  // To place fewer is hopeless most of the time once all is placed: not worth asking the rules.
  const auto is_hopeless = [&](int fewer) { return acceptance_.UnplacedCost(fewer) > 3 * patience + 2; };
  const Move move = moves_.Draw(state_.timetable(), state_.unplaced(), !is_hopeless(1), random_);
  if (move.empty()) return;
  int fewer = 0;
  for (const Step& step : move) {
    const bool placed = state_.timetable().PlacementOf(step.defence).has_value();
    fewer += static_cast<int>(placed) - static_cast<int>(step.to.has_value());
  }
  if (fewer > 0 && is_hopeless(fewer)) return;
  const Score delta = state_.Try(move);
  if (!acceptance_.Accepts(delta, patience)) return;
  if (best_is_here_ && delta > Score()) SaveBest();
  Accept();
}

void Anneal::Accept() {
  state_.Accept();
  if (check_ == CheckEvery::kMove) state_.Verify();
  if (state_.score() < best_score_) {
    best_score_ = state_.score();
    best_is_here_ = true;
    if (check_ == CheckEvery::kImprovement) state_.Verify();
  }
}

// Written only when the walk leaves the best timetable: while it improves step by step nothing is copied.
void Anneal::SaveBest() {
  best_ = state_.timetable().placements();
  best_is_here_ = false;
}

const Placements& Anneal::best() {
  if (best_is_here_) best_ = state_.timetable().placements();
  return best_;
}

void Anneal::Adopt(const Placements& placements, const Score& score) {
  best_ = placements;
  best_score_ = score;
  best_is_here_ = false;
}

}  // namespace soutenance::scheduling::solver
