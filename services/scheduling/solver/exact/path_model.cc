#include "services/scheduling/solver/exact/path_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

// Beginnings of one length that pricing follows: first few, then, if it finds nothing, more.
constexpr std::size_t kNarrow = 2'000;
constexpr std::size_t kWide = 200'000;
// Paths that one pricing adds, and those of one node among them: the best alone resemble each other.
constexpr int kPathsMost = 200;
constexpr int kOfNodeMost = 12;
// Whole paths that CBC may choose from.
constexpr std::size_t kChoicesMost = 20'000;

int64_t StepsWithin(const Bits& set, const Path& path) {
  int64_t steps = 0;
  for (std::size_t i = 1; i < path.nodes.size(); ++i) {
    steps += static_cast<int64_t>(set.Has(path.nodes[i - 1]) && set.Has(path.nodes[i]));
  }
  return steps;
}

int64_t FloorOf(int64_t parts) {
  return parts / PathPricing::kUnit - static_cast<int64_t>(parts % PathPricing::kUnit < 0);
}

}  // namespace

PathModel::PathModel(const PathGraph& graph, const Problem& problem, int placed, const Limits& limits)
    : graph_(graph), limits_(limits), placed_(placed), lp_(limits.end, limits.stop), bound_(0) {
  for (int node = 0; node < graph.size(); ++node) lp_.AddRow({}, 1);
  for (int length = 2; length <= graph.longest(); ++length) lp_.AddRow({}, graph.PathsAtMost(length));
  lp_.AddRow({}, placed);
  std::map<PersonId, std::vector<int>> by_person;
  for (int node = 0; node < graph.size(); ++node) {
    for (const Attendee& attendee : problem.defence(graph.defence(node)).attendees)
      by_person[attendee.person].push_back(node);
  }
  for (const auto& [person, nodes] : by_person) {
    if (static_cast<int>(nodes.size()) > graph.longest()) AddSet(nodes);
  }
  for (int node = 0; node < graph.size(); ++node) {
    for (const PathGraph::Step& step : graph.steps(node)) {
      bound_ += step.gain;  // each step at most once
      AddPath({{node, step.to}, step.gain});
    }
  }
}

void PathModel::AddSet(const std::vector<int>& nodes) {
  const auto size = static_cast<int64_t>(nodes.size());
  Set& set = sets_.emplace_back(Set{{}, size - (size + graph_.longest() - 1) / graph_.longest()});
  for (const int node : nodes) set.nodes.Add(node);
  std::vector<ColumnLp::Term> terms;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const int64_t steps = StepsWithin(set.nodes, paths_[i]);
    if (steps > 0) terms.push_back({static_cast<int>(i), steps});
  }
  lp_.AddRow(terms, set.most);
}

void PathModel::AddPath(Path path) {
  std::vector<ColumnLp::Term> terms;
  const auto length = static_cast<int>(path.nodes.size());
  for (const int node : path.nodes) terms.push_back({node, 1});
  for (int shorter = 2; shorter <= length; ++shorter) terms.push_back({RowOfLength(shorter), 1});
  terms.push_back({RowOfPlaced(), length});
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    const int64_t steps = StepsWithin(sets_[i].nodes, path);
    if (steps > 0) terms.push_back({RowOfSet(i), steps});
  }
  lp_.AddColumn(path.gain, terms);
  paths_.push_back(std::move(path));
}

void PathModel::AddFound(PathPricing::Found found) {
  std::vector<int> uses(static_cast<std::size_t>(graph_.size()), 0);
  int added = 0;
  for (auto& [worth, path] : found.paths) {
    const bool is_full = std::any_of(path.nodes.begin(), path.nodes.end(), [&](int node) {
      return uses[static_cast<std::size_t>(node)] >= kOfNodeMost;
    });
    if (is_full) continue;
    for (const int node : path.nodes) ++uses[static_cast<std::size_t>(node)];
    AddPath(std::move(path));
    if (++added == kPathsMost) return;
  }
}

// Rounded up, and a part more: so that what the linear program has is not found again.
PathPricing::Prices PathModel::TakePrices() {
  const std::vector<double> exact = lp_.prices();
  price_ = 0;
  const auto take = [&](int row, int64_t most) {
    const auto price =
        static_cast<int64_t>(std::ceil(exact[static_cast<std::size_t>(row)] * PathPricing::kUnit)) + 1;
    price_ += price * most;
    return price;
  };
  PathPricing::Prices prices;
  for (int node = 0; node < graph_.size(); ++node) prices.of_node.push_back(take(node, 1));
  prices.of_length.assign(static_cast<std::size_t>(graph_.longest()) + 1, 0);
  for (int length = 2; length <= graph_.longest(); ++length) {
    prices.of_length[static_cast<std::size_t>(length)] =
        prices.of_length[static_cast<std::size_t>(length) - 1] +
        take(RowOfLength(length), graph_.PathsAtMost(length));
  }
  const int64_t placed = take(RowOfPlaced(), placed_);
  for (int length = 2; length <= graph_.longest(); ++length)
    prices.of_length[static_cast<std::size_t>(length)] += length * placed;
  for (std::size_t i = 0; i < sets_.size(); ++i)
    prices.of_set.push_back({sets_[i].nodes, take(RowOfSet(i), sets_[i].most)});
  return prices;
}

// Adds paths until none is worth more than its prices. Returns whether it came that far: then the prices
// prove the gain of the linear program.
bool PathModel::Generate(int64_t wanted) {
  while (!IsOver() && lp_.Solve()) {
    const PathPricing::Prices prices = TakePrices();
    const PathPricing pricing(graph_, prices);
    PathPricing::Found found = pricing.Search(0, kNarrow);
    if (found.paths.empty() && !found.is_complete) found = pricing.Search(0, kWide);
    const bool is_all = found.paths.empty() && found.is_complete;
    bound_ = std::min(bound_, FloorOf(price_ + (is_all ? 0 : pricing.WorthAtMost())));
    if (bound_ <= wanted || is_all) return true;
    if (found.paths.empty()) return false;
    AddFound(std::move(found));
  }
  return false;
}

// Cuts off sets with too many steps within: grown from each node, always by the one with the most steps into
// it. Returns whether there were any.
bool PathModel::CutSets() {
  constexpr double kViolation = 0.02;
  const auto size = static_cast<std::size_t>(graph_.size());
  std::vector<std::map<std::size_t, double>> near(size);
  const std::vector<double> values = lp_.values();
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (values[i] < 1e-7) continue;
    for (std::size_t j = 1; j < paths_[i].nodes.size(); ++j) {
      const auto a = static_cast<std::size_t>(paths_[i].nodes[j - 1]);
      const auto b = static_cast<std::size_t>(paths_[i].nodes[j]);
      near[a][b] += values[i];
      near[b][a] += values[i];
    }
  }
  const int64_t longest = graph_.longest();
  std::set<std::vector<int>> cuts;
  for (std::size_t first = 0; first < size; ++first) {
    std::vector<double> pull(size, 0);
    std::vector<bool> inside(size, false);
    std::vector<int> set;
    std::vector<int> worst;
    double within = 0;
    double most_violated = kViolation;
    std::size_t next = first;
    while (static_cast<int64_t>(set.size()) < 3 * longest + 1) {
      within += pull[next];
      inside[next] = true;
      set.push_back(static_cast<int>(next));
      for (const auto& [other, value] : near[next]) pull[other] += value;
      const auto count = static_cast<int64_t>(set.size());
      const double violation = within - static_cast<double>(count - (count + longest - 1) / longest);
      if (violation > most_violated) {
        most_violated = violation;
        worst = set;
      }
      next = size;
      for (std::size_t i = 0; i < size; ++i) {
        if (!inside[i] && pull[i] > 1e-6 && (next == size || pull[i] > pull[next])) next = i;
      }
      if (next == size) break;
    }
    std::sort(worst.begin(), worst.end());
    if (!worst.empty()) cuts.insert(std::move(worst));
  }
  for (const std::vector<int>& set : cuts) AddSet(set);
  return !cuts.empty();
}

int64_t PathModel::Tighten(int64_t wanted) {
  constexpr int kIdleRounds = 5;
  constexpr double kIdle = 0.01;
  double least = std::numeric_limits<double>::max();
  for (int idle = 0; idle < kIdleRounds; ++idle) {
    if (!Generate(wanted) || bound_ <= wanted) break;
    if (lp_.gain() < least - kIdle) idle = 0;
    least = std::min(least, lp_.gain());
    // No cut takes a whole number off what is one.
    if (least - std::floor(least) < 1e-4 || !CutSets()) break;
  }
  return bound_;
}

Mip PathModel::WholeOf(const std::vector<Path>& paths) const {
  Mip mip;
  std::vector<std::vector<Mip::Term>> rows(static_cast<std::size_t>(RowOfPlaced()) + 1);
  for (const Path& path : paths) {
    const int column = mip.AddColumn(path.gain);
    const auto length = static_cast<int>(path.nodes.size());
    for (const int node : path.nodes) rows[static_cast<std::size_t>(node)].push_back({column, 1});
    for (int shorter = 2; shorter <= length; ++shorter)
      rows[static_cast<std::size_t>(RowOfLength(shorter))].push_back({column, 1});
    rows[static_cast<std::size_t>(RowOfPlaced())].push_back({column, length});
  }
  const auto add = [&](int row, int64_t most) {
    std::vector<Mip::Term>& terms = rows[static_cast<std::size_t>(row)];
    int64_t sum = 0;
    for (const Mip::Term& term : terms) sum += term.factor;
    if (sum > most) mip.AddAtMost(std::move(terms), most);
  };
  for (int node = 0; node < graph_.size(); ++node) add(node, 1);
  for (int length = 2; length <= graph_.longest(); ++length)
    add(RowOfLength(length), graph_.PathsAtMost(length));
  add(RowOfPlaced(), placed_);
  return mip;
}

Mip::Answer PathModel::Choose(const std::vector<Path>& paths, absl::Duration time) const {
  return WholeOf(paths).Maximise({.time = time,
                                  .stop = limits_.stop,
                                  .wanted_above = [this] { return bound_ - 1; },
                                  .on_bound = [](int64_t) {}});
}

PathModel::Answer PathModel::Complete() {
  constexpr absl::Duration kQuick = absl::Seconds(2);
  const auto chosen = [](const std::vector<Path>& paths, const Mip::Answer& answer) {
    std::vector<Path> best;
    for (std::size_t i = 0; i < answer.chosen.size(); ++i) {
      if (answer.chosen[i]) best.push_back(paths[i]);
    }
    return best;
  };
  while (!IsOver() && bound_ > 0) {
    // Often the paths of the linear program are enough.
    Mip::Answer answer = Choose(paths_, std::min(kQuick, limits_.end - absl::Now()));
    if (!answer.chosen.empty()) return {bound_, chosen(paths_, answer)};
    // Else all that whole paths with that gain could have: none is worth less than what is missing, whatever
    // the others are worth.
    if (!lp_.Solve()) break;
    const PathPricing::Prices prices = TakePrices();
    const PathPricing pricing(graph_, prices);
    const PathPricing::Found dear = pricing.Search(0, kWide);
    const int64_t others = dear.is_complete && dear.paths.empty() ? 0 : pricing.WorthAtMost();
    const PathPricing::Found all = pricing.Search(bound_ * PathPricing::kUnit - price_ - others - 1, kWide);
    if (!all.is_complete || all.paths.size() > kChoicesMost) break;
    std::vector<Path> paths;
    for (const auto& [worth, path] : all.paths) paths.push_back(path);
    answer = Choose(paths, limits_.end - absl::Now());
    if (!answer.chosen.empty()) return {bound_, chosen(paths, answer)};
    if (!answer.is_finished) break;
    --bound_;
  }
  return {bound_, {}};
}

}  // namespace soutenance::scheduling::solver
