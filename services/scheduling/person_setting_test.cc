#include "services/scheduling/person_setting.h"

#include <gmock/gmock.h>

namespace soutenance::scheduling {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

std::vector<PersonSetting> Sample() {
  return {{.weight = 2, .role_limits = {{.role = SeatRole::kPresident, .day_max = 2}}, .nearness = {3, 1}},
          {.person = "people/ana",
           .campaign_max = 9,
           .role_limits = {{.role = SeatRole::kPresident, .campaign_max = 5},
                           {.role = SeatRole::kReviewer, .day_max = 1}},
           .topics = {"Robotics and vision"}}};
}

TEST(PersonSetting, WhatIsSaidOfOnePersonStandsInPlaceOfWhatIsSaidOfAll) {
  const PersonSetting ana = SettingFor(Sample(), "people/ana");
  EXPECT_EQ(ana.weight, 2);
  EXPECT_EQ(ana.campaign_max, 9);
  EXPECT_THAT(ana.nearness, ElementsAre(3, 1));
  EXPECT_THAT(ana.role_limits, ElementsAre(RoleLimit{.role = SeatRole::kPresident, .campaign_max = 5},
                                           RoleLimit{.role = SeatRole::kReviewer, .day_max = 1}));
}

TEST(PersonSetting, WhatIsSaidOfAllHoldsForTheOthers) {
  const PersonSetting bob = SettingFor(Sample(), "people/bob");
  EXPECT_EQ(bob.person, "people/bob");
  EXPECT_EQ(bob.weight, 2);
  EXPECT_EQ(bob.campaign_max, 0);
  EXPECT_THAT(bob.role_limits, ElementsAre(RoleLimit{.role = SeatRole::kPresident, .day_max = 2}));
  EXPECT_THAT(bob.topics, IsEmpty());
}

TEST(PersonSetting, ALimitOfNothingLiftsTheLimitOfAll) {
  std::vector<PersonSetting> people = Sample();
  people.push_back({.person = "people/eve", .role_limits = {{.role = SeatRole::kPresident}}});
  EXPECT_THAT(SettingFor(people, "people/eve").role_limits,
              ElementsAre(RoleLimit{.role = SeatRole::kPresident}));
}

TEST(PersonSetting, LinesComeBackAsTheyWere) {
  const std::vector<std::string> lines = PeopleLines(Sample());
  EXPECT_THAT(lines, ElementsAre("person - 2 0 0", "role_limit president 2 0", "nearness 3 1",
                                 "person people/ana 0 0 9", "role_limit president 0 5",
                                 "role_limit reviewer 1 0", "topic Robotics and vision"));
  EXPECT_EQ(ParsePeopleLines(lines).value(), Sample());
}

TEST(PersonSetting, LinesThatNobodyWroteAreLostData) {
  for (const char* line : {"person", "person people/ana 1", "role_limit president 1 2", "dean 3"}) {
    EXPECT_EQ(ParsePeopleLines({line}).status().code(), absl::StatusCode::kDataLoss) << line;
  }
  EXPECT_FALSE(ParsePeopleLines({"person - 0 0 0", "role_limit dean 1 2"}).ok());
  EXPECT_FALSE(ParsePeopleLines({"person - 0 0 0", "nearness 1 x"}).ok());
}

TEST(PersonSetting, NamesEverythingThatCannotBeAccepted) {
  std::vector<PersonSetting> people = {
      {},
      {},
      {.person = "ana", .weight = -1},
      {.person = "people/bob",
       .role_limits = {{.role = SeatRole::kGuest, .day_max = 2'000'000}, {.role = SeatRole::kGuest}},
       .nearness = {-3},
       .topics = {" x"}}};
  std::vector<FieldViolation> problems;
  CheckPeople(people, "campaign.people", problems);
  const auto field = [](const char* name) { return Field(&FieldViolation::field, name); };
  EXPECT_THAT(
      problems,
      ElementsAre(field("campaign.people[1].person"), field("campaign.people[2].person"),
                  field("campaign.people[2].weight"), field("campaign.people[3].role_limits[0].day_max"),
                  field("campaign.people[3].role_limits[1].role"), field("campaign.people[3].nearness[0]"),
                  field("campaign.people[3].topics[0]")));
  problems.clear();
  CheckPeople(Sample(), "campaign.people", problems);
  EXPECT_THAT(problems, IsEmpty());
}

}  // namespace
}  // namespace soutenance::scheduling
