#include "services/runtime/wire/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kChangeable[] = {"title", "capacity", "site"};

std::vector<std::string> Fields(const std::vector<std::string>& paths,
                                std::vector<FieldViolation>& problems) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return FieldsFromMask(mask, kChangeable, problems);
}

TEST(FieldsFromMask, AreTheNamedOnesInTheirOwnOrder) {
  std::vector<FieldViolation> problems;
  EXPECT_THAT(Fields({"site", "title", "site"}, problems), ElementsAre("title", "site"));
  EXPECT_THAT(problems, IsEmpty());
}

TEST(FieldsFromMask, AreAllWithoutMaskOrWithAStar) {
  std::vector<FieldViolation> problems;
  EXPECT_THAT(Fields({}, problems), ElementsAre("title", "capacity", "site"));
  EXPECT_THAT(Fields({"*"}, problems), ElementsAre("title", "capacity", "site"));
  EXPECT_THAT(problems, IsEmpty());
}

TEST(FieldsFromMask, RefusesWhatCannotBeChangedAndSaysWhatCan) {
  std::vector<FieldViolation> problems;
  Fields({"etag"}, problems);
  EXPECT_THAT(problems, ElementsAre(Field(&FieldViolation::description,
                                          HasSubstr("these are: title, capacity, site"))));
}

TEST(IdFromName, NamesTheFieldThatIsWrong) {
  std::vector<FieldViolation> problems;
  EXPECT_EQ(IdFromName("rooms/a", "rooms", "name", problems), "a");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(IdFromName("people/a", "rooms", "room.name", problems), "");
  EXPECT_THAT(problems, ElementsAre(Field(&FieldViolation::field, "room.name")));
}

TEST(CheckCount, AcceptsTheMaximum) {
  std::vector<FieldViolation> problems;
  CheckCount(3, 3, "names", problems);
  EXPECT_THAT(problems, IsEmpty());
  CheckCount(4, 3, "names", problems);
  EXPECT_THAT(problems, ElementsAre(Field(&FieldViolation::field, "names")));
}

}  // namespace
}  // namespace soutenance::runtime
