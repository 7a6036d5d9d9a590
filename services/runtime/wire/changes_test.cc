#include "services/runtime/wire/changes.h"

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

namespace soutenance::runtime {
namespace {

TEST(ChangesToProto, TellsEverything) {
  ChangeList list;
  list.Add({.kind = Change::Kind::kCreated, .resource = "rooms/a", .label = "A"});
  list.Add({.kind = Change::Kind::kUpdated,
            .resource = "rooms/b",
            .label = "B",
            .fields = {{.name = "capacity", .before = "20", .after = "24"}}});
  list.Add({.kind = Change::Kind::kRemoved, .resource = "rooms/c", .label = "C"});
  list.AddUnchanged();

  changes::v1::ChangeList expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(changes { resource: "rooms/a" label: "A" kind: KIND_CREATED }
           changes {
             resource: "rooms/b"
             label: "B"
             kind: KIND_UPDATED
             fields { name: "capacity" before: "20" after: "24" }
           }
           changes { resource: "rooms/c" label: "C" kind: KIND_REMOVED }
           created_count: 1
           updated_count: 1
           removed_count: 1
           unchanged_count: 1)pb",
      &expected));
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(ToProto(list), expected))
      << ToProto(list).DebugString();
}

}  // namespace
}  // namespace soutenance::runtime
