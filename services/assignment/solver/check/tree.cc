#include "services/assignment/solver/check/tree.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace soutenance::assignment::solver {
namespace {

__extension__ using Wide = __int128;

constexpr size_t kListedMax = 1'000'000;

struct Option {
  Wide value;  // after its price
  int64_t score;
  int reviewer;
};

struct Choice {
  Wide value = 0;
  int64_t score = 0;
  std::vector<int> reviewers;
};

// Every choice of a thesis that reaches the least score, with a value of at least some amount.
class Lister {
 public:
  Lister(const Problem& problem, int thesis, const Prices& prices) : needed_(problem.thesis(thesis).needed) {
    least_score_ = prices.least_score.value_or(std::numeric_limits<int64_t>::min() / 4);
    for (int r = 0; r < problem.reviewers(); ++r) {
      if (!problem.MayReview(thesis, r)) continue;
      const int64_t score = problem.score(thesis, r);
      const Option option{Wide{score} * kPriceUnits - prices.of[static_cast<size_t>(r)], score, r};
      if (problem.IsPinned(thesis, r)) {
        Take(option, given_);
        --needed_;
      } else if (problem.OpenPlaces(r) > 0) {
        options_.push_back(option);
      }
    }
    std::sort(options_.begin(), options_.end(),
              [](const Option& a, const Option& b) { return a.value > b.value; });
  }

  std::optional<Wide> Best() {
    is_raising_ = true;
    least_.reset();
    Look(0, needed_, given_);
    return least_;
  }

  std::vector<Choice> AtLeast(Wide least) {
    is_raising_ = false;
    least_ = least;
    listed_.clear();
    Look(0, needed_, given_);
    return std::move(listed_);
  }

 private:
  static void Take(const Option& option, Choice& choice) {
    choice.value += option.value;
    choice.score += option.score;
    choice.reviewers.push_back(option.reviewer);
  }

  void Look(size_t from, int missing, const Choice& so_far) {
    if (missing == 0) {
      if (so_far.score < least_score_ || (least_ && so_far.value < *least_)) return;
      if (is_raising_) {
        least_ = so_far.value;
      } else if (listed_.size() < kListedMax) {
        listed_.push_back(so_far);
      }
      return;
    }
    for (size_t i = from; missing > 0 && i + static_cast<size_t>(missing) <= options_.size(); ++i) {
      if (least_ && so_far.value + missing * options_[i].value < *least_) return;
      Choice with = so_far;
      Take(options_[i], with);
      Look(i + 1, missing - 1, with);
    }
  }

  int needed_;
  int64_t least_score_;
  Choice given_;  // by pins
  std::vector<Option> options_;
  std::optional<Wide> least_;
  bool is_raising_ = false;  // `least_` to the best that is found
  std::vector<Choice> listed_;
};

class TreeCheck {
 public:
  TreeCheck(const Problem& problem, const ProofTree& tree, int64_t total)
      : problem_(problem), tree_(tree), total_(total) {}

  // What is further from the best than the prices' bound is from the total is in no larger total.
  bool List(const Prices& prices) {
    std::vector<Lister> listers;
    std::vector<Wide> best;
    Wide bound = OfPlaces(prices.of);
    for (int t = 0; t < problem_.theses(); ++t) {
      listers.emplace_back(problem_, t, prices);
      const std::optional<Wide> of_thesis = listers.back().Best();
      if (!of_thesis) return false;
      best.push_back(*of_thesis);
      bound += *of_thesis;
    }
    const Wide gap = bound - Wide{total_} * kPriceUnits;
    for (size_t t = 0; t < best.size(); ++t) {
      left_.push_back(listers[t].AtLeast(best[t] - gap));
      if (left_.back().size() == kListedMax) return false;
    }
    return true;
  }

  bool Holds(int number) {
    if (number < 0 || static_cast<size_t>(number) >= tree_.nodes.size()) return false;
    const ProofTree::Node& node = tree_.nodes[static_cast<size_t>(number)];
    if (node.pair.thesis < 0) return LeavesNothing(node.prices);
    // Children stand after their node, so there is an end.
    if (node.with <= number || node.without <= number || node.pair.thesis >= problem_.theses()) return false;
    return HoldsWith(node.pair, true, node.with) && HoldsWith(node.pair, false, node.without);
  }

 private:
  Wide OfPlaces(const std::vector<int64_t>& prices) const {
    Wide sum = 0;
    for (int r = 0; r < problem_.reviewers(); ++r) {
      const Wide price = prices[static_cast<size_t>(r)];
      const ReviewerSpec& reviewer = problem_.reviewer(r);
      sum += price * (price > 0 ? reviewer.most : std::max(reviewer.least, problem_.PinsOf(r)));
    }
    return sum;
  }

  bool HoldsWith(const Pair& pair, bool with, int child) {
    std::vector<Choice>& choices = left_[static_cast<size_t>(pair.thesis)];
    std::vector<Choice> before = choices;
    std::erase_if(choices, [&](const Choice& choice) {
      const std::vector<int>& of = choice.reviewers;
      return (std::find(of.begin(), of.end(), pair.reviewer) != of.end()) != with;
    });
    const bool holds = Holds(child);
    left_[static_cast<size_t>(pair.thesis)] = std::move(before);
    return holds;
  }

  // Whether some thesis has no choice left, or the prices prove that nothing is above the total.
  bool LeavesNothing(const std::vector<int64_t>& prices) const {
    for (const std::vector<Choice>& choices : left_) {
      if (choices.empty()) return true;
    }
    if (prices.size() != static_cast<size_t>(problem_.reviewers())) return false;
    Wide bound = OfPlaces(prices);
    for (const std::vector<Choice>& choices : left_) {
      std::optional<Wide> best;
      for (const Choice& choice : choices) {
        Wide value = Wide{choice.score} * kPriceUnits;
        for (const int r : choice.reviewers) value -= prices[static_cast<size_t>(r)];
        if (!best || value > *best) best = value;
      }
      bound += *best;
    }
    return bound < (Wide{total_} + problem_.step()) * kPriceUnits;
  }

  const Problem& problem_;
  const ProofTree& tree_;
  const int64_t total_;
  std::vector<std::vector<Choice>> left_;  // by thesis
};

}  // namespace

bool ProvesByTree(const Problem& problem, const Prices& prices, const ProofTree& tree, int64_t total) {
  TreeCheck check(problem, tree, total);
  return check.List(prices) && check.Holds(0);
}

}  // namespace soutenance::assignment::solver
