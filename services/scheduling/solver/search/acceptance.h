#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ACCEPTANCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ACCEPTANCE_H_

#include <cstdint>

#include "services/scheduling/solver/model/score.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// Whether annealing makes a move. Levels are weighed against each other while it is warm, so that the walk
// can cross a timetable without some defence on its way to a better one; the weights of the upper levels grow
// while it cools, until no number of wishes buys a defence. Only the comparison of scores decides what is
// best; this only decides where to walk.
//
// Uses the four operations of floating point and nothing else, which are the same everywhere.
class Acceptance {
 public:
  // What one move typically changes at each level, in points; at least 1.
  struct Units {
    double unplaced = 1;
    double strong = 1;
    double soft = 1;
    bool has_soft = true;  // whether soft points change at all
  };
  void SetUnits(const Units& units);
  // Being without a defence counts `factor` times as much as before.
  void WeighUnplaced(double factor);
  // `warmth` 1 is the usual first temperature. `progress` from 0 (warm) to 1 (cold).
  void SetTemperature(double warmth, double progress);

  // Accepts what costs nothing always, and what costs something sometimes.
  bool Accepts(const Score& delta, double patience) const { return Cost(delta) <= patience; }
  // The cost that is accepted at the next draw.
  double DrawPatience(Random& random) const;
  // What it costs that `count` more defences are unplaced, whatever a move changes besides.
  double UnplacedCost(int count) const { return unplaced_weight_ * units_.unplaced * count; }

 private:
  double Cost(const Score& delta) const {
    return unplaced_weight_ * static_cast<double>(delta.unplaced()) +
           strong_weight_ * static_cast<double>(delta.strong()) +
           soft_weight_ * static_cast<double>(delta.soft());
  }

  Units units_;
  double unplaced_factor_ = 1;
  double unplaced_weight_ = 1;
  double strong_weight_ = 1;
  double soft_weight_ = 1;
  double temperature_ = 1;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ACCEPTANCE_H_
