#include "services/runtime/wire/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

TEST(PageFromProto, TakesTheDefaultAndTheMaximum) {
  std::vector<FieldViolation> problems;
  EXPECT_EQ(PageFromProto(0, "", problems).size, 100);
  EXPECT_EQ(PageFromProto(7, "", problems).size, 7);
  EXPECT_EQ(PageFromProto(5000, "", problems).size, 1000);
  EXPECT_THAT(problems, IsEmpty());
}

TEST(PageFromProto, ContinuesWhereTheTokenSays) {
  std::vector<FieldViolation> problems;
  EXPECT_EQ(PageFromProto(0, PageToken("0042"), problems).after, "0042");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(PageToken(""), "");
}

TEST(PageFromProto, NamesEveryFieldThatIsWrong) {
  std::vector<FieldViolation> problems;
  PageFromProto(-1, "0042", problems);
  EXPECT_THAT(problems, ElementsAre(Field(&FieldViolation::field, "page_size"),
                                    Field(&FieldViolation::field, "page_token")));
}

}  // namespace
}  // namespace soutenance::runtime
