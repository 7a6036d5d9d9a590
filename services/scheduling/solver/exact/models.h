#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MODELS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MODELS_H_

#include <cstdint>
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

// Defences that are next to each other in one room, in this order.
using Chain = std::vector<DefenceId>;

// Finds a time for each chain as a whole, in either direction. The gain is the number of defences placed.
class PackModel {
 public:
  PackModel(const Graph& graph, const std::vector<Chain>& chains);
  const Mip& mip() const { return mip_; }
  std::vector<Run> Runs(const Mip::Answer& answer) const;

 private:
  std::vector<Run> runs_;  // by column
  Mip mip_;
};

// Where `chain` could be.
std::vector<Run> RunsOf(const Graph& graph, const Chain& chain);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MODELS_H_
