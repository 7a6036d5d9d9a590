#include "services/assignment/solver/fair/tree_search.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

// clang-format off
#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
// clang-format on

namespace soutenance::assignment::solver {
namespace {

__extension__ using Wide = __int128;

constexpr double kWhole = 1e-6;
// What a missing reviewer or a place too many costs, in the largest scores.
constexpr double kPenalty = 10;
// Pairs that are this likely are taken all at once on the way to a first assignment.
constexpr double kLikely = 0.8;
// How many pairs are tried before one is branched on, and how many steps of the dual simplex each.
constexpr size_t kTried = 5;
constexpr int kStepsOfTrial = 25;
// Choices of a thesis that join the program at first, and at a time.
constexpr size_t kAddedFirst = 20;
constexpr size_t kAdded = 4;

struct Columns {
  std::vector<int> starts = {0};
  std::vector<int> rows;
  std::vector<double> factors;
  std::vector<double> costs;

  // Ends a column whose rows all have the same factor.
  void End(double factor, double cost) {
    factors.resize(rows.size(), factor);
    costs.push_back(cost);
    starts.push_back(static_cast<int>(rows.size()));
  }
  void Single(int row, double factor, double cost) {
    rows.push_back(row);
    End(factor, cost);
  }
};

class TreeSearch {
 public:
  TreeSearch(const Problem& problem, const std::vector<int64_t>& prices, int64_t bound,
             const TreeLimits& limits)
      : problem_(problem), prices_(prices), bound_(bound), limits_(limits) {}

  // False if there are too many choices.
  bool List(const Choices& choices, int64_t gap) {
    for (int t = 0; t < problem_.theses(); ++t) {
      const std::optional<Choice> best = choices.Best(t, prices_);
      if (!best) return false;
      // The bound was rounded down.
      const int64_t least = best->value - (gap + problem_.step()) * kPriceUnits;
      std::optional<std::vector<Choice>> within = choices.Within(t, prices_, least, limits_.choices);
      if (!within || choices_.size() + within->size() > limits_.choices) return false;
      first_.push_back(choices_.size());
      for (Choice& choice : *within) choices_.push_back({std::move(choice), t});
    }
    first_.push_back(choices_.size());
    is_banned_.assign(choices_.size(), false);
    return true;
  }

  std::optional<TreeAnswer> Look(int64_t gap, std::optional<int64_t> above) {
    floor_ = std::max(above.value_or(std::numeric_limits<int64_t>::min()), bound_ - gap - problem_.step());
    Load();
    AddWhatGains(prices_, kAddedFirst);
    if (!Optimise()) return std::nullopt;
    Dive();
    if (Visit() < 0) return std::nullopt;
    return std::move(answer_);
  }

 private:
  struct Listed {
    Choice choice;
    int thesis;
  };

  int ReviewerRow(int reviewer) const { return problem_.theses() + reviewer; }
  double Gain(size_t i) const {
    return static_cast<double>(choices_[i].choice.score) / static_cast<double>(problem_.scale());
  }

  void Load() {
    model_.setLogLevel(0);
    model_.setPerturbation(100);
    model_.setDualTolerance(1e-9);
    model_.resize(problem_.theses() + problem_.reviewers(), 0);
    for (int t = 0; t < problem_.theses(); ++t) model_.setRowBounds(t, 1, 1);
    for (int r = 0; r < problem_.reviewers(); ++r) {
      const int least = std::max(problem_.reviewer(r).least, problem_.PinsOf(r));
      model_.setRowBounds(ReviewerRow(r), least, problem_.reviewer(r).most);
    }
    double largest = 1e-3;
    for (size_t i = 0; i < choices_.size(); ++i) largest = std::max(largest, std::abs(Gain(i)));
    // So that there always is a solution, and prices that tell what it lacks.
    Columns columns;
    for (int t = 0; t < problem_.theses(); ++t) columns.Single(t, 1, kPenalty * largest);
    for (int r = 0; r < problem_.reviewers(); ++r) {
      columns.Single(ReviewerRow(r), 1, kPenalty * largest);
      columns.Single(ReviewerRow(r), -1, kPenalty * largest);
    }
    Add(columns);
    penalties_ = model_.numberColumns();
    column_of_.assign(choices_.size(), -1);
  }

  void Add(const Columns& columns) {
    const std::vector<double> zero(columns.costs.size(), 0.0);
    const std::vector<double> any(columns.costs.size(), COIN_DBL_MAX);
    model_.addColumns(static_cast<int>(columns.costs.size()), zero.data(), any.data(), columns.costs.data(),
                      columns.starts.data(), columns.rows.data(), columns.factors.data());
  }

  int64_t ValueAt(size_t i, const std::vector<int64_t>& prices) const {
    int64_t value = choices_[i].choice.score * kPriceUnits;
    for (const int r : choices_[i].choice.reviewers) value -= prices[static_cast<size_t>(r)];
    return value;
  }

  // Choices that would gain at `prices` join the program, so many of a thesis; false if none would.
  bool AddWhatGains(const std::vector<int64_t>& prices, size_t most) {
    Columns columns;
    std::vector<std::pair<int64_t, size_t>> gaining;
    for (int t = 0; t < problem_.theses(); ++t) {
      int64_t best = std::numeric_limits<int64_t>::min();
      gaining.clear();
      for (size_t i = first_[static_cast<size_t>(t)]; i < first_[static_cast<size_t>(t) + 1]; ++i) {
        if (is_banned_[i]) continue;
        const int64_t value = ValueAt(i, prices);
        if (column_of_[i] >= 0) {
          best = std::max(best, value);
        } else {
          gaining.push_back({-value, i});
        }
      }
      std::erase_if(gaining, [&](const auto& choice) { return -choice.first - kPriceUnits <= best; });
      const size_t count = std::min(gaining.size(), most);
      std::partial_sort(gaining.begin(), gaining.begin() + static_cast<std::ptrdiff_t>(count), gaining.end());
      for (size_t j = 0; j < count; ++j) {
        const size_t i = gaining[j].second;
        column_of_[i] = model_.numberColumns() + static_cast<int>(columns.costs.size());
        columns.rows.push_back(t);
        for (const int r : choices_[i].choice.reviewers) columns.rows.push_back(ReviewerRow(r));
        columns.End(1, -Gain(i));
      }
    }
    if (columns.costs.empty()) return false;
    Add(columns);
    return true;
  }

  // With prices at which nothing outside of the program would gain.
  bool Optimise() {
    model_.dual(0);
    for (;;) {
      if (model_.status() != 0) model_.primal(0);
      if (model_.status() != 0) return false;
      if (!AddWhatGains(LastPrices(), kAdded)) return true;
      model_.primal(0);
    }
  }

  std::vector<int64_t> LastPrices() const {
    const double factor = static_cast<double>(problem_.scale()) * static_cast<double>(kPriceUnits);
    std::vector<int64_t> prices;
    for (int r = 0; r < problem_.reviewers(); ++r) {
      prices.push_back(std::llround(-model_.dualRowSolution()[ReviewerRow(r)] * factor));
    }
    return prices;
  }

  // What prices prove of the choices that are left; nothing if a thesis has none.
  std::optional<int64_t> BoundAt(const std::vector<int64_t>& prices) const {
    Wide sum = 0;
    for (int t = 0; t < problem_.theses(); ++t) {
      std::optional<Wide> best;
      for (size_t i = first_[static_cast<size_t>(t)]; i < first_[static_cast<size_t>(t) + 1]; ++i) {
        if (is_banned_[i]) continue;
        const Wide value = ValueAt(i, prices);
        if (!best || value > *best) best = value;
      }
      if (!best) return std::nullopt;
      sum += *best;
    }
    for (int r = 0; r < problem_.reviewers(); ++r) {
      const int64_t price = prices[static_cast<size_t>(r)];
      const int least = std::max(problem_.reviewer(r).least, problem_.PinsOf(r));
      sum += Wide{price} * (price > 0 ? problem_.reviewer(r).most : least);
    }
    const Wide unit = Wide{kPriceUnits} * problem_.step();
    Wide steps = sum / unit;
    if (sum % unit < 0) --steps;
    return static_cast<int64_t>(steps * problem_.step());
  }

  double Part(size_t i) const { return column_of_[i] < 0 ? 0 : model_.primalColumnSolution()[column_of_[i]]; }

  // How much of each pair with a thesis is in the last solution, if it is a part of one.
  std::vector<std::pair<Pair, double>> Parts() const {
    std::vector<std::pair<Pair, double>> parts;
    std::vector<double> of(static_cast<size_t>(problem_.reviewers()), 0);
    for (int t = 0; t < problem_.theses(); ++t) {
      std::vector<int> met;
      for (size_t i = first_[static_cast<size_t>(t)]; i < first_[static_cast<size_t>(t) + 1]; ++i) {
        if (Part(i) < kWhole || Part(i) > 1 - kWhole) continue;
        for (const int r : choices_[i].choice.reviewers) {
          if (of[static_cast<size_t>(r)] == 0) met.push_back(r);
          of[static_cast<size_t>(r)] += Part(i);
        }
      }
      std::sort(met.begin(), met.end());
      for (const int r : met) {
        const double part = std::exchange(of[static_cast<size_t>(r)], 0);
        if (part > kWhole && part < 1 - kWhole) parts.push_back({{t, r}, part});
      }
    }
    return parts;
  }

  bool LacksNothing() const {
    for (int i = 0; i < penalties_; ++i) {
      if (model_.primalColumnSolution()[i] > kWhole) return false;
    }
    return true;
  }

  // REQUIRES: the last solution is whole.
  void TakeIfBetter() {
    if (!LacksNothing()) return;
    Assignment assignment(static_cast<size_t>(problem_.theses()));
    for (size_t i = 0; i < choices_.size(); ++i) {
      if (Part(i) > 0.5) assignment[static_cast<size_t>(choices_[i].thesis)] = choices_[i].choice.reviewers;
    }
    const int64_t total = Total(problem_, assignment);
    if (total <= floor_) return;
    floor_ = total;
    answer_.assignment = std::move(assignment);
  }

  // Leaves the thesis only choices with, or without the reviewer; returns those that it took away.
  std::vector<size_t> Ban(const Pair& pair, bool with) {
    std::vector<size_t> banned;
    const size_t t = static_cast<size_t>(pair.thesis);
    for (size_t i = first_[t]; i < first_[t + 1]; ++i) {
      const std::vector<int>& reviewers = choices_[i].choice.reviewers;
      if (is_banned_[i] || std::binary_search(reviewers.begin(), reviewers.end(), pair.reviewer) == with)
        continue;
      is_banned_[i] = true;
      if (column_of_[i] >= 0) model_.setColumnUpper(column_of_[i], 0);
      banned.push_back(i);
    }
    return banned;
  }
  void Allow(const std::vector<size_t>& banned) {
    for (const size_t i : banned) {
      is_banned_[i] = false;
      if (column_of_[i] >= 0) model_.setColumnUpper(column_of_[i], COIN_DBL_MAX);
    }
  }

  // Choices may have joined since.
  struct Statuses {
    std::vector<ClpSimplex::Status> columns;
    std::vector<ClpSimplex::Status> rows;
  };
  Statuses Basis() const {
    Statuses basis;
    for (int i = 0; i < model_.numberColumns(); ++i) basis.columns.push_back(model_.getColumnStatus(i));
    for (int i = 0; i < model_.numberRows(); ++i) basis.rows.push_back(model_.getRowStatus(i));
    return basis;
  }
  void SetBasis(const Statuses& basis) {
    for (int i = 0; i < model_.numberColumns(); ++i) {
      const auto at = static_cast<size_t>(i);
      model_.setColumnStatus(i, at < basis.columns.size() ? basis.columns[at] : ClpSimplex::atLowerBound);
    }
    for (int i = 0; i < model_.numberRows(); ++i) model_.setRowStatus(i, basis.rows[static_cast<size_t>(i)]);
  }

  // A first assignment: takes the likeliest pairs until everything is whole.
  void Dive() {
    const Statuses basis = Basis();
    std::vector<size_t> banned;
    for (;;) {
      const std::vector<std::pair<Pair, double>> parts = Parts();
      if (parts.empty()) break;
      const auto likeliest = std::max_element(
          parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
      for (const auto& [pair, part] : parts) {
        if (part < kLikely && pair != likeliest->first) continue;
        const std::vector<size_t> more = Ban(pair, true);
        banned.insert(banned.end(), more.begin(), more.end());
      }
      if (!Optimise() || !LacksNothing()) break;
    }
    if (model_.status() == 0 && Parts().empty()) TakeIfBetter();
    Allow(banned);
    SetBasis(basis);
    Optimise();
  }

  // The node of what is left, or -1 if the limits do not suffice. REQUIRES: the program is solved.
  int Visit() {
    const size_t number = answer_.tree.nodes.size();
    if (static_cast<int64_t>(number * choices_.size()) > limits_.work) return -1;
    answer_.tree.nodes.emplace_back();
    std::vector<int64_t> prices = LastPrices();
    const std::vector<std::pair<Pair, double>> parts = Parts();
    if (parts.empty()) TakeIfBetter();
    const std::optional<int64_t> bound = BoundAt(prices);
    if (!bound || *bound <= floor_) {
      if (bound) answer_.tree.nodes[number].prices = std::move(prices);
      return static_cast<int>(number);
    }
    const Statuses basis = Basis();
    const std::optional<Pair> pair = parts.empty() ? AnyPair() : BestPair(parts, basis);
    if (!pair) return -1;
    answer_.tree.nodes[number].pair = *pair;
    for (const bool with : {true, false}) {
      const std::vector<size_t> banned = Ban(*pair, with);
      SetBasis(basis);
      const int child = Optimise() ? Visit() : -1;
      Allow(banned);
      if (child < 0) return -1;
      (with ? answer_.tree.nodes[number].with : answer_.tree.nodes[number].without) = child;
    }
    return static_cast<int>(number);
  }

  // Where rounding alone leaves something open: some pair that is not decided.
  std::optional<Pair> AnyPair() const {
    for (int t = 0; t < problem_.theses(); ++t) {
      const Choice* first = nullptr;
      for (size_t i = first_[static_cast<size_t>(t)]; i < first_[static_cast<size_t>(t) + 1]; ++i) {
        if (is_banned_[i]) continue;
        if (first == nullptr) {
          first = &choices_[i].choice;
          continue;
        }
        for (const int r : first->reviewers) {
          const std::vector<int>& others = choices_[i].choice.reviewers;
          if (!std::binary_search(others.begin(), others.end(), r)) return Pair{t, r};
        }
      }
    }
    return std::nullopt;
  }

  // Of those that are most open, the pair whose decision lowers the bound most either way.
  std::optional<Pair> BestPair(std::vector<std::pair<Pair, double>> parts, const Statuses& basis) {
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
      return std::abs(a.second - 0.5) < std::abs(b.second - 0.5);
    });
    if (parts.size() > kTried) parts.resize(kTried);
    const double before = model_.objectiveValue();
    const int steps = model_.maximumIterations();
    std::optional<Pair> best;
    double best_gain = -1;
    for (const auto& [pair, part] : parts) {
      double gains[2];
      for (const bool with : {false, true}) {
        const std::vector<size_t> banned = Ban(pair, with);
        SetBasis(basis);
        model_.setMaximumIterations(kStepsOfTrial);
        model_.dual(0);
        gains[with ? 1 : 0] = std::max(1e-7, model_.objectiveValue() - before);
        Allow(banned);
      }
      const double gain = gains[0] * gains[1];
      if (gain <= best_gain) continue;
      best_gain = gain;
      best = pair;
    }
    model_.setMaximumIterations(steps);
    return best;
  }

  const Problem& problem_;
  const std::vector<int64_t>& prices_;
  const int64_t bound_;
  const TreeLimits limits_;
  std::vector<Listed> choices_;  // by thesis
  std::vector<size_t> first_;    // by thesis, and the end
  std::vector<bool> is_banned_;
  std::vector<int> column_of_;  // by choice; -1: not in the program
  int penalties_ = 0;           // the first columns of the program
  ClpSimplex model_;
  int64_t floor_ = 0;  // only more is looked for
  TreeAnswer answer_;
};

}  // namespace

std::optional<TreeAnswer> SearchTree(const Problem& problem, const Choices& choices,
                                     const std::vector<int64_t>& prices, int64_t bound, int64_t gap,
                                     std::optional<int64_t> above, const TreeLimits& limits) {
  TreeSearch search(problem, prices, bound, limits);
  if (!search.List(choices, gap)) return std::nullopt;
  return search.Look(gap, above);
}

}  // namespace soutenance::assignment::solver
