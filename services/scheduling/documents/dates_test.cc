#include "services/scheduling/documents/dates.h"

#include <gtest/gtest.h>

namespace soutenance::scheduling::documents {
namespace {

constexpr Language kFr = Language::kFrench;
constexpr Language kEn = Language::kEnglish;

TEST(LongDate, IsWrittenAsPeopleSayIt) {
  EXPECT_EQ(LongDate(absl::CivilDay(2027, 6, 14), kFr), "lundi 14\u00a0juin 2027");
  EXPECT_EQ(LongDate(absl::CivilDay(2027, 6, 14), kEn), "Monday 14\u00a0June 2027");
  EXPECT_EQ(LongDate(absl::CivilDay(2027, 8, 15), kFr), "dimanche 15\u00a0août 2027");
}

TEST(LongDate, CountsOnlyTheFirstOfAMonthInFrench) {
  EXPECT_EQ(LongDate(absl::CivilDay(2027, 6, 1), kFr), "mardi 1er\u00a0juin 2027");
  EXPECT_EQ(LongDate(absl::CivilDay(2027, 6, 2), kFr), "mercredi 2\u00a0juin 2027");
  EXPECT_EQ(LongDate(absl::CivilDay(2027, 6, 1), kEn), "Tuesday 1\u00a0June 2027");
}

TEST(ShortDate, AbbreviatesTheWeekdayOnly) {
  EXPECT_EQ(ShortDate(absl::CivilDay(2027, 7, 1), kFr), "jeu.\u00a01er\u00a0juillet");
  EXPECT_EQ(ShortDate(absl::CivilDay(2027, 7, 1), kEn), "Thu\u00a01\u00a0July");
}

TEST(ClockTime, FollowsTheHabitOfTheLanguage) {
  EXPECT_EQ(ClockTime(absl::CivilMinute(2027, 6, 14, 14, 30), kFr), "14\u00a0h\u00a030");
  EXPECT_EQ(ClockTime(absl::CivilMinute(2027, 6, 14, 9, 5), kFr), "9\u00a0h\u00a005");
  EXPECT_EQ(ClockTime(absl::CivilMinute(2027, 6, 14, 9, 0), kFr), "9\u00a0h");
  EXPECT_EQ(ClockTime(absl::CivilMinute(2027, 6, 14, 9, 0), kEn), "09:00");
}

TEST(DurationText, UsesHoursFromOneHourOn) {
  EXPECT_EQ(DurationText(45, kFr), "45\u00a0min");
  EXPECT_EQ(DurationText(60, kFr), "1\u00a0h");
  EXPECT_EQ(DurationText(75, kFr), "1\u00a0h\u00a015");
}

TEST(LongInstant, IsToldInTheZone) {
  absl::TimeZone paris;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Paris", &paris));
  const absl::Time half_past_noon_utc =
      absl::FromCivil(absl::CivilSecond(2027, 6, 14, 12, 30, 0), absl::UTCTimeZone());
  EXPECT_EQ(LongInstant(half_past_noon_utc, paris, kFr), "lundi 14\u00a0juin 2027 à 14\u00a0h\u00a030");
  EXPECT_EQ(LongInstant(half_past_noon_utc, paris, kEn), "Monday 14\u00a0June 2027 at 14:30");
}

}  // namespace
}  // namespace soutenance::scheduling::documents
