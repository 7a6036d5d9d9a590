#include "services/scheduling/solver/search/acceptance.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace soutenance::scheduling::solver {
namespace {

// In units of what a move typically changes.
constexpr double kWarm = 1.5;
constexpr int kTemperatures = 256;
constexpr double kRatio = 0.984;  // from one temperature to the next: 1.5 to 0.024

// What the upper levels count when warm, in the same units, and how much more when cold.
constexpr double kUnplacedWeight = 6;
constexpr double kStrongWeight = 3;
constexpr double kGrowth = 8;
// What each level below the one in focus counts, of the level before it.
constexpr double kTieWeight = 0.2;

// ln(1 / u) for 0 < u <= 1, by halving and the series of the inverse hyperbolic tangent.
constexpr double MinusLog(double u) {
  constexpr double kLog2 = 0.693147180559945309417;
  double result = 0;
  while (u < 0.70710678) {
    u *= 2;
    result += kLog2;
  }
  const double z = (1 - u) / (1 + u);
  double power = z;
  for (int n = 1; n < 30; n += 2) {
    result += 2 * power / n;
    power *= z * z;
  }
  return result;
}

constexpr std::size_t kDraws = 4096;

// An exponential draw is one of these, each as likely as the others.
constexpr std::array<double, kDraws> MakeDraws() {
  std::array<double, kDraws> draws{};
  for (std::size_t i = 0; i < kDraws; ++i) {
    draws[i] = MinusLog((static_cast<double>(i) + 0.5) / static_cast<double>(kDraws));
  }
  return draws;
}

constexpr std::array<double, kDraws> kExponential = MakeDraws();

constexpr std::array<double, kTemperatures> MakeTemperatures() {
  std::array<double, kTemperatures> temperatures{};
  double temperature = kWarm;
  for (double& entry : temperatures) {
    entry = temperature;
    temperature *= kRatio;
  }
  return temperatures;
}

constexpr std::array<double, kTemperatures> kCooling = MakeTemperatures();

}  // namespace

void Acceptance::SetUnits(const Units& units) {
  units_ = units;
  units_.unplaced = std::max(1.0, units.unplaced);
  // Where nothing was seen to change, a point counts as one.
  focus_ = 0;
  wish_levels_ = 2;
  for (std::size_t i = 0; i < kWishLevels; ++i) {
    if (units.wishes[i] <= 0) continue;
    focus_ = i;
    wish_levels_ = std::max(wish_levels_, i + 1);
    units_.wishes[i] = std::max(1.0, units.wishes[i]);
  }
}

void Acceptance::WeighUnplaced(double factor) {
  unplaced_factor_ = std::min(1e6, std::max(1.0, unplaced_factor_ * factor));
}

void Acceptance::SetTemperature(double warmth, double progress) {
  const auto step = static_cast<std::size_t>(progress * (kTemperatures - 1));
  temperature_ = warmth * kCooling[std::min<std::size_t>(step, kTemperatures - 1)];
  const double growth = 1 + (kGrowth - 1) * progress;
  unplaced_weight_ = kUnplacedWeight * unplaced_factor_ * growth / units_.unplaced;
  // Levels where nothing was seen to change do not make those above heavier.
  double weight = 1;
  for (std::size_t i = focus_; i-- > 0;) {
    const double heavier = weight * (weight == 1 ? kStrongWeight * growth : kStrongWeight);
    wish_weights_[i] = heavier / std::max(1.0, units_.wishes[i]);
    if (units_.wishes[i] > 0) weight = heavier;
  }
  weight = 1;
  for (std::size_t i = focus_; i < wish_levels_; ++i) {
    wish_weights_[i] = weight / std::max(1.0, units_.wishes[i]);
    weight *= kTieWeight;
  }
}

double Acceptance::DrawPatience(Random& random) const {
  return temperature_ * kExponential[random.Next() % kDraws];
}

}  // namespace soutenance::scheduling::solver
