#include "services/base/id.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/testing/status_matchers.h"

namespace soutenance {
namespace {

using testing::IsOkAndHolds;
using testing::Reason;
using testing::StatusIs;

TEST(CheckId, KeepsWhatInstitutionsUse) {
  for (const char* id : {"0042", "ana.martin", "22-33_A~b", "x"}) EXPECT_TRUE(CheckId(id).ok()) << id;
}

TEST(CheckId, RefusesWhatCannotStandInAName) {
  const std::string too_long(64, 'a');
  for (const std::string& id : {std::string(), std::string("a/b"), std::string("é"), std::string("a b"),
                                std::string("."), std::string(".."), std::string("a\n"), too_long}) {
    EXPECT_THAT(CheckId(id), StatusIs(absl::StatusCode::kInvalidArgument, Reason("ID_INVALID"))) << id;
  }
}

TEST(ParseName, ReturnsTheIdOfItsCollectionOnly) {
  EXPECT_THAT(ParseName("people/007", "people"), IsOkAndHolds("007"));
  EXPECT_THAT(ParseName("rooms/007", "people"),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("NAME_INVALID")));
  EXPECT_THAT(ParseName("people/a/b", "people"),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("ID_INVALID")));
}

TEST(NewId, IsLegalAndNeverTheSame) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(NewId());
  EXPECT_EQ(ids.size(), 1000u);
  for (const std::string& id : ids) EXPECT_TRUE(CheckId(id).ok()) << id;
}

}  // namespace
}  // namespace soutenance
