#include "services/scheduling/availability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/defence.h"
#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::Period;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Refused(const Availability& availability) {
  std::vector<FieldViolation> problems;
  CheckAvailability(availability, "", problems);
  std::vector<std::string> fields;
  for (const FieldViolation& problem : problems) fields.push_back(problem.field);
  return fields;
}

TEST(CheckAvailability, AcceptsAnAnswerWithoutPeriodsAndPeriodsThatOverlap) {
  EXPECT_THAT(Refused({.person = "people/ana"}), IsEmpty());
  EXPECT_THAT(Refused({.person = "people/ana",
                       .periods = {Period("2027-06-14", "08:00", "18:00", Answer::kYes),
                                   Period("2027-06-14", "12:00", "13:00", Answer::kNo)}}),
              IsEmpty());
}

TEST(CheckAvailability, RefusesTwoAnswersForTheSameTime) {
  EXPECT_THAT(Refused({.person = "people/ana",
                       .periods = {Period("2027-06-14", "08:00", "18:00", Answer::kYes),
                                   Period("2027-06-15", "08:00", "18:00", Answer::kNo),
                                   Period("2027-06-14", "08:00", "18:00", Answer::kNo)}}),
              ElementsAre("periods[2]"));
}

TEST(CheckAvailability, RefusesPeriodsThatAreNotWithinOneDay) {
  EXPECT_THAT(Refused({.person = "people/ana",
                       .periods = {{.date = absl::CivilDay(2027, 6, 14), .from = 600, .to = 600},
                                   {.date = absl::CivilDay(2027, 6, 14), .from = 600, .to = 1441}}}),
              ElementsAre("periods[0]", "periods[1]"));
}

TEST(CheckAvailability, RefusesMoreThanAThousandPeriods) {
  Availability availability{.person = "people/ana"};
  for (int i = 0; i < 1'001; ++i) availability.periods.push_back({.date = absl::CivilDay(2027, 1, 1) + i});
  EXPECT_THAT(Refused(availability), ElementsAre("periods"));
  availability.periods.pop_back();
  EXPECT_THAT(Refused(availability), IsEmpty());
}

TEST(Normalise, SortsPeriodsAndDropsRepetitions) {
  Availability availability{.periods = {Period("2027-06-15", "08:00", "09:00", Answer::kNo),
                                        Period("2027-06-14", "10:00", "11:00", Answer::kNo),
                                        Period("2027-06-14", "09:00", "11:00", Answer::kYes),
                                        Period("2027-06-15", "08:00", "09:00", Answer::kNo)}};
  Normalise(availability);
  EXPECT_THAT(availability.periods, ElementsAre(Period("2027-06-14", "09:00", "11:00", Answer::kYes),
                                                Period("2027-06-14", "10:00", "11:00", Answer::kNo),
                                                Period("2027-06-15", "08:00", "09:00", Answer::kNo)));
}

TEST(Names, AreTakenApartAndPutTogether) {
  EXPECT_EQ(AvailabilityName("campaigns/m2", "people/ana"), "campaigns/m2/availabilities/ana");
  EXPECT_THAT(ParseAvailabilityName("campaigns/m2/availabilities/ana"),
              IsOkAndHolds(AvailabilityKey{.campaign = "campaigns/m2", .person = "people/ana"}));
  EXPECT_EQ(DefenceName("campaigns/m2", "theses/042"), "campaigns/m2/defences/042");
  EXPECT_THAT(ParseDefenceName("campaigns/m2/defences/042"),
              IsOkAndHolds(DefenceKey{.campaign = "campaigns/m2", .thesis = "theses/042"}));
  for (const char* name : {"", "campaigns/m2", "campaigns/m2/defences/", "campaigns//defences/1",
                           "campaigns/m2/defences/1/2", "campaigns/m2/availabilities/1", "x/m2/defences/1"}) {
    EXPECT_THAT(ParseDefenceName(name), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

TEST(CheckDefence, RefusesDurationsAndWordsThatAreNone) {
  const auto refused = [](const Defence& defence) {
    std::vector<FieldViolation> problems;
    CheckDefence(defence, "", problems);
    std::vector<std::string> fields;
    for (const FieldViolation& problem : problems) fields.push_back(problem.field);
    return fields;
  };
  EXPECT_THAT(refused({.thesis = "theses/1", .duration_minutes = 480, .equipment = {"video", "tv_2"}}),
              IsEmpty());
  EXPECT_THAT(refused({.thesis = "42", .duration_minutes = 4, .equipment = {"Vidéo", ""}}),
              ElementsAre("thesis", "duration_minutes", "equipment[0]", "equipment[1]"));
  EXPECT_THAT(refused({.thesis = "theses/1", .duration_minutes = 481}), ElementsAre("duration_minutes"));
}

}  // namespace
}  // namespace soutenance::scheduling
