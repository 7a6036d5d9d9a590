#include "services/scheduling/solver/search/random.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace soutenance::scheduling::solver {
namespace {

TEST(Random, GivesTheSameNumbersForever) {
  Random random(1);
  EXPECT_EQ(random.Next(), 12966619160104079557u);
  EXPECT_EQ(random.Next(), 9600361134598540522u);
}

TEST(Random, DrawsEachNumberBelowTheBoundAboutAsOften) {
  Random random(7);
  std::array<int, 6> count{};
  for (int i = 0; i < 60'000; ++i) ++count.at(random.Below(6));
  for (const int of_one : count) {
    EXPECT_GT(of_one, 9'600);
    EXPECT_LT(of_one, 10'400);
  }
}

TEST(Random, DrawsOnlyZeroBelowOne) {
  Random random(3);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(random.Below(1), 0u);
}

TEST(Random, StaysInTheUnitInterval) {
  Random random(5);
  for (int i = 0; i < 1000; ++i) {
    const double unit = random.Unit();
    EXPECT_GE(unit, 0);
    EXPECT_LT(unit, 1);
  }
}

TEST(Random, DerivesDifferentStreamsFromOneSeed) {
  EXPECT_NE(Random::Derive(1, 0), Random::Derive(1, 1));
  EXPECT_NE(Random::Derive(1, 0), Random::Derive(2, 0));
  EXPECT_EQ(Random::Derive(1, 5), Random::Derive(1, 5));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
