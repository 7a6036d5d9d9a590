#include "clients/cli/fields.h"

#include <gmock/gmock.h>
#include <google/protobuf/field_mask.pb.h>
#include <gtest/gtest.h>

#include <fstream>

#include "clients/lib/failure.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using ::testing::ElementsAre;
using testing::TemporaryFolder;

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"", ""}), .name = "title"},
      {.flag = NumberFlag("--year", "YEAR", {"", ""}), .name = "year"},
      {.flag = ChoiceFlag("--silent", {"if_needed"}, {"", ""}), .name = "silent_policy"},
      {.flag = Repeated(ResourceFlag("--room", "ROOM", "rooms", {"", ""})),
       .name = "rooms",
       .collection = "rooms"},
      {.flag = Repeated(TextFlag("--early", "DAY", {"", ""})),
       .name = "days",
       .read =
           [](const std::string& text, google::protobuf::Message& campaign, Language) {
             static_cast<pb::Campaign&>(campaign).add_days("early " + text);
             return std::string();
           }},
      {.flag = Repeated(TextFlag("--late", "DAY", {"", ""})),
       .name = "days",
       .read =
           [](const std::string& text, google::protobuf::Message& campaign, Language) {
             if (text == "never") return std::string("not a day");
             static_cast<pb::Campaign&>(campaign).add_days("late " + text);
             return std::string();
           }},
  };
  return fields;
}

Input InputOf(const std::vector<std::pair<std::string, std::string>>& values) {
  Input input;
  for (const auto& [name, value] : values) input.Add(name, value);
  return input;
}

TEST(FillResource, SetsTheFieldsOfTheFlagsAndNamesThem) {
  pb::Campaign campaign;
  ASSERT_OK_AND_ASSIGN(
      const auto names,
      FillResource(InputOf({{"--year", "2027"}, {"--title", "Été"}, {"--silent", "if_needed"}}), Fields(),
                   Language::kEnglish, campaign));
  EXPECT_THAT(names, ElementsAre("title", "year", "silent_policy"));
  EXPECT_EQ(campaign.title(), "Été");
  EXPECT_EQ(campaign.year(), 2027);
  EXPECT_EQ(campaign.silent_policy(), pb::Campaign::SILENT_POLICY_IF_NEEDED);
}

TEST(FillResource, TakesListsWithCommasAndByRepetitionAndShortNames) {
  pb::Campaign campaign;
  campaign.add_rooms("rooms/before");
  ASSERT_OK(FillResource(InputOf({{"--room", "a101, rooms/a102"}, {"--room", "b2"}}), Fields(),
                         Language::kEnglish, campaign));
  EXPECT_THAT(campaign.rooms(), ElementsAre("rooms/a101", "rooms/a102", "rooms/b2"));
}

TEST(FillResource, AnEmptyValueClearsAField) {
  pb::Campaign campaign;
  campaign.add_rooms("rooms/a101");
  campaign.set_title("before");
  ASSERT_OK_AND_ASSIGN(const auto names, FillResource(InputOf({{"--room", ""}, {"--title", ""}}), Fields(),
                                                      Language::kEnglish, campaign));
  EXPECT_EQ(campaign.rooms_size(), 0);
  EXPECT_EQ(campaign.title(), "");
  EXPECT_THAT(names, ElementsAre("title", "rooms"));
}

TEST(FillResource, SeveralFlagsFillOneListTogether) {
  pb::Campaign campaign;
  campaign.add_days("before");
  ASSERT_OK(
      FillResource(InputOf({{"--late", "x"}, {"--early", "y"}}), Fields(), Language::kEnglish, campaign));
  EXPECT_THAT(campaign.days(), ElementsAre("early y", "late x"));
}

TEST(FillResource, RefusesWhatAFieldCannotHold) {
  pb::Campaign campaign;
  const auto too_large =
      FillResource(InputOf({{"--year", "99999999999"}}), Fields(), Language::kEnglish, campaign);
  EXPECT_EQ(clients::ExitCodeOf(too_large.status()), clients::kUsage);
  const auto refused = FillResource(InputOf({{"--late", "never"}}), Fields(), Language::kFrench, campaign);
  EXPECT_EQ(refused.status().message(), "--late never : not a day");
}

TEST(FillResource, TakesAFileAndPutsFlagsOnTop) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/campaign.json";
  std::ofstream(path)
      << R"({"name": "campaigns/other", "title": "from file", "year": 2026, "rooms": ["rooms/a"], "etag": "v7",
                            "publishedTimetable": "campaigns/other/timetables/1"})";
  pb::Campaign campaign;
  campaign.set_name("campaigns/mine");
  ASSERT_OK_AND_ASSIGN(const auto names, FillResource(InputOf({{"--file", path}, {"--year", "2027"}}),
                                                      Fields(), Language::kEnglish, campaign));
  EXPECT_EQ(campaign.name(), "campaigns/mine");
  EXPECT_EQ(campaign.title(), "from file");
  EXPECT_EQ(campaign.year(), 2027);
  EXPECT_EQ(campaign.etag(), "v7");
  // What no flag can set, such as what only the server says, is not to be changed.
  EXPECT_THAT(names, ElementsAre("title", "year", "rooms"));
}

TEST(FillResource, SaysWhatIsWrongWithAFile) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/campaign.json";
  std::ofstream(path) << "{\"titel\": 1}";
  pb::Campaign campaign;
  EXPECT_THAT(FillResource(InputOf({{"--file", path}}), Fields(), Language::kEnglish, campaign),
              testing::StatusIs(absl::StatusCode::kFailedPrecondition, testing::Reason("FILE_INVALID")));
  EXPECT_THAT(
      FillResource(InputOf({{"--file", folder.path() + "/none"}}), Fields(), Language::kEnglish, campaign),
      testing::StatusIs(absl::StatusCode::kFailedPrecondition, testing::Reason("FILE_UNREADABLE")));
}

TEST(FillUpdate, NamesTheFieldsInTheMask) {
  pb::Campaign campaign;
  google::protobuf::FieldMask mask;
  ASSERT_OK(FillUpdate(InputOf({{"--title", "x"}}), Fields(), Language::kEnglish, campaign, mask));
  EXPECT_THAT(mask.paths(), ElementsAre("title"));
}

TEST(FillUpdate, RefusesToChangeNothing) {
  pb::Campaign campaign;
  google::protobuf::FieldMask mask;
  EXPECT_EQ(clients::ExitCodeOf(FillUpdate(Input(), Fields(), Language::kEnglish, campaign, mask)),
            clients::kUsage);
}

}  // namespace
}  // namespace soutenance::cli
