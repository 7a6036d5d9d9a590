#include "services/scheduling/solver/model/time.h"

#include <gmock/gmock.h>

namespace soutenance::scheduling::solver {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Normalised, SortsMergesAndDropsEmptyIntervals) {
  EXPECT_THAT(Normalised({{50, 60}, {10, 20}, {20, 30}, {15, 25}, {40, 40}}),
              ElementsAre(Interval{10, 30}, Interval{50, 60}));
}

TEST(Normalised, KeepsWhatLiesInsideALongerInterval) {
  EXPECT_THAT(Normalised({{10, 100}, {20, 30}}), ElementsAre(Interval{10, 100}));
}

TEST(Intersection, IsWhatIsInBoth) {
  EXPECT_THAT(Intersection({{0, 10}, {20, 30}, {40, 50}}, {{5, 25}, {45, 60}}),
              ElementsAre(Interval{5, 10}, Interval{20, 25}, Interval{45, 50}));
  EXPECT_THAT(Intersection({{0, 10}}, {{10, 20}}), IsEmpty());
}

TEST(AnyOverlaps, DoesNotCountTouching) {
  const std::vector<Interval> busy = {{10, 20}, {30, 40}};
  EXPECT_FALSE(AnyOverlaps(busy, {0, 10}));
  EXPECT_FALSE(AnyOverlaps(busy, {20, 30}));
  EXPECT_FALSE(AnyOverlaps(busy, {40, 50}));
  EXPECT_TRUE(AnyOverlaps(busy, {19, 21}));
  EXPECT_TRUE(AnyOverlaps(busy, {5, 50}));
  EXPECT_TRUE(AnyOverlaps(busy, {35, 36}));
}

TEST(AnyContains, WantsOneIntervalToHoldAllOfIt) {
  const std::vector<Interval> open = {{10, 20}, {30, 40}};
  EXPECT_TRUE(AnyContains(open, {10, 20}));
  EXPECT_TRUE(AnyContains(open, {32, 34}));
  EXPECT_FALSE(AnyContains(open, {15, 35}));
  EXPECT_FALSE(AnyContains(open, {20, 30}));
  EXPECT_FALSE(AnyContains(open, {35, 41}));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
