#include "services/scheduling/timetable_record.h"

#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::HasSubstr;

TimetableRecord InState(TimetableState state) {
  return {.key = {"campaigns/m2", 3}, .version = 5, .state = state};
}

TEST(TimetableRecord, AllowsInEachStateWhatItShould) {
  struct Case {
    TimetableState state;
    const char* changing;  // reason of the refusal, or empty
    const char* publishing;
    const char* deleting;
  };
  for (const Case& c :
       {Case{TimetableState::kDraft, "", "", ""}, Case{TimetableState::kPublished, "", "", "PUBLISHED"},
        Case{TimetableState::kSuperseded, "SUPERSEDED", "SUPERSEDED", "PUBLISHED"}}) {
    SCOPED_TRACE(std::string(TimetableStateName(c.state)));
    const TimetableRecord timetable = InState(c.state);
    const auto expect = [](const absl::Status& status, const std::string& reason) {
      if (reason.empty()) {
        EXPECT_OK(status);
      } else {
        EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason(reason)));
      }
    };
    expect(CheckMayChange(timetable), c.changing);
    expect(CheckMayPublish(timetable), c.publishing);
    expect(CheckMayDelete(timetable), c.deleting);
  }
}

TEST(TimetableRecord, SaysTheWayOutOfARefusal) {
  const TimetableRecord superseded = InState(TimetableState::kSuperseded);
  EXPECT_THAT(std::string(CheckMayChange(superseded).message()), HasSubstr("change the published timetable"));
  EXPECT_THAT(std::string(CheckMayPublish(superseded).message()), HasSubstr("start a run from it"));
  EXPECT_THAT(std::string(CheckMayDelete(superseded).message()), HasSubstr("only drafts can be deleted"));
  EXPECT_THAT(std::string(CheckMayDelete(InState(TimetableState::kPublished)).message()),
              HasSubstr("publish another one"));
}

TEST(TimetableRecord, ExpectsTheVersionThatWasRead) {
  const TimetableRecord timetable = InState(TimetableState::kDraft);
  EXPECT_OK(CheckVersion(timetable, std::nullopt));
  EXPECT_OK(CheckVersion(timetable, 5));
  EXPECT_THAT(CheckVersion(timetable, 4), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST(TimetableRecord, FindsPlacementsByThesis) {
  TimetableRecord timetable = InState(TimetableState::kDraft);
  timetable.placements = {{.thesis = "theses/1"}, {.thesis = "theses/10"}, {.thesis = "theses/2"}};

  ASSERT_NE(FindPlacement(timetable, "theses/10"), nullptr);
  EXPECT_EQ(FindPlacement(timetable, "theses/10")->thesis, "theses/10");
  EXPECT_EQ(FindPlacement(timetable, "theses/3"), nullptr);
  EXPECT_EQ(FindPlacement(timetable, "theses/0"), nullptr);
}

TEST(TimetableName, StandsForANumberThePublishedOrTheLatestOne) {
  using Kind = TimetableReference::Kind;
  const auto parsed = [](Kind kind, int number) {
    return IsOkAndHolds(TimetableReference{.campaign = "campaigns/m2", .kind = kind, .number = number});
  };
  EXPECT_THAT(ParseTimetableName("campaigns/m2/timetables/3"), parsed(Kind::kNumber, 3));
  EXPECT_THAT(ParseTimetableName("campaigns/m2/timetables/published"), parsed(Kind::kPublished, 0));
  EXPECT_THAT(ParseTimetableName("campaigns/m2/timetables/latest"), parsed(Kind::kLatest, 0));
  for (const char* name :
       {"campaigns/m2/timetables/3", "campaigns/m2/timetables/published", "campaigns/m2/timetables/latest"}) {
    ASSERT_OK_AND_ASSIGN(const TimetableReference reference, ParseTimetableName(name));
    EXPECT_EQ(ReferenceName(reference), name);
  }
}

TEST(TimetableName, IsNothingElse) {
  for (const char* name :
       {"", "campaigns/m2", "campaigns/m2/timetables", "campaigns/m2/timetables/",
        "campaigns/m2/timetables/+3", "campaigns/m2/timetables/03", "campaigns//timetables/3",
        "campaigns/m2/timetables/3 ", "campaigns/m2/timetables/Latest"}) {
    EXPECT_THAT(ParseTimetableName(name),
                StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")))
        << name;
  }
}

}  // namespace
}  // namespace soutenance::scheduling
