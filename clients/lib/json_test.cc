#include "clients/lib/json.h"

#include <gtest/gtest.h>

#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/scheduling/v1/timetables.pb.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::clients {
namespace {

TEST(ToJson, WritesCamelCaseAndLeavesOutWhatIsNotSet) {
  scheduling::v1::TimetableRun run;
  run.set_name("campaigns/c/runs/1");
  run.mutable_progress()->set_placed_count(23);
  EXPECT_EQ(ToJson(run),
            "{\n \"name\": \"campaigns/c/runs/1\",\n \"progress\": {\n  \"placedCount\": 23\n }\n}\n");
}

TEST(FromJson, ReadsWhatToJsonWrites) {
  directory::v1::Room room;
  room.set_title("A 101 – été");
  room.add_equipment("video");
  directory::v1::Room read;
  ASSERT_OK(FromJson(ToJson(room), read));
  EXPECT_EQ(read.SerializeAsString(), room.SerializeAsString());
}

TEST(FromJson, SaysWhatIsWrong) {
  directory::v1::Room room;
  EXPECT_THAT(FromJson("{\"capcity\": 3}", room),
              ::soutenance::testing::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(FromJson("{", room), ::soutenance::testing::StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(JsonQuoted, EscapesWhatJsonWantsEscaped) {
  EXPECT_EQ(JsonQuoted("a \"b\" \\ c\nd\x01"), "\"a \\\"b\\\" \\\\ c\\nd\\u0001\"");
  EXPECT_EQ(JsonQuoted("été"), "\"été\"");
}

TEST(JsonQuoted, NeverMakesADocumentThatIsNotUtf8) { EXPECT_EQ(JsonQuoted("caf\xE9"), "\"caf\uFFFD\""); }

TEST(JsonObject, KeepsTheOrderAndLeavesOutEmptyTexts) {
  EXPECT_EQ(JsonObject().Text("b", "1").Text("a", "").Raw("c", JsonArray({"1", "2"})).Done(),
            "{\"b\":\"1\",\"c\":[1,2]}");
}

}  // namespace
}  // namespace soutenance::clients
