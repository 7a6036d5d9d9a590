#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATH_MODEL_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATH_MODEL_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/scheduling/solver/exact/column_lp.h"
#include "services/scheduling/solver/exact/path_pricing.h"
#include "services/scheduling/solver/exact/paths.h"

namespace soutenance::scheduling::solver {

// How much people stay (see the rule back_to_back) among some defences, by whole chains of defences; nothing
// is known of when they are but that each could be somewhere:
//
//   maximise   sum gain[q] x[q]
//   x[q]       the defences of path q follow on each other
//   defence    sum of x over the paths with it <= 1
//   length k   sum of x over the paths of k defences or more <= how many of these the rooms have time for
//   placed     sum of |q| x[q] <= how many defences are placed at most
//   set S      sum of x, once for each step within S <= |S| - ceil(|S| / H), H the longest chain: of each
//              person with more defences than H, and added where a solution breaks it
//
// Paths are looked for as they are needed. At any time its prices, rounded to whole numbers, prove a bound:
// no rounding error can make it too small.
class PathModel {
 public:
  struct Limits {
    absl::Time end;
    const std::atomic<bool>* stop;
  };
  struct Answer {
    int64_t bound;           // proven; not above that of Tighten
    std::vector<Path> best;  // that gain as much as the bound, if some were found
  };

  // `graph` and what `limits` refers to outlive it.
  PathModel(const PathGraph& graph, const Problem& problem, int placed, const Limits& limits);

  // No timetable gains more among these defences. Works until nothing more is to be had from the linear
  // program, or until it is no more than `wanted`.
  int64_t Tighten(int64_t wanted);

  // After Tighten: looks for whole paths that gain as much as the bound, and lowers it where there are none.
  Answer Complete();

  const PathGraph& graph() const { return graph_; }

 private:
  // Factor times the steps within it is at most so much.
  struct Set {
    Bits nodes;
    int64_t factor;
    int64_t most;
  };

  void AddSet(const std::vector<int>& nodes);
  void AddSet(const Set& set);
  void Demand(int a, int b);
  void AddPath(Path path);
  void AddFound(PathPricing::Found found);
  int RowOfLength(int length) const { return graph_.size() + length - 2; }
  int RowOfPlaced() const { return RowOfLength(graph_.longest() + 1); }
  int RowOfSet(std::size_t set) const { return RowOfPlaced() + 1 + static_cast<int>(set); }
  bool IsOver() const { return limits_.stop->load() || absl::Now() >= limits_.end; }
  PathPricing::Prices TakePrices();
  bool Generate(int64_t wanted);
  std::vector<std::map<int, double>> Steps() const;
  bool CutSets();
  void Tighten(int64_t wanted, int idle_rounds);
  bool Find(int64_t gain, std::vector<Path>* best);
  std::vector<Path> WholePaths() const;

  const PathGraph& graph_;
  const Limits limits_;
  const int placed_;
  ColumnLp lp_;
  std::vector<Path> paths_;  // by column; without nodes: pays for a step that is missing
  std::vector<Set> sets_;
  int64_t bound_;      // proven
  int64_t price_ = 0;  // what the prices say that all rows are worth
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_PATH_MODEL_H_
