#include "services/directory/import/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::directory::import_folder {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(ParseDay, ReadsBothWays) {
  EXPECT_EQ(ParseDay("2027-06-14"), absl::CivilDay(2027, 6, 14));
  EXPECT_EQ(ParseDay("14/06/2027"), absl::CivilDay(2027, 6, 14));
  EXPECT_EQ(ParseDay(" 4/6/2027 "), absl::CivilDay(2027, 6, 4));
  EXPECT_EQ(ParseDay("29/02/2028"), absl::CivilDay(2028, 2, 29));
}

TEST(ParseDay, RefusesWhatIsNoDay) {
  for (const char* text : {"", "31/06/2027", "29/02/2027", "2027-13-01", "14/06/27", "06/14/2027",
                           "14.06.2027", "2027-06", "demain", "1999-01-01", "2027-06-14-01"}) {
    EXPECT_EQ(ParseDay(text), std::nullopt) << text;
  }
}

TEST(ParseTimeOfDay, ReadsTheWaysInWhichPeopleWriteTimes) {
  for (const char* text : {"09:30", "9:30", "9h30", "09h30", "9 h 30", "9H30", "09:30:00",
                           "9\u00A0h\u00A0"
                           "30"}) {
    EXPECT_EQ(ParseTimeOfDay(text), 570) << text;
  }
  EXPECT_EQ(ParseTimeOfDay("9h"), 540);
  EXPECT_EQ(ParseTimeOfDay("0:00"), 0);
  EXPECT_EQ(ParseTimeOfDay("24:00"), 1440);
}

TEST(ParseTimeOfDay, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "9", "9:", "25:00", "24:01", "9:60", "9h5", "9:30:30", "930", "h30", "9h30m"}) {
    EXPECT_EQ(ParseTimeOfDay(text), std::nullopt) << text;
  }
}

TEST(ParseYesNo, KnowsTheWordsOfBothLanguages) {
  for (const char* yes : {"oui", "OUI", "yes", "x", "X", "1", "vrai", "true"})
    EXPECT_EQ(ParseYesNo(yes), true) << yes;
  for (const char* no : {"", " ", "non", "No", "0", "faux", "FALSE"}) EXPECT_EQ(ParseYesNo(no), false) << no;
  for (const char* neither : {"peut-être", "2", "o"}) EXPECT_EQ(ParseYesNo(neither), std::nullopt) << neither;
}

TEST(ParseNumber, ReadsWholeNumbersOnly) {
  EXPECT_EQ(ParseNumber("007"), 7);
  for (const char* text : {"", "-1", "+1", "1.5", "1,5", "1e3", "1234567890"})
    EXPECT_EQ(ParseNumber(text), std::nullopt) << text;
}

TEST(SplitValues, TrimsAndLeavesOutEmptyParts) {
  EXPECT_THAT(SplitValues(" a | b||"), ElementsAre("a", "b"));
}

TEST(ParseDays, ReadsAListAndTheWeekdaysOfASpan) {
  EXPECT_THAT(ParseDays("15/06/2027|2027-06-14|14/06/2027"),
              Optional(ElementsAre(absl::CivilDay(2027, 6, 14), absl::CivilDay(2027, 6, 15))));
  // 18 June 2027 is a Friday.
  EXPECT_THAT(ParseDays("18/06/2027..22/06/2027"),
              Optional(ElementsAre(absl::CivilDay(2027, 6, 18), absl::CivilDay(2027, 6, 21),
                                   absl::CivilDay(2027, 6, 22))));
}

TEST(ParseDays, RefusesSpansThatAreReversedEmptyOrEndless) {
  for (const char* text : {"", "|", "18/06/2027..14/06/2027", "19/06/2027..20/06/2027",
                           "2027-01-01..2029-01-01", "2027-06-14..", "2027-06-14..2027-06-15..2027-06-16"}) {
    EXPECT_EQ(ParseDays(text), std::nullopt) << text;
  }
}

TEST(ParseHours, SortsTheWindowsAndRefusesOverlaps) {
  EXPECT_THAT(ParseHours("13h30-18h|9h-12h30"),
              Optional(ElementsAre(MinuteSpan{540, 750}, MinuteSpan{810, 1080})));
  for (const char* text : {"", "9h-12h|11h-13h", "12h-9h", "9h-9h", "9h", "9h-10h-11h"}) {
    EXPECT_EQ(ParseHours(text), std::nullopt) << text;
  }
}

TEST(ParseYear, ReadsAYearOrASchoolYear) {
  EXPECT_EQ(ParseYear("2027"), 2027);
  EXPECT_EQ(ParseYear("2026-2027"), 2027);
  EXPECT_EQ(ParseYear("2026/2027"), 2027);
  for (const char* text : {"", "27", "2026-2028", "2026-2027-2028"})
    EXPECT_EQ(ParseYear(text), std::nullopt) << text;
}

TEST(ParseRuleStrength, ReadsStrengthAndWeight) {
  const auto strength = [](const char* text) {
    return ParseRuleStrength(text).value_or(RuleSetting{.weight = -1});
  };
  EXPECT_EQ(strength("off"), (RuleSetting{.strength = RuleStrength::kOff}));
  EXPECT_EQ(strength("dur"), (RuleSetting{.strength = RuleStrength::kHard}));
  EXPECT_EQ(strength("strong 20"), (RuleSetting{.strength = RuleStrength::kStrong, .weight = 20}));
  EXPECT_EQ(strength("Souple 5"), (RuleSetting{.strength = RuleStrength::kSoft, .weight = 5}));
  EXPECT_EQ(strength("soft"), (RuleSetting{.strength = RuleStrength::kSoft, .weight = 0}));
  EXPECT_EQ(strength("soft_2"), (RuleSetting{.strength = RuleStrength::kSoft2}));
  EXPECT_EQ(strength("Souple_6 7"), (RuleSetting{.strength = RuleStrength::kSoft6, .weight = 7}));
  EXPECT_EQ(strength("soft_3:4:30"),
            (RuleSetting{.strength = RuleStrength::kSoft3, .weight = 4, .parameter = 30}));
  EXPECT_EQ(strength("soft 25"), (RuleSetting{.strength = RuleStrength::kSoft, .weight = 25}));
  EXPECT_EQ(strength("fort\u00a05"), (RuleSetting{.strength = RuleStrength::kStrong, .weight = 5}));
  for (const char* text : {"", "soft 0", "soft -1", "hard 5", "medium 3", "5", "soft_1", "soft_7", "soft_",
                           "strong_2", "soft_2-5", "soft 5 -30", "soft 5 30 1"}) {
    EXPECT_EQ(ParseRuleStrength(text), std::nullopt) << text;
  }
}

TEST(LooksLikeEmail, WantsOneAddress) {
  EXPECT_TRUE(LooksLikeEmail("zoe.o'brien+x@example.org"));
  for (const char* text :
       {"", "ana", "@example.org", "ana@", "ana@example", "a@b@c.org", "a@b.org, c@d.org", "a b@c.org"}) {
    EXPECT_FALSE(LooksLikeEmail(text)) << text;
  }
}

}  // namespace
}  // namespace soutenance::directory::import_folder
