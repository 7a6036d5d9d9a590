#include "services/scheduling/day_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::Time;

DayShape ADay() {
  return {.pause = DayPause{.from = Time("11:30"),
                            .to = Time("13:00"),
                            .least_minutes = 45,
                            .wanted_minutes = 60,
                            .until = Time("14:30")},
          .early = {{.time = Time("09:00"), .cost = 5}},
          .late = {{.time = Time("17:00"), .cost = 3}, {.time = Time("18:00"), .cost = 9}}};
}

std::vector<FieldViolation> ProblemsOf(const DayShape& day) {
  std::vector<FieldViolation> problems;
  CheckDay(day, "campaign.day", problems);
  return problems;
}

TEST(DayShape, IsReadAsItWasWritten) {
  EXPECT_THAT(DayLines(ADay()),
              ElementsAre("pause 11:30 13:00 45 60 14:30", "early 09:00 5", "late 17:00 3", "late 18:00 9"));
  EXPECT_THAT(ParseDayLines(DayLines(ADay())), IsOkAndHolds(ADay()));
  EXPECT_THAT(ParseDayLines({}), IsOkAndHolds(DayShape{}));
  for (const char* line :
       {"", "pause 11:30", "pause 11:30 13:00 x 60", "early 9 5", "late 17:00", "noon 1 2"}) {
    EXPECT_THAT(ParseDayLines({line}), StatusIs(absl::StatusCode::kDataLoss)) << line;
  }
}

TEST(DayShape, NamesEverythingThatIsWrong) {
  EXPECT_THAT(ProblemsOf(ADay()), IsEmpty());
  EXPECT_THAT(ProblemsOf({}), IsEmpty());
  DayShape day = ADay();
  day.pause = DayPause{.from = Time("13:00"), .to = Time("13:00"), .least_minutes = 45, .wanted_minutes = 30};
  day.pause->until = Time("13:30");
  day.early.push_back(day.early[0]);
  day.late[0].cost = -1;
  EXPECT_THAT(ProblemsOf(day), ElementsAre(Field(&FieldViolation::field, "campaign.day.pause"),
                                           Field(&FieldViolation::field, "campaign.day.pause.wanted_minutes"),
                                           Field(&FieldViolation::field, "campaign.day.pause.until"),
                                           Field(&FieldViolation::field, "campaign.day.early[1].time"),
                                           Field(&FieldViolation::field, "campaign.day.late[0].cost")));
}

}  // namespace
}  // namespace soutenance::scheduling
