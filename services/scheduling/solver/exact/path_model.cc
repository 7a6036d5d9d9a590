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
// Rounds of cuts that take less than this are idle.
constexpr double kIdle = 0.01;
constexpr int kIdleRounds = 5;
constexpr int kIdleRoundsInTree = 1;

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
  Set set{{}, 1, size - (size + graph_.longest() - 1) / graph_.longest()};
  for (const int node : nodes) set.nodes.Add(node);
  AddSet(set);
}

void PathModel::AddSet(const Set& set) {
  sets_.push_back(set);
  std::vector<ColumnLp::Term> terms;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const int64_t steps = StepsWithin(set.nodes, paths_[i]);
    if (steps > 0) terms.push_back({static_cast<int>(i), set.factor * steps});
  }
  lp_.AddRow(terms, set.most);
}

// One step between `a` and `b`. Without it is dearer than anything gains.
void PathModel::Demand(int a, int b) {
  Set set{{}, -1, -1};
  set.nodes.Add(a);
  set.nodes.Add(b);
  AddSet(set);
  paths_.push_back({{}, -2 * bound_});
  lp_.AddColumn(paths_.back().gain, {{RowOfSet(sets_.size() - 1), -1}});
}

void PathModel::AddPath(Path path) {
  std::vector<ColumnLp::Term> terms;
  const auto length = static_cast<int>(path.nodes.size());
  for (const int node : path.nodes) terms.push_back({node, 1});
  for (int shorter = 2; shorter <= length; ++shorter) terms.push_back({RowOfLength(shorter), 1});
  terms.push_back({RowOfPlaced(), length});
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    const int64_t steps = StepsWithin(sets_[i].nodes, path);
    if (steps > 0) terms.push_back({RowOfSet(i), sets_[i].factor * steps});
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
    prices.of_set.push_back({sets_[i].nodes, sets_[i].factor * take(RowOfSet(i), sets_[i].most)});
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

// How much of the solution steps from each node to each other, in either direction.
std::vector<std::map<int, double>> PathModel::Steps() const {
  std::vector<std::map<int, double>> steps(static_cast<std::size_t>(graph_.size()));
  const std::vector<double> values = lp_.values();
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (values[i] < 1e-7) continue;
    for (std::size_t j = 1; j < paths_[i].nodes.size(); ++j) {
      const int a = paths_[i].nodes[j - 1];
      const int b = paths_[i].nodes[j];
      steps[static_cast<std::size_t>(a)][b] += values[i];
      steps[static_cast<std::size_t>(b)][a] += values[i];
    }
  }
  return steps;
}

// Cuts off sets with too many steps within: grown from each node, always by the one with the most steps into
// it. Returns whether there were any.
bool PathModel::CutSets() {
  constexpr double kViolation = 0.02;
  const auto size = static_cast<std::size_t>(graph_.size());
  const std::vector<std::map<int, double>> near = Steps();
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
      for (const auto& [other, value] : near[next]) pull[static_cast<std::size_t>(other)] += value;
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

void PathModel::Tighten(int64_t wanted, int idle_rounds) {
  double least = std::numeric_limits<double>::max();
  for (int idle = 0; idle < idle_rounds; ++idle) {
    if (!Generate(wanted) || bound_ <= wanted) break;
    if (lp_.gain() < least - kIdle) idle = 0;
    least = std::min(least, lp_.gain());
    // No cut takes a whole number off what is one.
    if (least - std::floor(least) < 1e-4 || !CutSets()) break;
  }
}

int64_t PathModel::Tighten(int64_t wanted) {
  Tighten(wanted, kIdleRounds);
  return bound_;
}

// Those of a solution in which each step is taken or not.
std::vector<Path> PathModel::WholePaths() const {
  const std::vector<double> values = lp_.values();
  std::set<std::vector<int>> seen;
  std::vector<Path> whole;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (values[i] < 1e-5 || paths_[i].nodes.empty()) continue;
    std::vector<int> nodes = paths_[i].nodes;
    std::sort(nodes.begin(), nodes.end());
    if (seen.insert(std::move(nodes)).second) whole.push_back(paths_[i]);
  }
  return whole;
}

// Branch and price, depth first: with a step between two nodes and without it. Returns whether it is sure:
// that `best` gains as much as `gain`, or that, where `best` is empty, nothing does.
bool PathModel::Find(int64_t gain, std::vector<Path>* best) {
  bool is_sure = true;
  while (!IsOver()) {
    Tighten(gain - 1, kIdleRoundsInTree);
    if (bound_ < gain) return is_sure;
    int a = -1;
    int b = -1;
    double most = 1e-5;
    const std::vector<std::map<int, double>> steps = Steps();
    for (int node = 0; node < graph_.size(); ++node) {
      for (const auto& [other, value] : steps[static_cast<std::size_t>(node)]) {
        // The more it is in doubt; of those the likelier.
        const double doubt = std::min(value, 1 - value) + 1e-3 * value;
        if (node > other || value > 1 - 1e-5 || doubt <= most) continue;
        most = doubt;
        a = node;
        b = other;
      }
    }
    if (a < 0) {
      int64_t sum = 0;
      *best = WholePaths();
      for (const Path& path : *best) sum += path.gain;
      if (sum >= gain) return true;
      best->clear();
      return false;  // time was over before its linear program was solved
    }
    PathModel with(*this);
    with.Demand(a, b);
    if (!with.Find(gain, best)) is_sure = false;
    if (!best->empty()) return true;
    for (std::size_t i = paths_.size(); i < with.paths_.size(); ++i) {
      if (!with.paths_[i].nodes.empty()) AddPath(with.paths_[i]);
    }
    Set without{{}, 1, 0};
    without.nodes.Add(a);
    without.nodes.Add(b);
    AddSet(without);
  }
  return false;
}

PathModel::Answer PathModel::Complete() {
  Answer answer{bound_, {}};
  while (answer.bound > 0) {
    PathModel tree(*this);
    if (!tree.Find(answer.bound, &answer.best) || !answer.best.empty()) break;
    --answer.bound;
  }
  return answer;
}

}  // namespace soutenance::scheduling::solver
