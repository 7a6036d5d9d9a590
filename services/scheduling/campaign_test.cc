#include "services/scheduling/campaign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/scheduling/testing/samples.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::ACampaign;
using ::soutenance::scheduling::testing::Day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::TestParamInfo;
using ::testing::TestWithParam;
using ::testing::ValuesIn;

std::vector<std::string> Refused(const Campaign& campaign) {
  std::vector<FieldViolation> problems;
  CheckSettings(campaign, "campaign.", problems);
  std::vector<std::string> fields;
  for (const FieldViolation& problem : problems) {
    EXPECT_FALSE(problem.description.empty()) << problem.field;
    fields.push_back(problem.field);
  }
  return fields;
}

TEST(CheckSettings, AcceptsALegalCampaign) {
  EXPECT_THAT(Refused(ACampaign()), IsEmpty());
  Campaign campaign = ACampaign();
  campaign.hours = {{.from = 0, .to = 720}, {.from = 720, .to = kEndOfDay}};
  campaign.rooms.clear();
  campaign.rules = {
      {.rule = "gaps", .level = solver::RuleLevel::kStrong, .weight = 1'000'000, .parameter = 0},
      {.rule = "unplaced", .level = solver::RuleLevel::kUnplaced, .weight = 2}};
  EXPECT_THAT(Refused(campaign), IsEmpty());
}

TEST(CheckSettings, NamesEveryProblemAtOnce) {
  EXPECT_THAT(Refused({.name = "campaigns/m2",
                       .year = 12,
                       .session = 3,
                       .time_zone = "Mars/Olympus",
                       .language = "de",
                       .grid_minutes = 4,
                       .duration_minutes = 481,
                       .buffer_minutes = -1,
                       .travel_minutes = 481}),
              ElementsAre("campaign.title", "campaign.programme", "campaign.year", "campaign.session",
                          "campaign.time_zone", "campaign.language", "campaign.days", "campaign.hours",
                          "campaign.grid_minutes", "campaign.duration_minutes", "campaign.buffer_minutes",
                          "campaign.travel_minutes"));
}

struct Refusal {
  std::string name;
  std::function<void(Campaign&)> spoil;
  std::string field;
};

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) { return out << refusal.name; }

class CheckSettingsRefuses : public TestWithParam<Refusal> {};

TEST_P(CheckSettingsRefuses, OneSetting) {
  Campaign campaign = ACampaign();
  GetParam().spoil(campaign);
  EXPECT_THAT(Refused(campaign), ElementsAre("campaign." + GetParam().field));
}

RuleSetting Rule(std::string name, solver::RuleLevel level) {
  return {.rule = std::move(name), .level = level};
}

const Refusal kRefusals[] = {
    {"IdWithSlash", [](Campaign& c) { c.name = "campaigns/a/b"; }, "name"},
    {"LongTitle", [](Campaign& c) { c.title = std::string(501, 'x'); }, "title"},
    {"CohortOfAnotherProgramme", [](Campaign& c) { c.cohort = "programmes/law/cohorts/1"; }, "cohort"},
    {"CohortThatIsNoName", [](Campaign& c) { c.cohort = "cohorts/1"; }, "cohort"},
    {"SessionZero", [](Campaign& c) { c.session = 0; }, "session"},
    {"ZoneThatIsAFile", [](Campaign& c) { c.time_zone = "../../etc/localtime"; }, "time_zone"},
    {"ZoneThatIsAbsolute", [](Campaign& c) { c.time_zone = "/usr/share/zoneinfo/UTC"; }, "time_zone"},
    {"ZoneThatIsEmpty", [](Campaign& c) { c.time_zone = "Europe"; }, "time_zone"},
    {"DayTwice",
     [](Campaign& c) {
       c.days = {Day("2027-06-14"), Day("2027-06-14")};
     },
     "days[1]"},
    {"DaysDescending",
     [](Campaign& c) {
       c.days = {Day("2027-06-15"), Day("2027-06-14")};
     },
     "days[1]"},
    {"DaysTooFarApart",
     [](Campaign& c) {
       c.days = {Day("2017-06-14"), Day("2027-06-30")};
     },
     "days"},
    {"TooManyDays",
     [](Campaign& c) {
       c.days.clear();
       for (int i = 0; i < 367; ++i) c.days.push_back(Day("2027-01-01") + i);
     },
     "days"},
    {"HoursThatEndBeforeTheyBegin", [](Campaign& c) { c.hours = {{.from = 600, .to = 600}}; }, "hours[0]"},
    {"HoursThatOverlap",
     [](Campaign& c) {
       c.hours = {{.from = 540, .to = 720}, {.from = 719, .to = 800}};
     },
     "hours[1]"},
    {"HoursDescending",
     [](Campaign& c) {
       c.hours = {{.from = 780, .to = 900}, {.from = 540, .to = 720}};
     },
     "hours[1]"},
    {"RoomThatIsNoName",
     [](Campaign& c) {
       c.rooms = {"rooms/a", "a 101"};
     },
     "rooms[1]"},
    {"RoomTwice",
     [](Campaign& c) {
       c.rooms = {"rooms/a", "rooms/a"};
     },
     "rooms[1]"},
    {"UnknownRule", [](Campaign& c) { c.rules = {Rule("gap", solver::RuleLevel::kSoft)}; }, "rules[0].rule"},
    {"ClashThatIsSoft", [](Campaign& c) { c.rules = {Rule("room_clash", solver::RuleLevel::kSoft)}; },
     "rules[0].level"},
    {"WishThatIsHard", [](Campaign& c) { c.rules = {Rule("gaps", solver::RuleLevel::kHard)}; },
     "rules[0].level"},
    {"RuleTwice",
     [](Campaign& c) {
       c.rules = {Rule("gaps", solver::RuleLevel::kOff), Rule("gaps", solver::RuleLevel::kSoft)};
     },
     "rules[1].rule"},
    {"HeavyRule",
     [](Campaign& c) {
       c.rules = {Rule("gaps", solver::RuleLevel::kSoft)};
       c.rules[0].weight = 1'000'001;
     },
     "rules[0].weight"},
    {"ParameterOfARuleThatComparesWithNothing",
     [](Campaign& c) {
       c.rules = {Rule("if_needed", solver::RuleLevel::kSoft)};
       c.rules[0].parameter = 3;
     },
     "rules[0].parameter"},
    {"NegativeParameter",
     [](Campaign& c) {
       c.rules = {Rule("gaps", solver::RuleLevel::kSoft)};
       c.rules[0].parameter = -1;
     },
     "rules[0].parameter"},
};

INSTANTIATE_TEST_SUITE_P(Settings, CheckSettingsRefuses, ValuesIn(kRefusals),
                         [](const TestParamInfo<Refusal>& refusal) { return refusal.param.name; });

TEST(Normalise, PutsRulesIntoTheOrderOfTheRulebook) {
  Campaign campaign = ACampaign();
  campaign.rules = {Rule("gaps", solver::RuleLevel::kOff), Rule("stability", solver::RuleLevel::kOff)};
  Normalise(campaign);
  EXPECT_THAT(campaign.rules,
              ElementsAre(Rule("stability", solver::RuleLevel::kOff), Rule("gaps", solver::RuleLevel::kOff)));
}

}  // namespace
}  // namespace soutenance::scheduling
