#include "services/scheduling/campaign_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::scheduling {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(ParseDate, ReadsExactlyOneForm) {
  EXPECT_THAT(ParseDate("2027-06-14"), Optional(absl::CivilDay(2027, 6, 14)));
  EXPECT_THAT(ParseDate("2028-02-29"), Optional(absl::CivilDay(2028, 2, 29)));
  for (const char* text :
       {"", "2027-6-14", "14/06/2027", "2027-06-14 ", " 2027-06-14", "2027-06-31", "2027-02-29", "2027-13-01",
        "2027-00-10", "0000-01-01", "+027-06-14", "2027-06-1٤"}) {
    EXPECT_THAT(ParseDate(text), Eq(std::nullopt)) << text;
  }
}

TEST(ParseTimeOfDay, ReadsMidnightAtBothEnds) {
  EXPECT_THAT(ParseTimeOfDay("00:00"), Optional(0));
  EXPECT_THAT(ParseTimeOfDay("09:30"), Optional(570));
  EXPECT_THAT(ParseTimeOfDay("24:00"), Optional(1440));
  for (const char* text : {"", "9:30", "09:60", "24:01", "25:00", "09:30:00", "09h30", "-1:00"}) {
    EXPECT_THAT(ParseTimeOfDay(text), Eq(std::nullopt)) << text;
  }
}

TEST(ParseMoment, HasNoTwentyFourOClock) {
  EXPECT_THAT(ParseMoment("2027-06-14T23:59"), Optional(absl::CivilMinute(2027, 6, 14, 23, 59)));
  for (const char* text : {"2027-06-14T24:00", "2027-06-14 09:00", "2027-06-14", "2027-06-14T9:00"}) {
    EXPECT_THAT(ParseMoment(text), Eq(std::nullopt)) << text;
  }
}

TEST(Texts, AreReadBackAsTheyWere) {
  for (const char* text : {"2027-06-14", "1999-12-31"}) EXPECT_EQ(DateText(*ParseDate(text)), text);
  for (const char* text : {"00:00", "09:05", "24:00"}) EXPECT_EQ(TimeOfDayText(*ParseTimeOfDay(text)), text);
  for (const char* text : {"2027-06-14T00:00", "2027-10-31T02:30"})
    EXPECT_EQ(MomentText(*ParseMoment(text)), text);
}

TEST(Minutes, AreCountedOnTheWallClockAlsoWhenClocksChange) {
  // In Paris, 28 March 2027 has 23 hours and 31 October 2027 has 25: on the wall, every day has 24.
  const absl::CivilDay spring(2027, 3, 27);
  EXPECT_EQ(MinuteOf(spring, absl::CivilMinute(2027, 3, 28, 9, 0)), 1440 + 540);
  EXPECT_EQ(MinuteOf(spring, absl::CivilMinute(2027, 3, 29, 9, 0)), 2 * 1440 + 540);
  EXPECT_EQ(MomentOf(absl::CivilDay(2027, 10, 30), 2 * 1440), absl::CivilMinute(2027, 11, 1, 0, 0));
  EXPECT_EQ(MinuteOf(spring, absl::CivilMinute(2027, 3, 26, 23, 0)), -60);
}

TEST(IntervalOf, EndsAtTheNextMidnight) {
  const absl::CivilDay first(2027, 6, 14);
  EXPECT_EQ(IntervalOf(first, first, 0, kEndOfDay), (solver::Interval{0, 1440}));
  EXPECT_EQ(IntervalOf(first, first + 1, 1380, kEndOfDay), (solver::Interval{2820, 2880}));
}

}  // namespace
}  // namespace soutenance::scheduling
