#include "services/scheduling/solver/exact/paths.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace soutenance::scheduling::solver {
namespace {

// Times during which a room could have defences that follow on each other: no chain of them reaches from one
// to another.
std::vector<Minute> StretchesOf(std::vector<Interval> times, Minute gap) {
  std::sort(times.begin(), times.end(), [](const Interval& a, const Interval& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  std::vector<Minute> lengths;
  Interval stretch = times.front();
  for (const Interval& time : times) {
    if (time.from >= stretch.to + gap) {
      lengths.push_back(stretch.to - stretch.from);
      stretch = time;
    }
    stretch.to = std::max(stretch.to, time.to);
  }
  lengths.push_back(stretch.to - stretch.from);
  return lengths;
}

}  // namespace

std::vector<std::vector<DefenceId>> PathGraph::PartsOf(const Graph& graph) {
  std::vector<std::size_t> root(graph.problem().defences().size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto root_of = [&](DefenceId id) {
    std::size_t i = Index(id);
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  for (const Graph::Pair& pair : graph.pairs()) root[root_of(pair.a)] = root_of(pair.b);
  std::map<std::size_t, std::vector<DefenceId>> by_root;
  ForEachId<DefenceId>(graph.problem().DefenceCount(),
                       [&](DefenceId id) { by_root[root_of(id)].push_back(id); });
  std::vector<std::vector<DefenceId>> parts;
  for (auto& [at, part] : by_root) {
    if (part.size() > 1) parts.push_back(std::move(part));
  }
  return parts;
}

PathGraph::PathGraph(const Graph& graph, std::vector<DefenceId> part)
    : part_(std::move(part)),
      steps_(part_.size()),
      longest_(std::max(2, std::min(graph.LongestChain(), size()))) {
  ListSteps(graph);
  CountPaths(graph);
}

void PathGraph::ListSteps(const Graph& graph) {
  const bool are_told_apart = std::all_of(part_.begin(), part_.end(), [&](DefenceId id) {
    return graph.EndOf(id) - graph.FirstOf(id) <= Bits::kMost;
  });
  std::vector<int> node_of(graph.problem().defences().size(), -1);
  for (int node = 0; node < size(); ++node) {
    node_of[Index(defence(node))] = node;
    Bits& starts = starts_.emplace_back();
    const int count = graph.EndOf(defence(node)) - graph.FirstOf(defence(node));
    for (int i = 0; i < (are_told_apart ? count : 1); ++i) starts.Add(i);
  }
  std::map<std::pair<int, int>, std::size_t> step_of;
  for (const Graph::Arc& arc : graph.arcs()) {
    const DefenceId a = graph.position(arc.from).defence;
    const DefenceId b = graph.position(arc.to).defence;
    const int from = node_of[Index(a)];
    const int to = node_of[Index(b)];
    if (from < 0 || to < 0) continue;
    std::vector<Step>& steps = steps_[static_cast<std::size_t>(from)];
    const auto [found, is_new] = step_of.try_emplace({from, to}, steps.size());
    if (is_new) steps.push_back({to, arc.gain, {}});
    if (are_told_apart) {
      steps[found->second].starts.push_back({arc.from - graph.FirstOf(a), arc.to - graph.FirstOf(b)});
    } else if (is_new) {
      steps.back().starts.push_back({0, 0});
    }
  }
}

void PathGraph::CountPaths(const Graph& graph) {
  const Problem& problem = graph.problem();
  const Minute buffer = problem.buffer_minutes();
  std::map<RoomId, std::vector<Interval>> times;
  std::vector<Minute> durations;
  for (const DefenceId id : part_) {
    durations.push_back(problem.defence(id).duration_minutes);
    for (int i = graph.FirstOf(id); i < graph.EndOf(id); ++i) {
      for (const RoomId room : graph.position(i).rooms)
        times[room].push_back({graph.position(i).start, graph.position(i).end});
    }
  }
  std::vector<Minute> stretches;
  for (auto& [room, of_room] : times) {
    const std::vector<Minute> own = StretchesOf(std::move(of_room), buffer + problem.grid_minutes());
    stretches.insert(stretches.end(), own.begin(), own.end());
  }
  std::sort(durations.begin(), durations.end());
  paths_at_most_.assign(static_cast<std::size_t>(longest_) + 1, 0);
  Minute least = 0;  // time of a path, with the buffer behind it
  for (std::size_t length = 1; length < paths_at_most_.size(); ++length) {
    least += durations[length - 1] + buffer;
    for (const Minute stretch : stretches) paths_at_most_[length] += (stretch + buffer) / least;
  }
}

}  // namespace soutenance::scheduling::solver
