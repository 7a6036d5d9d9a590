#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_SCORE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_SCORE_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "services/scheduling/solver/model/rules.h"

namespace soutenance::scheduling::solver {

// What a timetable costs: points by level, most important first, less is better, compared lexicographically.
// A difference of two scores is a score, too.
struct Score {
  static constexpr int kLevels = 9;

  // [0] hard: points of hard rules; 0 for whatever the search makes. [1] unplaced: number of unplaced
  // defences. [2] strong, [3] soft and on to [8], soft_6: points of the rules of these levels.
  std::array<int64_t, kLevels> points{};

  int64_t hard() const { return points[0]; }
  int64_t unplaced() const { return points[1]; }
  int64_t strong() const { return points[2]; }
  int64_t soft() const { return points[3]; }

  // Adds `amount` points at `level`. REQUIRES: level is not kOff.
  void Add(RuleLevel level, int64_t amount) { points[static_cast<std::size_t>(level) - 1] += amount; }

  bool IsZero() const { return points == std::array<int64_t, kLevels>{}; }

  Score& operator+=(const Score& other);
  Score& operator-=(const Score& other);
  friend Score operator+(Score a, const Score& b) { return a += b; }
  friend Score operator-(Score a, const Score& b) { return a -= b; }
  friend bool operator==(const Score&, const Score&) = default;
  friend std::strong_ordering operator<=>(const Score&, const Score&) = default;

  // "0 hard, 2 unplaced, 0 strong, 340 soft", and levels below if they have points.
  std::string ToString() const;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_SCORE_H_
