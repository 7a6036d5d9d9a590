#include "services/base/error.h"
#include "services/scheduling/move_result.h"
#include "services/scheduling/testing/timetable_house.h"
#include "services/scheduling/timetables.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kFirst[] = "campaigns/m2/defences/1";   // Léa, before Bob and Ana
constexpr char kSecond[] = "campaigns/m2/defences/2";  // Max, before Bob
constexpr char kThird[] = "campaigns/m2/defences/3";   // Zoé, before Eve

Timetables::MoveRequest Moving(const std::string& defence, std::optional<Place> to, int number = 1) {
  return {.timetable = Number(number), .defence = defence, .to = std::move(to)};
}

// Bob cannot come on the 15th in the afternoon.
CampaignFacts WithBobAwayOnTuesdayAfternoon() {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/bob", {Period("2027-06-15", "12:00", "24:00", Answer::kNo)});
  return facts;
}

TEST(MoveDefence, ChangesADraftInPlace) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved,
                       house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T16:00", "rooms/b"))));
  EXPECT_EQ(moved.timetable.timetable.key.number, 1);
  EXPECT_EQ(moved.timetable.timetable.version, 2);
  EXPECT_EQ(moved.timetable.timetable.run, 1);
  EXPECT_EQ(PlaceText(moved.timetable, "theses/3"), "2027-06-15T16:00 rooms/b");
  EXPECT_EQ(moved.timetable.timetable.score, moved.score_after);
  EXPECT_THAT(moved.needs_reason, IsEmpty());
}

TEST(MoveDefence, MakesADraftOfAPublishedTimetable) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved,
                       house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T16:00", "rooms/b"))));
  const TimetableRecord& draft = moved.timetable.timetable;
  EXPECT_EQ(draft.key.number, 2);
  EXPECT_EQ(draft.state, TimetableState::kDraft);
  EXPECT_EQ(draft.base, 1);
  EXPECT_EQ(draft.run, 0);
  EXPECT_EQ(draft.version, 1);
  // Compared with what was published, one defence moved: that is what stability counts.
  EXPECT_THAT(moved.effects, Contains(Field(&RuleEffect::rule, solver::RuleId::kStability)));
  ASSERT_OK_AND_ASSIGN(const TimetableView still, house.Get(1));
  EXPECT_EQ(PlaceText(still, "theses/3"), PlaceText(published, "theses/3"));
  EXPECT_EQ(still.timetable.version, published.timetable.version);
}

TEST(MoveDefence, LeavesAPublishedTimetableAloneIfNothingMoves) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  ASSERT_OK_AND_ASSIGN(
      const MoveOutcome same,
      house.timetables.Move(Staff(), Moving(kFirst, PlacementOf(published, "theses/1").place)));
  EXPECT_EQ(same.timetable.timetable.key.number, 1);
  EXPECT_THAT(same.effects, IsEmpty());
  EXPECT_THAT(house.Get(2), StatusIs(absl::StatusCode::kNotFound));
}

TEST(MoveDefence, RefusesAClashWhateverTheReason) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK(house.timetables.Move(Staff(), Moving(kFirst, At("2027-06-14T09:00", "rooms/a"))));
  Timetables::MoveRequest request = Moving(kSecond, At("2027-06-14T09:00", "rooms/b"));
  request.override_reason = "I want it";
  for (const bool validate_only : {false, true}) {
    request.validate_only = validate_only;
    const auto moved = house.timetables.Move(Staff(), request);
    EXPECT_THAT(moved, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CLASH")));
    EXPECT_THAT(FactsOf(moved.status()).preconditions,
                ElementsAre(Field(&PreconditionViolation::type, "person_clash")));
    EXPECT_THAT(std::string(moved.status().message()), HasSubstr("Bob Stone"));
  }
}

TEST(MoveDefence, AsksAReasonForAnotherRuleThatMayNotBeBroken) {
  House house(WithBobAwayOnTuesdayAfternoon());
  house.Compute();
  Timetables::MoveRequest request = Moving(kSecond, At("2027-06-15T14:00", "rooms/a"));
  const auto refused = house.timetables.Move(Staff(), request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("REASON_REQUIRED")));
  EXPECT_THAT(FactsOf(refused.status()).preconditions,
              ElementsAre(Field(&PreconditionViolation::type, "availability")));

  request.validate_only = true;
  ASSERT_OK_AND_ASSIGN(const MoveOutcome preview, house.timetables.Move(Staff(), request));
  ASSERT_EQ(preview.needs_reason.size(), 1u);
  EXPECT_THAT(preview.needs_reason[0].subjects, Contains("people/bob"));
  EXPECT_GT(preview.score_after.hard(), 0);

  request.validate_only = false;
  request.override_reason = "Bob agreed on the phone";
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved, house.timetables.Move(Staff(), request));
  EXPECT_EQ(PlacementOf(moved.timetable, "theses/2").override_reason, "Bob agreed on the phone");
}

TEST(MoveDefence, ForgetsTheReasonWhenNothingIsBrokenAnyMore) {
  House house(WithBobAwayOnTuesdayAfternoon());
  house.Compute();
  Timetables::MoveRequest request = Moving(kSecond, At("2027-06-15T14:00", "rooms/a"));
  request.override_reason = "Bob agreed on the phone";
  ASSERT_OK(house.timetables.Move(Staff(), request));
  request = Moving(kSecond, At("2027-06-15T11:00", "rooms/a"));
  request.override_reason = "of no use";
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved, house.timetables.Move(Staff(), request));
  EXPECT_EQ(PlacementOf(moved.timetable, "theses/2").override_reason, "");
}

TEST(MoveDefence, KeepsTheReasonOfADefenceThatDoesNotMove) {
  House house(WithBobAwayOnTuesdayAfternoon());
  house.Compute();
  Timetables::MoveRequest request = Moving(kSecond, At("2027-06-15T14:00", "rooms/a"));
  request.override_reason = "Bob agreed on the phone";
  ASSERT_OK(house.timetables.Move(Staff(), request));
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved,
                       house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T16:00", "rooms/b"))));
  EXPECT_EQ(PlacementOf(moved.timetable, "theses/2").override_reason, "Bob agreed on the phone");
}

TEST(MoveDefence, KeepsPinnedAspects) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK(house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T16:00", "rooms/b"))));
  ASSERT_OK(
      house.timetables.Pin(Staff(), {.timetable = Number(1), .defence = kThird, .pin = {.room = true}}));

  const auto refused = house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T16:00", "rooms/a")));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PINNED")));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("unpin it first"));
  EXPECT_THAT(house.timetables.Move(Staff(), Moving(kThird, std::nullopt)),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PINNED")));
  EXPECT_OK(house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T14:00", "rooms/b"))));

  ASSERT_OK(house.timetables.Pin(Staff(), {.timetable = Number(1), .defence = kThird}));
  EXPECT_OK(house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T16:00", "rooms/a"))));
}

TEST(MoveDefence, UnplacesAndSaysThatThereIsAPlace) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved, house.timetables.Move(Staff(), Moving(kThird, std::nullopt)));
  EXPECT_EQ(PlaceText(moved.timetable, "theses/3"), "-");
  EXPECT_EQ(moved.timetable.timetable.placed_count, 2);
  EXPECT_EQ(moved.score_after.unplaced(), 1);
  EXPECT_NE(PlacementOf(moved.timetable, "theses/3").unplaced_reason, "");
  ASSERT_OK_AND_ASSIGN(const MoveOutcome back,
                       house.timetables.Move(Staff(), Moving(kThird, At("2027-06-15T16:00", "rooms/b"))));
  EXPECT_EQ(back.timetable.timetable.placed_count, 3);
  EXPECT_EQ(PlacementOf(back.timetable, "theses/3").unplaced_reason, "");
}

TEST(MoveDefence, RefusesPlacesThatAreNone) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.Move(Staff(), Moving(kFirst, At("2027-06-14T09:00", "rooms/zzz"))),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(house.timetables.Move(Staff(), Moving(kFirst, At("2027-06-16T09:00", "rooms/a"))),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(house.timetables.Move(Staff(), Moving(kFirst, At("2027-01-01T09:00", "rooms/a"))),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(house.timetables.Move(Staff(), Moving("campaigns/m2/defences/9", std::nullopt)),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
}

TEST(MoveDefence, RefusesAnOldVersion) {
  House house(ThreeDefences());
  house.Compute();
  Timetables::MoveRequest request = Moving(kThird, At("2027-06-15T16:00", "rooms/b"));
  request.version = 1;
  ASSERT_OK(house.timetables.Move(Staff(), request));
  EXPECT_THAT(house.timetables.Move(Staff(), request),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST(MoveDefence, IsDoneOncePerRequestIdAndGivesTheSameAnswer) {
  House house(ThreeDefences());
  house.Published();
  Timetables::MoveRequest request = Moving(kThird, At("2027-06-15T16:00", "rooms/b"));
  request.request = Once("m-1");
  ASSERT_OK_AND_ASSIGN(const MoveOutcome first, house.timetables.Move(Staff(), request));
  ASSERT_OK_AND_ASSIGN(const MoveOutcome again, house.timetables.Move(Staff(), request));

  EXPECT_EQ(again.timetable.timetable, first.timetable.timetable);
  ASSERT_EQ(again.effects.size(), first.effects.size());
  EXPECT_EQ(again.effects[0].sentence, first.effects[0].sentence);
  EXPECT_EQ(again.score_after, first.score_after);
  EXPECT_THAT(house.Get(3), StatusIs(absl::StatusCode::kNotFound));
}

TEST(MoveDefence, WritesNothingIfItOnlyValidates) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  Timetables::MoveRequest request = Moving(kThird, At("2027-06-15T16:00", "rooms/b"));
  request.validate_only = true;
  ASSERT_OK_AND_ASSIGN(const MoveOutcome preview, house.timetables.Move(Staff(), request));
  EXPECT_THAT(preview.effects, Not(IsEmpty()));
  EXPECT_EQ(preview.timetable.timetable, published.timetable);
  EXPECT_THAT(house.Get(2), StatusIs(absl::StatusCode::kNotFound));
}

TEST(MoveDefence, TellsEffectsInTheLanguageAskedFor) {
  House house(ThreeDefences());
  house.Published();
  Timetables::MoveRequest request = Moving(kThird, At("2027-06-15T16:00", "rooms/b"));
  request.validate_only = true;
  request.language = Language::kEnglish;
  ASSERT_OK_AND_ASSIGN(const MoveOutcome english, house.timetables.Move(Staff(), request));
  request.language.reset();
  ASSERT_OK_AND_ASSIGN(const MoveOutcome french, house.timetables.Move(Staff(), request));
  ASSERT_FALSE(english.effects.empty());
  const solver::RuleLine& line = solver::LineOf(english.effects[0].rule);
  EXPECT_EQ(english.effects[0].sentence, std::string(line.sentence_en));
  EXPECT_EQ(french.effects[0].sentence, std::string(line.sentence_fr));
}

TEST(MoveDefence, IsForStaff) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_THAT(house.timetables.Move(Ana(), Moving(kThird, std::nullopt)),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST(MoveDefence, RefusesToChangeWhatWasSuperseded) {
  House house(ThreeDefences());
  house.Published();
  house.Published();
  EXPECT_THAT(house.timetables.Move(Staff(), Moving(kThird, std::nullopt)),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("SUPERSEDED")));
}

TEST(MoveResult, ReadsWhatWasWritten) {
  const MoveResult result{
      .timetable = "campaigns/m2/timetables/4",
      .effects = {{.rule = solver::RuleId::kGaps,
                   .sentence = "Personne n’attend.",
                   .level = solver::RuleLevel::kSoft,
                   .points_before = 3,
                   .points_after = 7,
                   .matches = {{.points = 4, .sentence = "Bob attend.", .subjects = {"people/bob"}}}}},
      .score_before = {.points = {0, 1, 2, 3}},
      .score_after = {.points = {0, 1, 2, 7}},
      .needs_reason = {{.points = 1, .sentence = "Bob est pris.", .subjects = {"people/bob", kFirst}}}};
  const std::string bytes = WriteMoveResult(result);
  ASSERT_OK_AND_ASSIGN(const MoveResult read, ParseMoveResult(bytes));
  EXPECT_EQ(WriteMoveResult(read), bytes);
  EXPECT_EQ(read.effects[0].matches[0].sentence, "Bob attend.");
  EXPECT_EQ(read.needs_reason[0].subjects.size(), 2u);
  EXPECT_THAT(ParseMoveResult(bytes.substr(0, bytes.size() - 3)), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace soutenance::scheduling
