#include "clients/cli/dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::cli {
namespace {

using clients::Language;
using ::testing::ElementsAre;
using ::testing::Optional;

TEST(LongDay, ReadsAsPeopleSpeak) {
  EXPECT_EQ(LongDay("2027-06-14", Language::kFrench), "lundi 14 juin 2027");
  EXPECT_EQ(LongDay("2027-06-14", Language::kEnglish), "Monday 14 June 2027");
  EXPECT_EQ(LongDay("2027-08-01", Language::kFrench), "dimanche 1er août 2027");
  EXPECT_EQ(LongDay("not a day", Language::kFrench), "not a day");
}

TEST(ShortDay, FitsIntoAColumn) {
  EXPECT_EQ(ShortDay("2027-02-03", Language::kFrench), "mer. 3 févr.");
  EXPECT_EQ(ShortDay("2027-02-03", Language::kEnglish), "Wed 3 Feb");
}

TEST(TimeAfter, AddsMinutesAcrossHours) {
  EXPECT_EQ(TimeAfter("09:30", 60), "10:30");
  EXPECT_EQ(TimeAfter("23:30", 30), "24:00");
  EXPECT_EQ(TimeAfter("", 60), "");
}

TEST(StartParts, AreDayAndTime) {
  EXPECT_EQ(DayOf("2027-06-14T09:30"), "2027-06-14");
  EXPECT_EQ(TimeOf("2027-06-14T09:30"), "09:30");
  EXPECT_EQ(TimeOf(""), "");
}

TEST(ParseDay, TakesBothWaysOfWritingAndNoDayThatDoesNotExist) {
  EXPECT_EQ(ParseDay("2027-06-14"), absl::CivilDay(2027, 6, 14));
  EXPECT_EQ(ParseDay("14/06/2027"), absl::CivilDay(2027, 6, 14));
  for (const char* text : {"2027-06-31", "31/06/2027", "2027-06", "2027-06-14T09:30", "", "tomorrow"}) {
    EXPECT_EQ(ParseDay(text), std::nullopt) << text;
  }
}

TEST(ParseDays, TakesSpansAndLists) {
  EXPECT_THAT(ParseDays("2027-06-14..2027-06-15, 2027-06-21", Span::kMondaysToFridays),
              Optional(ElementsAre("2027-06-14", "2027-06-15", "2027-06-21")));
}

TEST(ParseDays, LeavesWeekendsOutOfSpansOnlyIfAsked) {
  EXPECT_THAT(ParseDays("2027-06-18..2027-06-21", Span::kMondaysToFridays),
              Optional(ElementsAre("2027-06-18", "2027-06-21")));
  EXPECT_THAT(ParseDays("2027-06-18..2027-06-21", Span::kEveryDay),
              Optional(ElementsAre("2027-06-18", "2027-06-19", "2027-06-20", "2027-06-21")));
  EXPECT_THAT(ParseDays("2027-06-19", Span::kMondaysToFridays),
              Optional(ElementsAre("2027-06-19")));  // named by itself: meant
}

TEST(ParseDays, RefusesWhatCannotBeMeant) {
  for (const char* text : {"2027-06-15..2027-06-14", "2027-06-14..", "x", "2027-01-01..2029-01-01",
                           "2027-06-14..2027-06-15..2027-06-16"}) {
    EXPECT_EQ(ParseDays(text, Span::kMondaysToFridays), std::nullopt) << text;
  }
}

TEST(ParseTimeSpan, HasTwoEnds) {
  const auto span = ParseTimeSpan("09:00-12:30");
  ASSERT_TRUE(span.has_value());
  EXPECT_EQ(span->from, "09:00");
  EXPECT_EQ(span->to, "12:30");
  for (const char* text : {"09:00", "-12:30", "09:00-", "9-10-11"})
    EXPECT_FALSE(ParseTimeSpan(text).has_value()) << text;
}

}  // namespace
}  // namespace soutenance::cli
