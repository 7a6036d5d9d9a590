#include "services/scheduling/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::scheduling {
namespace {

using ::testing::ElementsAre;

const absl::CivilMinute kNine(2027, 6, 14, 9, 0);
const absl::CivilMinute kTen(2027, 6, 14, 10, 0);

Cast CastWithMinutes(int minutes) {
  Cast cast;
  cast.theses["theses/1"].duration_minutes = minutes;
  return cast;
}

// The calendar after publications of "theses/1" at these places, as numbers 1, 2, ...
std::vector<CalendarEntry> After(const std::vector<std::optional<Place>>& publications, int minutes = 60) {
  std::vector<CalendarEntry> calendar;
  int number = 0;
  for (const std::optional<Place>& place : publications) {
    const TimetableRecord timetable{.key = {.campaign = "campaigns/m2", .number = ++number},
                                    .placements = {{.thesis = "theses/1", .place = place}}};
    calendar = NextCalendar(calendar, timetable, CastWithMinutes(minutes));
  }
  return calendar;
}

CalendarEntry Entry(int sequence, bool is_cancelled, const Place& place, int shown_by) {
  return {.thesis = "theses/1",
          .sequence = sequence,
          .is_cancelled = is_cancelled,
          .place = place,
          .duration_minutes = 60,
          .shown_by = shown_by};
}

const Place kNineInA{.start = kNine, .room = "rooms/a"};
const Place kTenInA{.start = kTen, .room = "rooms/a"};
const Place kNineInB{.start = kNine, .room = "rooms/b"};

TEST(NextCalendar, BeginsWithSequenceZero) {
  EXPECT_THAT(After({kNineInA}), ElementsAre(Entry(0, false, kNineInA, 1)));
}

TEST(NextCalendar, KeepsTheSequenceOfWhatStays) {
  EXPECT_THAT(After({kNineInA, kNineInA}), ElementsAre(Entry(0, false, kNineInA, 2)));
}

TEST(NextCalendar, CountsEachChangeOfTimeOrRoom) {
  EXPECT_THAT(After({kNineInA, kTenInA, kNineInB}), ElementsAre(Entry(2, false, kNineInB, 3)));
}

TEST(NextCalendar, CountsAnotherDuration) {
  std::vector<CalendarEntry> calendar = After({kNineInA}, 60);
  const TimetableRecord again{.key = {.campaign = "campaigns/m2", .number = 2},
                              .placements = {{.thesis = "theses/1", .place = kNineInA}}};
  calendar = NextCalendar(calendar, again, CastWithMinutes(80));

  ASSERT_EQ(calendar.size(), 1u);
  EXPECT_EQ(calendar[0].sequence, 1);
  EXPECT_EQ(calendar[0].duration_minutes, 80);
}

TEST(NextCalendar, CancelsWhatHasNoPlaceAnyMoreAndKeepsItsLastPlace) {
  EXPECT_THAT(After({kNineInA, std::nullopt}), ElementsAre(Entry(1, true, kNineInA, 1)));
  EXPECT_THAT(After({kNineInA, std::nullopt, std::nullopt}), ElementsAre(Entry(1, true, kNineInA, 1)));
}

TEST(NextCalendar, CountsTheReturnOfACancelledDefence) {
  EXPECT_THAT(After({kNineInA, std::nullopt, kNineInA}), ElementsAre(Entry(2, false, kNineInA, 3)));
}

TEST(NextCalendar, CancelsWhatHasLeftTheCampaign) {
  const TimetableRecord empty{.key = {.campaign = "campaigns/m2", .number = 2}};
  EXPECT_THAT(NextCalendar(After({kNineInA}), empty, {}), ElementsAre(Entry(1, true, kNineInA, 1)));
}

TEST(NextCalendar, SaysNothingOfWhatNeverHadAPlace) { EXPECT_THAT(After({std::nullopt}), ElementsAre()); }

}  // namespace
}  // namespace soutenance::scheduling
