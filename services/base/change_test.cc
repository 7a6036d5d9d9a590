#include "services/base/change.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace soutenance {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::StatusIs;
using ::testing::Eq;

TEST(ChangeList, OrdersChangesByResource) {
  ChangeList list;
  list.Add({.resource = "rooms/b"});
  list.Add({.resource = "rooms/a"});

  ASSERT_EQ(list.changes().size(), 2u);
  EXPECT_EQ(list.changes()[0].resource, "rooms/a");
  EXPECT_EQ(list.changes()[1].resource, "rooms/b");
}

TEST(ChangeList, ListsTheFirstThousandAndCountsAll) {
  ChangeList list;
  for (int i = 2500; i > 0; --i) list.Add({.resource = absl::StrCat("rooms/", 10000 + i)});
  list.AddUnchanged();

  EXPECT_EQ(list.created_count(), 2500);
  EXPECT_EQ(list.unchanged_count(), 1);
  ASSERT_EQ(list.changes().size(), ChangeList::kListedMax);
  EXPECT_EQ(list.changes().front().resource, "rooms/10001");
  EXPECT_EQ(list.changes().back().resource, "rooms/11000");
}

TEST(ChangeList, IsEmptyWhenEverythingStaysAsItIs) {
  ChangeList list;
  list.AddUnchanged();
  EXPECT_TRUE(list.IsEmpty());
  list.Add({.kind = Change::Kind::kRemoved, .resource = "rooms/a"});
  EXPECT_FALSE(list.IsEmpty());
}

TEST(ChangeList, SurvivesItsSerialisation) {
  ChangeList list;
  list.Add({.kind = Change::Kind::kUpdated,
            .resource = "rooms/a",
            .label = "Salle Ampère",
            .fields = {{.name = "capacity", .before = "20", .after = "24"}}});
  list.Add({.kind = Change::Kind::kRemoved, .resource = "rooms/b", .label = "B"});
  list.AddUnchanged();

  EXPECT_THAT(ChangeList::Parse(list.Serialize()), IsOkAndHolds(Eq(list)));
}

TEST(ChangeList, RefusesForeignBytes) {
  EXPECT_THAT(ChangeList::Parse("rooms/a"), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace soutenance
