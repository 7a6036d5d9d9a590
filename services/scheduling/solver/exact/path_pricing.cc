#include "services/scheduling/solver/exact/path_pricing.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include "absl/container/flat_hash_map.h"

namespace soutenance::scheduling::solver {
namespace {

// Whether `a` stands for `b`, of which it has the nodes, where both are worth enough.
template <typename Beginning>
bool IsBetter(const Beginning& a, const Beginning& b) {
  return std::pair(a.gain, a.worth) > std::pair(b.gain, b.worth);
}

Bits StartsAfter(const PathGraph::Step& step, const Bits& starts) {
  Bits after;
  for (const auto& [from, to] : step.starts) {
    if (starts.Has(from)) after.Add(to);
  }
  return after;
}

}  // namespace

PathPricing::PathPricing(const PathGraph& graph, const Prices& prices) : graph_(graph), prices_(prices) {
  for (int node = 0; node < graph.size(); ++node) {
    std::vector<int64_t>& worth = worth_.emplace_back();
    for (const PathGraph::Step& step : graph.steps(node)) {
      int64_t own = step.gain * kUnit - prices.of_node[static_cast<std::size_t>(step.to)];
      for (const auto& [set, price] : prices.of_set) {
        if (set.Has(node) && set.Has(step.to)) own -= price;
      }
      worth.push_back(own);
    }
  }
  FindRests();
}

// Walks may come back to a node, but not at once: so this is no less than what any path adds.
void PathPricing::FindRests() {
  const auto longest = static_cast<std::size_t>(graph_.longest());
  const auto size = static_cast<std::size_t>(graph_.size());
  rests_.resize(longest + 1);
  for (std::size_t length = longest; length >= 1; --length) {
    const int64_t end = -prices_.of_length[length];
    rests_[length].assign(size, {end, -1, end});
    if (length == longest) continue;
    for (std::size_t node = 0; node < size; ++node) {
      Rest& own = rests_[length][node];
      const std::vector<PathGraph::Step>& steps = graph_.steps(static_cast<int>(node));
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const Rest& next = rests_[length + 1][static_cast<std::size_t>(steps[i].to)];
        const int64_t worth = worth_[node][i] + next.After(static_cast<int>(node));
        if (worth > own.best) {
          own = {worth, steps[i].to, own.best};
        } else {
          own.other = std::max(own.other, worth);
        }
      }
    }
  }
}

int64_t PathPricing::WorthAtMost() const {
  int64_t sum = 0;  // every path has one first node
  for (int node = 0; node < graph_.size(); ++node) {
    sum += std::max<int64_t>(0, rest(1, node).best - prices_.of_node[static_cast<std::size_t>(node)]);
  }
  return sum;
}

// Makes each of `current` longer by a node. Of those with the same nodes, the same last one at the same
// starts and the same gain only what is worth most goes on. Returns whether all were kept.
bool PathPricing::Extend(std::vector<Beginning>* all, std::vector<int>* current, int length, int64_t above,
                         std::size_t width) const {
  absl::flat_hash_map<std::tuple<Bits, Bits, int, int64_t>, int> best;
  std::vector<int> longer;
  for (const int from : *current) {
    const Beginning begun = (*all)[static_cast<std::size_t>(from)];
    const std::vector<PathGraph::Step>& steps = graph_.steps(begun.last);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const int to = steps[i].to;
      if (begun.nodes.Has(to)) continue;
      const int64_t worth = begun.worth + worth_[static_cast<std::size_t>(begun.last)][i];
      if (worth + rest(length, to).After(begun.last) <= above) continue;
      Beginning next{begun.nodes, StartsAfter(steps[i], begun.starts), to, from,
                     worth,       begun.gain + steps[i].gain};
      if (next.starts.IsEmpty()) continue;
      next.nodes.Add(to);
      const auto [found, is_new] =
          best.try_emplace({next.nodes, next.starts, to, next.gain}, static_cast<int>(all->size()));
      if (is_new) {
        longer.push_back(found->second);
        all->push_back(next);
      } else if (Beginning& other = (*all)[static_cast<std::size_t>(found->second)]; other.worth < worth) {
        other = next;
      }
    }
  }
  const bool are_all_kept = longer.size() <= width;
  if (!are_all_kept) {
    const auto most = [&](int i) {
      const Beginning& begun = (*all)[static_cast<std::size_t>(i)];
      return begun.worth + rest(length, begun.last).best;
    };
    std::nth_element(longer.begin(), longer.begin() + static_cast<std::ptrdiff_t>(width), longer.end(),
                     [&](int a, int b) { return std::pair(most(a), b) > std::pair(most(b), a); });
    longer.resize(width);
  }
  *current = std::move(longer);
  return are_all_kept;
}

void PathPricing::Collect(const std::vector<Beginning>& all, const std::vector<int>& current, int length,
                          int64_t above, Found* found) const {
  absl::flat_hash_map<Bits, std::size_t> of_nodes;
  std::vector<int> ends;
  for (const int i : current) {
    const Beginning& whole = all[static_cast<std::size_t>(i)];
    if (whole.worth - prices_.of_length[static_cast<std::size_t>(length)] <= above) continue;
    const auto [at, is_new] = of_nodes.try_emplace(whole.nodes, ends.size());
    if (is_new) {
      ends.push_back(i);
    } else if (IsBetter(whole, all[static_cast<std::size_t>(ends[at->second])])) {
      ends[at->second] = i;
    }
  }
  for (const int end : ends) {
    const Beginning& whole = all[static_cast<std::size_t>(end)];
    Path path{{}, whole.gain};
    for (int i = end; i >= 0; i = all[static_cast<std::size_t>(i)].from)
      path.nodes.push_back(all[static_cast<std::size_t>(i)].last);
    std::reverse(path.nodes.begin(), path.nodes.end());
    found->paths.push_back(
        {whole.worth - prices_.of_length[static_cast<std::size_t>(length)], std::move(path)});
  }
}

PathPricing::Found PathPricing::Search(int64_t above, std::size_t width) const {
  Found found{{}, true};
  std::vector<Beginning> all;
  std::vector<int> current;
  for (int node = 0; node < graph_.size(); ++node) {
    Beginning begun{{}, graph_.starts(node), node, -1, -prices_.of_node[static_cast<std::size_t>(node)], 0};
    begun.nodes.Add(node);
    current.push_back(node);
    all.push_back(begun);
  }
  for (int length = 2; length <= graph_.longest() && !current.empty(); ++length) {
    if (!Extend(&all, &current, length, above, width)) found.is_complete = false;
    Collect(all, current, length, above, &found);
  }
  std::stable_sort(found.paths.begin(), found.paths.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  return found;
}

}  // namespace soutenance::scheduling::solver
