#include "services/base/record.h"

#include <gtest/gtest.h>

namespace soutenance {
namespace {

TEST(Record, ReadsBackWhatWasWritten) {
  RecordWriter writer;
  writer.Text("l'été: 5:x").Integer(-42).Text("");

  RecordReader reader(writer.bytes());
  EXPECT_EQ(reader.Text(), "l'été: 5:x");
  EXPECT_EQ(reader.Integer(), -42);
  EXPECT_EQ(reader.Text(), "");
  EXPECT_TRUE(reader.IsComplete());
}

TEST(Record, IsNotCompleteWhenSomethingIsLeft) {
  RecordReader reader("1:a1:b");
  EXPECT_EQ(reader.Text(), "a");
  EXPECT_FALSE(reader.IsComplete());
}

TEST(Record, NoticesWhatIsMissingOrMalformed) {
  for (const absl::string_view bytes : {"", "9:a", "x", "-1:a", "5"}) {
    RecordReader reader(bytes);
    EXPECT_EQ(reader.Text(), "") << bytes;
    EXPECT_FALSE(reader.IsComplete()) << bytes;
  }
  RecordReader reader("1:a");
  EXPECT_EQ(reader.Integer(), 0);
  EXPECT_FALSE(reader.IsComplete());
}

}  // namespace
}  // namespace soutenance
