#include "services/assignment/solver/flow/network.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace soutenance::assignment::solver {
namespace {

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int64_t, int64_t>;

// Pairs to begin with, of each thesis, and to add at a time.
constexpr int kPairsAtFirst = 24;
constexpr int kPairsOfReviewer = 4;
constexpr int kPairsAdded = 12;

// Pins are taken out first: they are in every assignment.
class Network {
 public:
  Network(const Problem& problem, const Gain& gain, int64_t gain_max)
      : problem_(problem), gain_(gain), options_(static_cast<size_t>(problem.theses())) {
    // More than any exchange of reviewers among all theses can gain.
    const int64_t longest = 2 + 2 * int64_t{std::min(problem.theses(), problem.reviewers())};
    penalty_ = (2 * gain_max + 1) * longest;
    needed_.reserve(options_.size());
    for (int t = 0; t < problem.theses(); ++t) needed_.push_back(problem.thesis(t).needed);
    for (int r = 0; r < problem.reviewers(); ++r) {
      least_.push_back(std::max(0, problem.reviewer(r).least - problem.PinsOf(r)));
      most_.push_back(problem.OpenPlaces(r));
    }
    for (const Pair& pin : problem.pinned()) --needed_[static_cast<size_t>(pin.thesis)];
  }

  FlowResult Maximise() {
    if (std::any_of(needed_.begin(), needed_.end(), [](int needed) { return needed < 0; }) ||
        std::any_of(most_.begin(), most_.end(), [](int most) { return most < 0; })) {
      return Contradicted();
    }
    ChooseFirstPairs();
    do {
      Solve();
    } while (AddPairsThatHelp());
    return Result();
  }

 private:
  // The pins alone ask too much.
  FlowResult Contradicted() const {
    FlowResult result;
    result.missing = needed_;
    for (int& missing : result.missing) missing = std::max(missing, 0);
    for (size_t r = 0; r < most_.size(); ++r) result.idle.push_back(std::max(least_[r], -most_[r]));
    if (std::all_of(result.missing.begin(), result.missing.end(), [](int n) { return n == 0; }) &&
        !result.missing.empty()) {
      result.missing.front() = 1;
    }
    return result;
  }

  void Offer(int thesis, int reviewer) { options_[static_cast<size_t>(thesis)].push_back(reviewer); }

  // Those of each thesis that gain most, and of each reviewer who must be given work.
  void ChooseFirstPairs() {
    std::vector<std::pair<int64_t, int>> best;
    std::vector<std::vector<std::pair<int64_t, int>>> wanted(least_.size());
    for (int t = 0; t < problem_.theses(); ++t) {
      best.clear();
      ForEachOpen(t, [&](int r) {
        const int64_t gain = gain_(t, r);
        best.push_back({-gain, r});
        if (least_[static_cast<size_t>(r)] == 0) return;
        std::vector<std::pair<int64_t, int>>& of_reviewer = wanted[static_cast<size_t>(r)];
        of_reviewer.push_back({-gain, t});
        std::push_heap(of_reviewer.begin(), of_reviewer.end());
        if (static_cast<int>(of_reviewer.size()) <= least_[static_cast<size_t>(r)] + kPairsOfReviewer) return;
        std::pop_heap(of_reviewer.begin(), of_reviewer.end());
        of_reviewer.pop_back();
      });
      const size_t count =
          std::min(best.size(), static_cast<size_t>(kPairsAtFirst + 2 * needed_[static_cast<size_t>(t)]));
      std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(count), best.end());
      for (size_t i = 0; i < count; ++i) Offer(t, best[i].second);
    }
    for (size_t r = 0; r < wanted.size(); ++r) {
      for (const auto& [gain, t] : wanted[r]) Offer(t, static_cast<int>(r));
    }
    for (std::vector<int>& options : options_) {
      std::sort(options.begin(), options.end());
      options.erase(std::unique(options.begin(), options.end()), options.end());
    }
  }

  template <typename Do>
  void ForEachOpen(int thesis, Do&& then) const {
    const absl::Span<const Score> scores = problem_.scores(thesis);
    absl::Span<const Pair> pins = problem_.pinned(thesis);
    if (needed_[static_cast<size_t>(thesis)] == 0) return;
    for (int r = 0; r < problem_.reviewers(); ++r) {
      if (!pins.empty() && pins.front().reviewer == r) {
        pins.remove_prefix(1);
      } else if (scores[static_cast<size_t>(r)] != kForbidden && most_[static_cast<size_t>(r)] > 0) {
        then(r);
      }
    }
  }

  // Nodes: theses, reviewers, the end, and one that stands for whoever is missing or idle.
  void Solve() {
    const int theses = problem_.theses();
    const int reviewers = problem_.reviewers();
    const int end = theses + reviewers;
    Graph graph;
    graph.reserveNode(end + 2);
    for (int i = 0; i < end + 2; ++i) graph.addNode();
    Graph::ArcMap<int64_t> cost(graph);
    Graph::ArcMap<int64_t> lower(graph);
    Graph::ArcMap<int64_t> upper(graph);
    const auto add = [&](int from, int to, int64_t least, int64_t most, int64_t arc_cost) {
      const Graph::Arc arc = graph.addArc(Graph::nodeFromId(from), Graph::nodeFromId(to));
      lower[arc] = least;
      upper[arc] = most;
      cost[arc] = arc_cost;
    };
    for (int t = 0; t < theses; ++t) {
      for (const int r : options_[static_cast<size_t>(t)]) add(t, theses + r, 0, 1, -gain_(t, r));
    }
    for (int r = 0; r < reviewers; ++r) {
      const size_t i = static_cast<size_t>(r);
      add(theses + r, end, least_[i], most_[i], 0);
    }
    const int first_missing = graph.arcNum();
    const int64_t all = std::accumulate(needed_.begin(), needed_.end(), int64_t{0});
    for (int t = 0; t < theses; ++t) add(t, end + 1, 0, needed_[static_cast<size_t>(t)], penalty_);
    for (int r = 0; r < reviewers; ++r) {
      const size_t i = static_cast<size_t>(r);
      if (least_[i] > 0) add(end + 1, theses + r, 0, least_[i], penalty_);
    }
    // Lets a reviewer's idle places be filled from nowhere, or missing reviewers vanish.
    add(end + 1, end, 0, all, 0);
    add(end, end + 1, 0, std::accumulate(least_.begin(), least_.end(), int64_t{0}), 0);
    Graph::NodeMap<int64_t> supply(graph, 0);
    for (int t = 0; t < theses; ++t) supply[Graph::nodeFromId(t)] = needed_[static_cast<size_t>(t)];
    supply[Graph::nodeFromId(end)] = -all;
    Simplex simplex(graph);
    simplex.lowerMap(lower).upperMap(upper).costMap(cost).supplyMap(supply);
    simplex.run();
    Read(simplex, first_missing);
  }

  void Read(const Simplex& simplex, int first_missing) {
    const int theses = problem_.theses();
    const int reviewers = problem_.reviewers();
    chosen_.assign(options_.size(), {});
    int arc = 0;
    for (size_t t = 0; t < options_.size(); ++t) {
      for (const int r : options_[t]) {
        if (simplex.flow(Graph::arcFromId(arc++)) > 0) chosen_[t].push_back(r);
      }
    }
    missing_.clear();
    idle_.assign(static_cast<size_t>(reviewers), 0);
    arc = first_missing;
    for (int t = 0; t < theses; ++t)
      missing_.push_back(static_cast<int>(simplex.flow(Graph::arcFromId(arc++))));
    for (size_t r = 0; r < least_.size(); ++r) {
      if (least_[r] > 0) idle_[r] = static_cast<int>(simplex.flow(Graph::arcFromId(arc++)));
    }
    // A reduced cost is cost + potential of the source - potential of the target.
    const int64_t end = simplex.potential(Graph::nodeFromId(theses + reviewers));
    prices_.clear();
    values_.clear();
    for (int r = 0; r < reviewers; ++r) {
      prices_.push_back(end - simplex.potential(Graph::nodeFromId(theses + r)));
    }
    for (int t = 0; t < theses; ++t) values_.push_back(simplex.potential(Graph::nodeFromId(t)) - end);
  }

  // A pair that was not offered helps if it gains more than the thesis has from its last place.
  bool AddPairsThatHelp() {
    bool added = false;
    std::vector<std::pair<int64_t, int>> found;
    for (int t = 0; t < problem_.theses(); ++t) {
      std::vector<int>& options = options_[static_cast<size_t>(t)];
      found.clear();
      size_t next = 0;
      ForEachOpen(t, [&](int r) {
        while (next < options.size() && options[next] < r) ++next;
        if (next < options.size() && options[next] == r) return;
        const int64_t surplus =
            gain_(t, r) - prices_[static_cast<size_t>(r)] - values_[static_cast<size_t>(t)];
        if (surplus > 0) found.push_back({-surplus, r});
      });
      if (found.empty()) continue;
      added = true;
      const size_t count = std::min(found.size(), static_cast<size_t>(kPairsAdded));
      std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end());
      for (size_t i = 0; i < count; ++i) options.push_back(found[i].second);
      std::sort(options.begin(), options.end());
    }
    return added;
  }

  FlowResult Result() {
    FlowResult result{std::move(chosen_),  std::move(prices_),  std::move(values_),
                      std::move(options_), std::move(missing_), std::move(idle_)};
    for (const Pair& pin : problem_.pinned()) {
      result.assignment[static_cast<size_t>(pin.thesis)].push_back(pin.reviewer);
    }
    for (std::vector<int>& reviewers : result.assignment) std::sort(reviewers.begin(), reviewers.end());
    const auto is_zero = [](int n) { return n == 0; };
    if (std::all_of(result.missing.begin(), result.missing.end(), is_zero)) result.missing.clear();
    if (std::all_of(result.idle.begin(), result.idle.end(), is_zero)) result.idle.clear();
    return result;
  }

  const Problem& problem_;
  const Gain& gain_;
  int64_t penalty_;
  std::vector<int> needed_;
  std::vector<int> least_;
  std::vector<int> most_;
  std::vector<std::vector<int>> options_;  // by thesis: reviewers in the network, ascending
  Assignment chosen_;
  std::vector<int> missing_;
  std::vector<int> idle_;
  std::vector<int64_t> prices_;
  std::vector<int64_t> values_;
};

}  // namespace

bool FlowResult::IsComplete() const { return missing.empty() && idle.empty(); }

FlowResult MaximiseGain(const Problem& problem, const Gain& gain, int64_t gain_max) {
  return Network(problem, gain, gain_max).Maximise();
}

}  // namespace soutenance::assignment::solver
