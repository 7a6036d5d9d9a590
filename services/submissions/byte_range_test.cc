#include "services/submissions/byte_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace soutenance::submissions {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ByteRanges, MergesWhatTouches) {
  ByteRanges ranges;
  ranges.Add({10, 20});
  ranges.Add({30, 40});
  ranges.Add({5, 5});
  EXPECT_THAT(ranges.All(), ElementsAre(ByteRange{10, 20}, ByteRange{30, 40}));
  ranges.Add({20, 30});
  EXPECT_THAT(ranges.All(), ElementsAre(ByteRange{10, 40}));
  EXPECT_EQ(ranges.bytes(), 30);
  EXPECT_THAT(ranges.MissingIn({0, 50}), ElementsAre(ByteRange{0, 10}, ByteRange{40, 50}));
  EXPECT_THAT(ranges.MissingIn({15, 35}), IsEmpty());
}

TEST(ByteRanges, IsWhatASetOfBytesIs) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    ByteRanges ranges;
    std::vector<bool> set(40, false);
    for (int step = 0; step < 12; ++step) {
      const ByteRange range{static_cast<int64_t>(random() % 40), static_cast<int64_t>(random() % 41)};
      std::vector<bool> missing(40, false);
      for (const ByteRange& each : ranges.MissingIn(range)) {
        for (int64_t i = each.begin; i < each.end; ++i) missing[static_cast<std::size_t>(i)] = true;
      }
      for (int64_t i = range.begin; i < range.end; ++i) {
        EXPECT_EQ(missing[static_cast<std::size_t>(i)], !set[static_cast<std::size_t>(i)]);
      }
      ranges.Add(range);
      for (int64_t i = range.begin; i < range.end; ++i) set[static_cast<std::size_t>(i)] = true;
      int64_t bytes = 0;
      for (const bool in : set) bytes += in;
      ASSERT_EQ(ranges.bytes(), bytes);
    }
  }
}

}  // namespace
}  // namespace soutenance::submissions
