#include "services/assignment/solver/fair/choices.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "services/assignment/solver/model/assignment.h"

namespace soutenance::assignment::solver {
namespace {

struct Option {
  int64_t value;
  int64_t score;
  int reviewer;
};

bool IsBefore(const Option& a, const Option& b) {
  if (a.value != b.value) return a.value > b.value;
  return a.score != b.score ? a.score > b.score : a.reviewer < b.reviewer;
}

// The options of a thesis with its pins taken out.
class Table {
 public:
  Table(const Problem& problem, int thesis, const std::vector<int64_t>& prices, int64_t weight, int64_t level)
      : needed_(problem.thesis(thesis).needed), level_(level) {
    const absl::Span<const Score> scores = problem.scores(thesis);
    absl::Span<const Pair> pins = problem.pinned(thesis);
    options_.reserve(scores.size());
    for (int r = 0; r < problem.reviewers(); ++r) {
      const int64_t score = scores[static_cast<size_t>(r)];
      if (score == kForbidden) continue;
      const Option option{weight * score - prices[static_cast<size_t>(r)], score, r};
      if (!pins.empty() && pins.front().reviewer == r) {
        pins.remove_prefix(1);
        pinned_.push_back(option);
        --needed_;
      } else if (problem.OpenPlaces(r) > 0) {
        options_.push_back(option);
      }
    }
    for (const Option& pin : pinned_) {
      pinned_value_ += pin.value;
      level_ -= pin.score;
    }
  }

  bool IsPossible() const { return needed_ >= 0 && static_cast<size_t>(needed_) <= options_.size(); }

  // Puts the best ones of `rank` first, as many as are needed.
  template <typename Rank>
  void PutFirst(Rank rank) {
    if (needed_ == 0) return;
    std::nth_element(options_.begin(), options_.begin() + (needed_ - 1), options_.end(), rank);
  }
  bool FirstReachLevel() const {
    int64_t score = 0;
    for (int i = 0; i < needed_; ++i) score += options_[static_cast<size_t>(i)].score;
    return score >= level_;
  }
  Choice First() const {
    std::vector<size_t> chosen;
    for (int i = 0; i < needed_; ++i) chosen.push_back(static_cast<size_t>(i));
    return Make(chosen);
  }

  // Without those to whom as many as are needed are preferable, in value and in score.
  void DropDominated() {
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
  }
  void Sort() { std::sort(options_.begin(), options_.end(), IsBefore); }

  // Calls `sink` for choices with a value above or at `*least`, which it may raise, until it returns false.
  void Enumerate(int64_t* least, const std::function<bool(const std::vector<size_t>&, int64_t)>& sink) {
    highest_after_.assign(options_.size() + 1, std::numeric_limits<int64_t>::min() / 4);
    for (size_t i = options_.size(); i-- > 0;) {
      highest_after_[i] = std::max(highest_after_[i + 1], options_[i].score);
    }
    least_ = least;
    sink_ = &sink;
    chosen_.clear();
    stopped_ = false;
    Look(0, needed_, pinned_value_, 0);
  }

  // REQUIRES: sorted.
  template <typename Sink>
  void ForEachNear(int64_t least, Sink sink) const {
    int64_t others = pinned_value_;  // the best that the others can add, as if there were no level
    for (int i = 0; i + 1 < needed_; ++i) others += options_[static_cast<size_t>(i)].value;
    for (size_t i = 0; needed_ > 0 && i < options_.size(); ++i) {
      if (i < static_cast<size_t>(needed_) - 1) {
        const int64_t with = others + options_[static_cast<size_t>(needed_) - 1].value;
        if (with < least) return;
      } else if (others + options_[i].value < least) {
        return;
      }
      Table with = *this;
      with.Force(i);
      int64_t floor = least;
      bool found = false;
      with.Enumerate(&floor, [&found](const std::vector<size_t>&, int64_t) {
        found = true;
        return false;
      });
      if (found) sink(options_[i].reviewer);
    }
  }

  Choice Make(const std::vector<size_t>& chosen) const {
    Choice choice;
    const auto take = [&choice](const Option& option) {
      choice.reviewers.push_back(option.reviewer);
      choice.score += option.score;
      choice.value += option.value;
    };
    for (const Option& pin : pinned_) take(pin);
    for (const size_t i : chosen) take(options_[i]);
    std::sort(choice.reviewers.begin(), choice.reviewers.end());
    return choice;
  }

 private:
  void Force(size_t i) {
    --needed_;
    level_ -= options_[i].score;
    pinned_value_ += options_[i].value;
    options_.erase(options_.begin() + static_cast<std::ptrdiff_t>(i));
  }

  void Look(size_t from, int missing, int64_t value, int64_t score) {
    if (missing == 0) {
      if (score >= level_ && value >= *least_) stopped_ = !(*sink_)(chosen_, value);
      return;
    }
    for (size_t i = from; i + static_cast<size_t>(missing) <= options_.size() && !stopped_; ++i) {
      if (score + missing * highest_after_[i] < level_) return;
      int64_t most = value;
      for (int j = 0; j < missing; ++j) most += options_[i + static_cast<size_t>(j)].value;
      if (most < *least_) return;
      chosen_.push_back(i);
      Look(i + 1, missing - 1, value + options_[i].value, score + options_[i].score);
      chosen_.pop_back();
    }
  }

  int needed_;
  int64_t level_;  // what the options must reach together
  int64_t pinned_value_ = 0;
  std::vector<Option> options_;
  std::vector<Option> pinned_;
  std::vector<int64_t> highest_after_;
  int64_t* least_ = nullptr;
  const std::function<bool(const std::vector<size_t>&, int64_t)>* sink_ = nullptr;
  std::vector<size_t> chosen_;
  bool stopped_ = false;
};

}  // namespace

std::optional<Choice> Choices::Best(int thesis, const std::vector<int64_t>& prices, bool scores_weigh) const {
  Table table(problem_, thesis, prices, scores_weigh ? kPriceUnits : 0, level_);
  if (!table.IsPossible()) return std::nullopt;
  table.PutFirst(IsBefore);
  if (table.FirstReachLevel()) return table.First();
  table.Sort();
  table.DropDominated();
  std::optional<Choice> best;
  int64_t least = std::numeric_limits<int64_t>::min();
  table.Enumerate(&least, [&](const std::vector<size_t>& chosen, int64_t value) {
    best = table.Make(chosen);
    least = value + 1;
    return true;
  });
  return best;
}

std::optional<std::vector<Choice>> Choices::Within(int thesis, const std::vector<int64_t>& prices,
                                                   int64_t least, size_t most) const {
  Table table(problem_, thesis, prices, kPriceUnits, level_);
  std::vector<Choice> found;
  if (!table.IsPossible()) return found;
  table.Sort();
  table.Enumerate(&least, [&](const std::vector<size_t>& chosen, int64_t) {
    found.push_back(table.Make(chosen));
    return found.size() <= most;
  });
  if (found.size() > most) return std::nullopt;
  return found;
}

std::vector<int> Choices::Near(int thesis, const std::vector<int64_t>& prices, int64_t least) const {
  Table table(problem_, thesis, prices, kPriceUnits, level_);
  std::vector<int> near;
  if (!table.IsPossible()) return near;
  table.Sort();
  table.ForEachNear(least, [&](int reviewer) { near.push_back(reviewer); });
  std::sort(near.begin(), near.end());
  return near;
}

std::optional<int64_t> Choices::Highest(int thesis) const {
  Table table(problem_, thesis, std::vector<int64_t>(static_cast<size_t>(problem_.reviewers()), 0), 1,
              level_);
  if (!table.IsPossible()) return std::nullopt;
  table.PutFirst([](const Option& a, const Option& b) { return a.score > b.score; });
  return table.First().score;
}

}  // namespace soutenance::assignment::solver
