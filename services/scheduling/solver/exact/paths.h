#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATHS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATHS_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "services/scheduling/solver/exact/graph.h"

namespace soutenance::scheduling::solver {

// A set of numbers from 0 to 255.
struct Bits {
  static constexpr int kMost = 256;

  bool Has(int i) const { return ((words[static_cast<std::size_t>(i) / 64] >> (i % 64)) & 1) != 0; }
  void Add(int i) { words[static_cast<std::size_t>(i) / 64] |= uint64_t{1} << (i % 64); }
  bool IsEmpty() const { return words == std::array<uint64_t, 4>{}; }

  friend bool operator==(const Bits&, const Bits&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const Bits& bits) {
    return H::combine(std::move(state), bits.words);
  }

  std::array<uint64_t, 4> words{};
};

// Defences that follow on each other in one room, in the order of time: two or more, by their nodes in a
// PathGraph. Gain: the people who attend both of two neighbours, added up.
struct Path {
  std::vector<int> nodes;
  int64_t gain;
};

// What could follow on what among some defences of a campaign, whatever the others do.
class PathGraph {
 public:
  struct Step {
    int to;
    int64_t gain;
    std::vector<std::pair<int, int>> starts;  // of the one, of the other that follows: numbers in `starts`
  };

  // The defences that can gain anything, in parts that have no arc between them.
  static std::vector<std::vector<DefenceId>> PartsOf(const Graph& graph);

  // REQUIRES: `graph` lists its arcs; `part` has no more defences than Bits can tell, ascending.
  PathGraph(const Graph& graph, std::vector<DefenceId> part);

  int size() const { return static_cast<int>(part_.size()); }
  DefenceId defence(int node) const { return part_[static_cast<std::size_t>(node)]; }
  const std::vector<Step>& steps(int node) const { return steps_[static_cast<std::size_t>(node)]; }
  // When the defence could start. Where there are too many starts they are not told apart.
  const Bits& starts(int node) const { return starts_[static_cast<std::size_t>(node)]; }
  // No path has more nodes.
  int longest() const { return longest_; }
  // No timetable has more paths of at least `length` nodes: rooms are not open longer.
  int64_t PathsAtMost(int length) const { return paths_at_most_[static_cast<std::size_t>(length)]; }

 private:
  void ListSteps(const Graph& graph);
  void CountPaths(const Graph& graph);

  std::vector<DefenceId> part_;
  std::vector<std::vector<Step>> steps_;
  std::vector<Bits> starts_;
  int longest_;
  std::vector<int64_t> paths_at_most_;  // by length
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATHS_H_
