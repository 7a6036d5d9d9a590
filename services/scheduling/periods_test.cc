#include "services/scheduling/periods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/testing/samples.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::ACampaign;
using ::soutenance::scheduling::testing::Day;
using ::soutenance::scheduling::testing::Period;
using ::soutenance::scheduling::testing::Time;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using solver::Interval;

// Minutes of the first and of the second day: 14 and 15 June.
Interval First(absl::string_view from, absl::string_view to) { return {Time(from), Time(to)}; }
Interval Second(absl::string_view from, absl::string_view to) { return {1440 + Time(from), 1440 + Time(to)}; }

TEST(OpeningOf, IsTheHoursOfEachDayWithoutTheBreaks) {
  EXPECT_THAT(OpeningOf(ACampaign()), ElementsAre(First("09:00", "12:00"), First("13:00", "17:00"),
                                                  Second("09:00", "12:00"), Second("13:00", "17:00")));
}

TEST(OpeningOf, LeavesOutTheDaysBetween) {
  Campaign campaign = ACampaign();
  campaign.days = {Day("2027-06-14"), Day("2027-06-16")};
  campaign.hours = {{.from = Time("23:00"), .to = Time("24:00")}};
  EXPECT_THAT(OpeningOf(campaign), ElementsAre(First("23:00", "24:00"), Interval{2 * 1440 + 1380, 3 * 1440}));
}

TEST(OpeningOf, DoesNotJoinTwoDaysAtMidnight) {
  Campaign campaign = ACampaign();
  campaign.hours = {{.from = 0, .to = kEndOfDay}};
  EXPECT_THAT(OpeningOf(campaign), ElementsAre(First("00:00", "24:00"), Second("00:00", "24:00")));
}

TEST(TimeOfAnswer, WhoNamesNothingIsAlwaysFree) {
  const PersonTime time = TimeOfAnswer(ACampaign(), {});
  EXPECT_THAT(time.blocked, IsEmpty());
  EXPECT_THAT(time.if_needed, IsEmpty());
}

TEST(TimeOfAnswer, ANoBlocksOnlyItself) {
  const PersonTime time = TimeOfAnswer(ACampaign(), {Period("2027-06-14", "09:00", "10:00", Answer::kNo)});
  EXPECT_THAT(time.blocked, ElementsAre(First("09:00", "10:00")));
}

TEST(TimeOfAnswer, AYesBlocksEverythingElse) {
  const PersonTime time = TimeOfAnswer(ACampaign(), {Period("2027-06-15", "09:00", "12:00", Answer::kYes)});
  EXPECT_THAT(time.blocked, ElementsAre(Interval{0, 1440 + Time("09:00")}, Second("12:00", "24:00")));
  EXPECT_THAT(time.if_needed, IsEmpty());
}

TEST(TimeOfAnswer, AnIfNeededAlsoBlocksEverythingElse) {
  const PersonTime time =
      TimeOfAnswer(ACampaign(), {Period("2027-06-14", "00:00", "24:00", Answer::kIfNeeded)});
  EXPECT_THAT(time.blocked, ElementsAre(Second("00:00", "24:00")));
  EXPECT_THAT(time.if_needed, ElementsAre(First("00:00", "24:00")));
}

TEST(TimeOfAnswer, ANoWithinAYesIsABreak) {
  const PersonTime time = TimeOfAnswer(ACampaign(), {Period("2027-06-14", "08:00", "18:00", Answer::kYes),
                                                     Period("2027-06-14", "12:00", "14:00", Answer::kNo),
                                                     Period("2027-06-15", "00:00", "24:00", Answer::kYes)});
  EXPECT_THAT(time.blocked,
              ElementsAre(First("00:00", "08:00"), First("12:00", "14:00"), First("18:00", "24:00")));
}

TEST(TimeOfAnswer, NoIsStrongerThanIfNeededAndThatIsStrongerThanYes) {
  const PersonTime time =
      TimeOfAnswer(ACampaign(), {Period("2027-06-14", "00:00", "24:00", Answer::kYes),
                                 Period("2027-06-14", "09:00", "12:00", Answer::kIfNeeded),
                                 Period("2027-06-14", "11:00", "13:00", Answer::kNo),
                                 Period("2027-06-15", "00:00", "24:00", Answer::kYes)});
  EXPECT_THAT(time.blocked, ElementsAre(First("11:00", "13:00")));
  EXPECT_THAT(time.if_needed, ElementsAre(First("09:00", "11:00")));
}

TEST(TimeOfAnswer, YesOutsideTheCampaignStillSaysNoWithin) {
  const PersonTime time = TimeOfAnswer(ACampaign(), {Period("2027-07-01", "00:00", "24:00", Answer::kYes)});
  EXPECT_THAT(time.blocked, ElementsAre(Interval{0, 2 * 1440}));
}

TEST(TimeOfAnswer, PeriodsThatMeetAtMidnightAreOne) {
  const PersonTime time = TimeOfAnswer(ACampaign(), {Period("2027-06-14", "22:00", "24:00", Answer::kNo),
                                                     Period("2027-06-15", "00:00", "01:00", Answer::kNo)});
  EXPECT_THAT(time.blocked, ElementsAre(Interval{Time("22:00"), 1440 + Time("01:00")}));
}

TEST(TimeOfAnswer, TheNightOfTheClockChangeIsANightLikeOthers) {
  Campaign campaign = ACampaign();
  campaign.days = {Day("2027-10-31"), Day("2027-11-01")};  // clocks go back at 03:00 on the first
  const PersonTime time = TimeOfAnswer(campaign, {Period("2027-10-31", "00:00", "24:00", Answer::kYes),
                                                  Period("2027-11-01", "09:00", "12:00", Answer::kYes)});
  EXPECT_THAT(time.blocked, ElementsAre(Second("00:00", "09:00"), Second("12:00", "24:00")));
}

TEST(TimeOfSilence, IsWhatTheCampaignSays) {
  Campaign campaign = ACampaign();
  const Interval all = {0, 2 * 1440};
  campaign.silent_policy = SilentPolicy::kAvailable;
  EXPECT_EQ(TimeOfSilence(campaign), PersonTime{});
  campaign.silent_policy = SilentPolicy::kIfNeeded;
  EXPECT_EQ(TimeOfSilence(campaign), PersonTime{.if_needed = {all}});
  campaign.silent_policy = SilentPolicy::kUnavailable;
  EXPECT_EQ(TimeOfSilence(campaign), PersonTime{.blocked = {all}});
}

TEST(TimeOfRoom, IsAlwaysWithoutOpenings) {
  EXPECT_THAT(TimeOfRoom(ACampaign(), {}), ElementsAre(Interval{0, 2 * 1440}));
}

TEST(TimeOfRoom, IsEverythingButTheClosedParts) {
  EXPECT_THAT(TimeOfRoom(ACampaign(), {{.date = Day("2027-06-14"), .is_open = false},
                                       {.date = Day("2027-06-13"), .is_open = false}}),
              ElementsAre(Second("00:00", "24:00")));
}

TEST(TimeOfRoom, IsOnlyTheOpenPartsIfThereIsOne) {
  EXPECT_THAT(
      TimeOfRoom(ACampaign(),
                 {{.date = Day("2027-06-14"), .from = Time("08:00"), .to = Time("18:00")},
                  {.date = Day("2027-06-14"), .from = Time("12:00"), .to = Time("13:00"), .is_open = false}}),
      ElementsAre(First("08:00", "12:00"), First("13:00", "18:00")));
  EXPECT_THAT(TimeOfRoom(ACampaign(), {{.date = Day("2027-09-01")}}), IsEmpty());
}

TEST(TimeOfSchool, IsTheSchoolPeriods) {
  EXPECT_THAT(TimeOfSchool(ACampaign(), {{.first = Day("2027-06-15"), .last = Day("2027-06-30")}}),
              ElementsAre(Second("00:00", "24:00")));
}

TEST(TimeOfSchool, IsOutsideTheCompanyPeriodsIfNoSchoolPeriodIsNamed) {
  EXPECT_THAT(TimeOfSchool(ACampaign(),
                           {{.first = Day("2027-05-01"), .last = Day("2027-06-14"), .is_school = false}}),
              ElementsAre(Second("00:00", "24:00")));
}

TEST(TimeOfSchool, IsNeverIfTheCohortIsAway) {
  EXPECT_THAT(TimeOfSchool(ACampaign(), {{.first = Day("2027-09-01"), .last = Day("2027-09-30")}}),
              IsEmpty());
}

TEST(Without, CutsHolesThatReachAcross) {
  const std::vector<Interval> all = {{0, 10}, {20, 30}, {40, 50}};
  const std::vector<Interval> holes = {{5, 25}, {28, 29}, {30, 40}};
  EXPECT_THAT(Without(all, holes),
              ElementsAre(Interval{0, 5}, Interval{25, 28}, Interval{29, 30}, Interval{40, 50}));
  EXPECT_THAT(Without(all, {}), ElementsAre(Interval{0, 10}, Interval{20, 30}, Interval{40, 50}));
  EXPECT_THAT(Without({}, holes), IsEmpty());
}

}  // namespace
}  // namespace soutenance::scheduling
