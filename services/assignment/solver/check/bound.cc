#include "services/assignment/solver/check/bound.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

namespace soutenance::assignment::solver {
namespace {

__extension__ using Wide = __int128;

// Beyond this many steps a choice is bounded without looking at the least score: true, only less sharp.
constexpr int64_t kStepsMax = 2'000'000;

struct Option {
  int64_t value;  // what it brings after its price
  int64_t score;
};

bool IsBefore(const Option& a, const Option& b) {
  return a.value != b.value ? a.value > b.value : a.score > b.score;
}

// Chooses exactly `needed` of `options` with the largest value so that the scores reach `least`.
class Choice {
 public:
  Choice(std::vector<Option> options, int needed, int64_t least)
      : options_(std::move(options)), needed_(needed), least_(least) {}

  std::optional<Wide> Best() {
    if (static_cast<size_t>(needed_) > options_.size()) return std::nullopt;
    std::nth_element(options_.begin(), options_.begin() + std::max(needed_ - 1, 0), options_.end(), IsBefore);
    Wide value = 0;
    Wide score = 0;
    for (int i = 0; i < needed_; ++i) {
      value += options_[static_cast<size_t>(i)].value;
      score += options_[static_cast<size_t>(i)].score;
    }
    if (score >= least_) return value;
    Prepare();
    Look(0, needed_, 0, 0);
    return steps_ > kStepsMax ? value : best_;
  }

 private:
  // In order, without those to whom as many as are needed are preferable in every way.
  void Prepare() {
    std::sort(options_.begin(), options_.end(), IsBefore);
    std::vector<Option> kept;
    std::priority_queue<int64_t, std::vector<int64_t>, std::greater<>> highest;
    for (const Option& option : options_) {
      if (static_cast<int>(highest.size()) == needed_) {
        if (highest.top() >= option.score) continue;
        highest.pop();
      }
      highest.push(option.score);
      kept.push_back(option);
    }
    options_ = std::move(kept);
    highest_after_.assign(options_.size() + 1, std::numeric_limits<int64_t>::min() / 4);
    for (size_t i = options_.size(); i-- > 0;) {
      highest_after_[i] = std::max(highest_after_[i + 1], options_[i].score);
    }
  }

  void Look(size_t from, int missing, Wide value, Wide score) {
    if (++steps_ > kStepsMax) return;
    if (missing == 0) {
      if (score >= least_ && (!best_ || value > *best_)) best_ = value;
      return;
    }
    for (size_t i = from; i + static_cast<size_t>(missing) <= options_.size(); ++i) {
      if (score + Wide{missing} * highest_after_[i] < least_) return;
      if (best_ && value + Wide{missing} * options_[i].value <= *best_) return;
      Look(i + 1, missing - 1, value + options_[i].value, score + options_[i].score);
    }
  }

  std::vector<Option> options_;
  const int needed_;
  const int64_t least_;
  std::vector<int64_t> highest_after_;
  std::optional<Wide> best_;
  int64_t steps_ = 0;
};

// `weight` is that of the scores in the value: price units, or 0.
std::optional<Wide> ValueOf(const Problem& problem, int thesis, const Prices& prices, int64_t weight) {
  std::vector<Option> options;
  Wide fixed = 0;
  // No sum of scores is below a quarter of this.
  int64_t least = prices.least_score.value_or(std::numeric_limits<int64_t>::min() / 4);
  int needed = problem.thesis(thesis).needed;
  const absl::Span<const Score> scores = problem.scores(thesis);
  absl::Span<const Pair> pins = problem.pinned(thesis);
  options.reserve(scores.size());
  for (int r = 0; r < problem.reviewers(); ++r) {
    const int64_t score = scores[static_cast<size_t>(r)];
    if (score == kForbidden) continue;
    const int64_t value = weight * score - prices.of[static_cast<size_t>(r)];
    if (!pins.empty() && pins.front().reviewer == r) {
      pins.remove_prefix(1);
      fixed += value;
      least -= score;
      --needed;
    } else if (problem.OpenPlaces(r) > 0) {
      options.push_back({value, score});
    }
  }
  if (needed < 0) return std::nullopt;
  const std::optional<Wide> best = Choice(std::move(options), needed, least).Best();
  if (!best) return std::nullopt;
  return fixed + *best;
}

std::optional<Wide> Sum(const Problem& problem, const Prices& prices, int64_t weight) {
  Wide sum = 0;
  for (int thesis = 0; thesis < problem.theses(); ++thesis) {
    const std::optional<Wide> value = ValueOf(problem, thesis, prices, weight);
    if (!value) return std::nullopt;
    sum += *value;
  }
  for (int r = 0; r < problem.reviewers(); ++r) {
    const ReviewerSpec& reviewer = problem.reviewer(r);
    const Wide price = prices.of[static_cast<size_t>(r)];
    sum += price * (price > 0 ? reviewer.most : std::max(reviewer.least, problem.PinsOf(r)));
  }
  return sum;
}

int64_t FloorTo(Wide value, int64_t unit) {
  Wide quotient = value / unit;
  if (value % unit < 0) --quotient;
  return static_cast<int64_t>(quotient);
}

}  // namespace

std::optional<int64_t> BoundOf(const Problem& problem, const Prices& prices) {
  const std::optional<Wide> sum = Sum(problem, prices, kPriceUnits);
  if (!sum) return std::nullopt;
  // A total is an integer, and a multiple of what divides all scores.
  return FloorTo(FloorTo(*sum, kPriceUnits), problem.step()) * problem.step();
}

bool ProvesNone(const Problem& problem, const Prices& prices) {
  const std::optional<Wide> sum = Sum(problem, prices, 0);
  return !sum || *sum < 0;
}

std::optional<int64_t> LevelBound(const Problem& problem) {
  std::optional<int64_t> level;
  for (int thesis = 0; thesis < problem.theses(); ++thesis) {
    const Prices free{std::vector<int64_t>(static_cast<size_t>(problem.reviewers()), 0), std::nullopt};
    const std::optional<Wide> value = ValueOf(problem, thesis, free, 1);
    if (!value) return std::nullopt;
    level = std::min(level.value_or(std::numeric_limits<int64_t>::max()), static_cast<int64_t>(*value));
  }
  return level;
}

}  // namespace soutenance::assignment::solver
