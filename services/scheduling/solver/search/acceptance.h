#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ACCEPTANCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ACCEPTANCE_H_

#include <array>
#include <cstddef>
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
  static constexpr std::size_t kWishLevels = Score::kLevels - 2;

  // What one move typically changes at each level, in points; 0 at a level where nothing changes.
  struct Units {
    double unplaced = 1;
    std::array<double, kWishLevels> wishes{};  // strong first
  };
  void SetUnits(const Units& units);
  // The level of wishes at which temperature is measured, one of those where something changes: those above
  // weigh more, and more and more while it cools, those below only break ties. The last one unless this says
  // otherwise.
  void SetFocus(std::size_t level) { focus_ = level; }
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
    double cost = unplaced_weight_ * static_cast<double>(delta.unplaced());
    for (std::size_t i = 0; i < wish_levels_; ++i) {
      cost += wish_weights_[i] * static_cast<double>(delta.points[i + 2]);
    }
    return cost;
  }

  Units units_;
  double unplaced_factor_ = 1;
  double unplaced_weight_ = 1;
  std::array<double, kWishLevels> wish_weights_{};
  std::size_t wish_levels_ = kWishLevels;  // those beyond never change
  std::size_t focus_ = 0;
  double temperature_ = 1;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_ACCEPTANCE_H_
