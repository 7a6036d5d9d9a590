#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MODELS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MODELS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scheduling/solver/exact/graph.h"
#include "services/scheduling/solver/exact/mip.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// The exact models. In all of them rooms are only counted, so each is a relaxation: what it proves holds for
// every timetable without broken hard rules. Where rooms are always open it is exact, because chains of
// defences are intervals and can be coloured with the rooms.

// Positions in time order, each of one defence, that are in one room one after the other.
using Run = std::vector<int>;

// Gives the runs rooms, and takes apart those for which no room is free; what finds no room at all stays out.
Placements WithRooms(const Graph& graph, std::vector<Run> runs);

//   maximise  sum y[i]
//   y[i]      defence d(i) is at position i
//   defence   sum of y[i] over the positions of d <= 1
//   person    at any moment, the defences of one person that cover it: at most one; limits of a day, of all
//   rooms     at any moment, the defences that cover it, with the buffer behind each: at most the open rooms
class MostPlaced {
 public:
  explicit MostPlaced(const Graph& graph);
  const Mip& mip() const { return mip_; }
  std::vector<Run> Runs(const Mip::Answer& answer) const;

 private:
  Mip mip_;
};

// How much people stay (see the rule back_to_back), at `placed` defences placed:
//
//   maximise  sum gain[e] a[e] - sum (n(p) - 1)         minus the comings too many
//   a[e]      an arc: position j follows on position i in one room; gain: people who attend both
//   y, defence, person, rooms as above; sum y >= placed
//   out, in   sum of a[e] out of i <= y[i], and into j <= y[j]
//   u[p,k]    person p comes on day k:
//             y[i] <= u[p,k] for p's positions of the day,
//             sum of a[e] between p's positions of the day <= sum of their y - u[p,k]
class ChainModel {
 public:
  ChainModel(const Graph& graph, int placed);
  const Mip& mip() const { return mip_; }
  std::vector<Run> Runs(const Mip::Answer& answer) const;

  // The same where only the defences of `free` may move, the others being as in `placements`: their columns
  // alone are left. What its answer chooses is told by `numbers`.
  Mip Around(const Placements& placements, const std::vector<bool>& free, std::vector<int>* numbers) const;

 private:
  void AddPresence();

  const Graph& graph_;
  Mip mip_;
};

// The same without time, for when all defences are placed: far smaller, and strong where people have time.
//
//   maximise  sum gain[e] l[e]
//   l[e]      two defences are next to each other in one room, in either order
//   defence   sum of l at a defence <= 2
//   person    sum of l between defences of p <= n(p) - ceil(n(p) / H), H the longest chain
//   set S     sum of l within S <= |S| - ceil(|S| / H): added where a solution breaks it, and for paths that
//             have no place in time at all
class LinkModel {
 public:
  explicit LinkModel(const Graph& graph);
  const Mip& mip() const { return mip_; }

  // Cuts off what `values`, by link, break most: sets with too many links in all. Returns whether there were
  // any.
  bool CutFraction(const std::vector<double>& values);

  // The defences of `answer` in paths, those without links alone; cuts off what is no set of paths that could
  // each be somewhere. Returns nothing if it cut: then maximise again.
  using Path = std::vector<DefenceId>;
  std::optional<std::vector<Path>> PathsOrCut(const Mip::Answer& answer);

 private:
  void AddTriangles();
  void CutSet(const Path& set, int64_t most);
  bool CutComponent(const Path& order, bool is_cycle);
  bool HasAPlace(const Path& path) const;
  bool CutPath(const Path& path);

  const Graph& graph_;
  Mip mip_;
};

// Finds a time for each path as a whole. The gain is that of the paths placed; all of them if it is the sum.
class PackModel {
 public:
  PackModel(const Graph& graph, const std::vector<LinkModel::Path>& paths);
  const Mip& mip() const { return mip_; }
  std::vector<Run> Runs(const Mip::Answer& answer) const;

 private:
  std::vector<Run> runs_;  // by column
  Mip mip_;
};

// Where `path` could be, in this order of its defences.
std::vector<Run> RunsOf(const Graph& graph, const LinkModel::Path& path);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MODELS_H_
