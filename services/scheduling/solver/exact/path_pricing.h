#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATH_PRICING_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATH_PRICING_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "services/scheduling/solver/exact/paths.h"

namespace soutenance::scheduling::solver {

// Finds the paths of a graph that are worth most after prices. All numbers are whole, in parts of a gain, so
// that what it says of them is exact.
class PathPricing {
 public:
  static constexpr int64_t kUnit = int64_t{1} << 20;  // parts of a gain

  struct Prices {
    std::vector<int64_t> of_node;
    std::vector<int64_t> of_length;  // of a path, by its number of nodes
    // Of each step between two nodes of a set; negative where steps are wanted.
    std::vector<std::pair<Bits, int64_t>> of_set;
  };
  struct Found {
    // Worth most first. Of those of the same nodes the one that gains most.
    std::vector<std::pair<int64_t, Path>> paths;
    bool is_complete;  // all of them
  };

  // Refers to both, which must outlive it. Prices of nodes and lengths are not negative.
  PathPricing(const PathGraph& graph, const Prices& prices);

  // What paths without a common node are worth at most together.
  int64_t WorthAtMost() const;

  // Paths worth more than `above`. Of each length it follows no more than `width` beginnings.
  Found Search(int64_t above, std::size_t width) const;

 private:
  // The most that the rest of a walk adds: over its next nodes, best first.
  struct Rest {
    int64_t best;
    int next;       // of the best; -1: it ends
    int64_t other;  // if the next node is another one
    int64_t After(int node) const { return next == node ? other : best; }
  };
  struct Beginning {
    Bits nodes;
    Bits starts;  // of the last node
    int last;
    int from;  // the beginning that it makes longer; -1: none
    int64_t worth;
    int64_t gain;
  };

  const Rest& rest(int length, int node) const {
    return rests_[static_cast<std::size_t>(length)][static_cast<std::size_t>(node)];
  }
  void FindRests();
  bool Extend(std::vector<Beginning>* all, std::vector<int>* current, int length, int64_t above,
              std::size_t width) const;
  void Collect(const std::vector<Beginning>& all, const std::vector<int>& current, int length, int64_t above,
               Found* found) const;

  const PathGraph& graph_;
  const Prices& prices_;
  std::vector<std::vector<int64_t>> worth_;  // of a step and the node it goes to, by node and step
  std::vector<std::vector<Rest>> rests_;     // by number of nodes so far and the last one
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATH_PRICING_H_
