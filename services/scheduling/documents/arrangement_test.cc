#include "services/scheduling/documents/arrangement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/base/error.h"
#include "services/scheduling/documents/sample_document.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::documents {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;

std::vector<std::string> IdsOf(const ArrangedDay& day) {
  std::vector<std::string> ids;
  for (const PlacedDefence* defence : day.defences) ids.push_back(defence->id);
  return ids;
}

TEST(Arrange, OrdersDaysAndTheirDefencesByTimeThenRoom) {
  const TimetableDocument document = SampleDocument();
  ASSERT_OK_AND_ASSIGN(const Arrangement arrangement, Arrange(document));
  ASSERT_EQ(arrangement.days.size(), 2u);
  EXPECT_EQ(arrangement.days[0].day, absl::CivilDay(2027, 6, 14));
  EXPECT_THAT(IdsOf(arrangement.days[0]), ::testing::ElementsAre("m1", "m2", "m3", "m5"));
  EXPECT_THAT(IdsOf(arrangement.days[1]), ::testing::ElementsAre("m4"));
  EXPECT_EQ(arrangement.confirmed_count, 4);
  EXPECT_EQ(arrangement.cancelled_count, 1);
}

TEST(Arrange, RefusesEveryUnprintableFieldAtOnce) {
  TimetableDocument document = SampleDocument();
  document.zone = "Europe/Lutece";
  document.placed[1].duration_minutes = 0;
  document.placed[2].title = "caf\xe9";
  document.unplaced[0].reason = "\x01";
  const absl::Status status = Arrange(document).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(status).fields) fields.push_back(violation.field);
  EXPECT_THAT(fields, ::testing::ElementsAre("zone", "placed[1].duration_minutes", "placed[2].title",
                                             "unplaced[0].reason"));
}

TEST(Arrange, RefusesAStartThatTheClocksSkip) {
  PlacedDefence defence = ADefence();
  defence.start = absl::CivilMinute(2027, 3, 28, 2, 30);
  EXPECT_THAT(Arrange(DocumentOf(defence)).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST(EndOf, CountsAClockChange) {
  PlacedDefence defence = ADefence();
  defence.start = absl::CivilMinute(2027, 3, 28, 1, 30);
  absl::TimeZone paris;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Paris", &paris));
  EXPECT_EQ(EndOf(defence, paris), absl::CivilMinute(2027, 3, 28, 3, 30));
}

TEST(NaturallyBefore, ComparesRunsOfDigitsAsNumbers) {
  EXPECT_TRUE(NaturallyBefore("B 9", "B 10"));
  EXPECT_FALSE(NaturallyBefore("B 10", "B 9"));
  EXPECT_TRUE(NaturallyBefore("A 12", "B 2"));
  EXPECT_TRUE(NaturallyBefore("B 9", "B 9 bis"));
  EXPECT_FALSE(NaturallyBefore("B 9", "B 9"));
  EXPECT_NE(NaturallyBefore("B 09", "B 9"), NaturallyBefore("B 9", "B 09"));
}

}  // namespace
}  // namespace soutenance::scheduling::documents
