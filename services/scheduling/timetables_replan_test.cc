// Replanning after publication, and pins of any aspect.
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/replay.h"
#include "services/scheduling/testing/timetable_house.h"
#include "services/scheduling/timetables.h"
#include "services/scheduling/told_people.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kFirst[] = "campaigns/m2/defences/1";  // Léa, before Bob and Ana
constexpr char kThird[] = "campaigns/m2/defences/3";  // Zoé, before Eve

Timetables::ReplanRequest Replanning() {
  return {.timetable = {.campaign = "campaigns/m2", .kind = TimetableReference::Kind::kPublished},
          .now = Moment("2027-06-07T08:00"),
          .language = Language::kEnglish};
}

// Whoever must be told, and of how many changes: "Bob Stone 1".
std::vector<std::string> Told(const ReplanOutcome& outcome) {
  std::vector<std::string> told;
  for (const ToldPerson& person : outcome.people) {
    told.push_back(person.display_name + " " + std::to_string(person.changes.size()));
  }
  return told;
}

std::string DayOf(const TimetableView& timetable, const std::string& thesis) {
  return PlaceText(timetable, thesis).substr(0, 10);
}

// `person` cannot come on the day of `thesis`.
void FallIll(House& house, const std::string& person, const TimetableView& timetable,
             const std::string& thesis) {
  house.SetAvailability(person, {Period(DayOf(timetable, thesis), "00:00", "24:00", Answer::kNo)});
}

TEST(Replan, MakesNoDraftIfNothingChanged) {
  House house(ThreeDefences());
  house.Published();
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_FALSE(outcome.created);
  EXPECT_EQ(outcome.timetable.timetable.key.number, 1);
  EXPECT_THAT(outcome.people, IsEmpty());
  EXPECT_THAT(outcome.facts_changed, IsEmpty());
  EXPECT_THAT(house.Get(2), StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
}

TEST(Replan, MovesTheDefenceOfAJurorWhoFallsIllAndSaysWhoMustBeTold) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  FallIll(house, "people/eve", published, "theses/3");
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_TRUE(outcome.created);
  const TimetableView& draft = outcome.timetable;
  EXPECT_EQ(draft.timetable.key.number, 2);
  EXPECT_EQ(draft.timetable.state, TimetableState::kDraft);
  EXPECT_EQ(draft.timetable.base, 1);
  EXPECT_EQ(PlaceText(draft, "theses/1"), PlaceText(published, "theses/1"));
  EXPECT_EQ(PlaceText(draft, "theses/2"), PlaceText(published, "theses/2"));
  EXPECT_NE(DayOf(draft, "theses/3"), DayOf(published, "theses/3"));
  EXPECT_THAT(outcome.hit, ElementsAre(kThird));
  EXPECT_THAT(outcome.others_moved, IsEmpty());
  EXPECT_TRUE(outcome.is_minimal);
  EXPECT_THAT(Told(outcome), ElementsAre("eve 1", "zoe 1"));
  const ToldChange& change = outcome.people[0].changes[0];
  EXPECT_EQ(change.kind, ToldChange::Kind::kMoved);
  EXPECT_EQ(change.before->place, PlacementOf(published, "theses/3").place);
  EXPECT_EQ(change.after->place, PlacementOf(draft, "theses/3").place);
  EXPECT_EQ(change.notice_days, 7);
  EXPECT_THAT(change.sentence, HasSubstr("The defence of zoe, announced for Tuesday "));
  EXPECT_THAT(outcome.facts_changed, ElementsAre("The availability of eve changed."));
}

TEST(Replan, GivesADraftThatCanBePublished) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  FallIll(house, "people/eve", published, "theses/3");
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  ASSERT_OK_AND_ASSIGN(const TimetableView now, house.Publish(2));
  EXPECT_EQ(now.timetable.state, TimetableState::kPublished);
  EXPECT_EQ(PlaceText(now, "theses/3"), PlaceText(outcome.timetable, "theses/3"));
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome again, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_FALSE(again.created) << "it holds now";
}

TEST(Replan, WritesNothingIfOnlyValidated) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  FallIll(house, "people/eve", published, "theses/3");
  Timetables::ReplanRequest request = Replanning();
  request.validate_only = true;
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), request));
  EXPECT_FALSE(outcome.created);
  EXPECT_THAT(Told(outcome), ElementsAre("eve 1", "zoe 1"));
  EXPECT_NE(DayOf(outcome.timetable, "theses/3"), DayOf(published, "theses/3"));
  EXPECT_THAT(house.Get(2), StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
}

TEST(Replan, ReturnsItsFirstResultWhenRepeated) {
  House house(ThreeDefences());
  FallIll(house, "people/eve", house.Published(), "theses/3");
  Timetables::ReplanRequest request = Replanning();
  request.request = Once("r1");
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome first, house.timetables.Replan(Staff(), request));
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome second, house.timetables.Replan(Staff(), request));
  EXPECT_EQ(second.timetable.timetable.key.number, first.timetable.timetable.key.number);
  EXPECT_EQ(Told(second), Told(first));
  EXPECT_EQ(second.hit, first.hit);
  EXPECT_THAT(house.Get(3), StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
}

TEST(Replan, LeavesOutAWithdrawnThesisAndTellsItsPeople) {
  House house(ThreeDefences());
  house.Published();
  house.theses.theses["theses/3"].is_withdrawn = true;
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_EQ(outcome.timetable.timetable.defence_count, 2);
  EXPECT_THAT(Told(outcome), ElementsAre("eve 1", "zoe 1"));
  EXPECT_EQ(outcome.people[0].changes[0].kind, ToldChange::Kind::kCancelled);
  EXPECT_THAT(outcome.people[0].changes[0].sentence, HasSubstr("does not take place then"));
}

TEST(Replan, PlacesADefenceThatWasAdded) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  CampaignFacts more = ThreeDefences();
  testing::AddDefence(more, "4", "tom", {"people/bob"});
  more.defences.erase(more.defences.begin(), more.defences.end() - 1);
  house.AddDefence(more);
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_TRUE(PlacementOf(outcome.timetable, "theses/4").place.has_value());
  EXPECT_THAT(Told(outcome), ElementsAre("Bob Stone 1", "tom 1"));
  EXPECT_EQ(outcome.people[0].changes[0].kind, ToldChange::Kind::kNew);
  EXPECT_EQ(PlaceText(outcome.timetable, "theses/1"), PlaceText(published, "theses/1"));
}

TEST(Replan, TellsThoseWhoJoinAndLeaveAJuryThatStays) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  house.juries.juries["theses/3"].seats[0].person = "people/ana";
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  ASSERT_TRUE(outcome.created);
  if (PlaceText(outcome.timetable, "theses/3") == PlaceText(published, "theses/3")) {
    EXPECT_THAT(Told(outcome), ElementsAre("Ana Ruiz 1", "eve 1"));
    EXPECT_EQ(outcome.people[0].changes[0].kind, ToldChange::Kind::kJoined);
    EXPECT_EQ(outcome.people[1].changes[0].kind, ToldChange::Kind::kLeft);
  }
}

TEST(Replan, KeepsPinsOfAnyAspect) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  ASSERT_OK(house.timetables
                .Pin(Staff(), {.timetable = Number(1),
                               .defence = kThird,
                               .pin = {.day = true, .jurors = {"people/eve"}},
                               .pin_mode = true})
                .status());
  FallIll(house, "people/eve", published, "theses/3");
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_EQ(PlaceText(outcome.timetable, "theses/3"), "-") << "with Eve, on that day: there is no place";
}

TEST(Replan, KeepsAPinnedJurorWhoWasReplaced) {
  House house(ThreeDefences());
  house.Published();
  ASSERT_OK(house.timetables
                .Pin(Staff(), {.timetable = Number(1), .defence = kThird, .pin = {.jurors = {"people/eve"}}})
                .status());
  house.juries.juries["theses/3"].seats[0].person = "people/ana";
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_EQ(PlaceText(outcome.timetable, "theses/3"), "-");
  EXPECT_THAT(PlacementOf(outcome.timetable, "theses/3").unplaced_reason, HasSubstr("avec"));
  EXPECT_THAT(PlacementOf(outcome.timetable, "theses/3").pin.jurors, ElementsAre("people/eve"));
  const auto reason = [&] {
    const auto explained =
        house.timetables.ExplainDefence(Staff(), {.timetable = Number(2), .defence = kThird});
    return explained.ok() && explained->unplaced ? explained->unplaced->kind : "none";
  };
  EXPECT_EQ(reason(), "no_common_slot") << "as long as it is pinned";
  ASSERT_OK(house.timetables.Pin(Staff(), {.timetable = Number(2), .defence = kThird}).status());
  EXPECT_EQ(reason(), "free");
}

// A house whose draft 2, made of the published timetable 1, has no place for Zoé's defence: it is at 16:00 on
// the 15th in room b and pinned as `pin` says, and Eve was ill. She is well again.
struct Recovered {
  explicit Recovered(const PinnedAspects& pin, bool pin_mode = false) : house(ThreeDefences()) {
    house.Compute();
    EXPECT_OK(house.timetables.Move(
        Staff(), {.timetable = Number(1), .defence = kThird, .to = At("2027-06-15T16:00", "rooms/b")}));
    EXPECT_OK(house.Publish(1));
    EXPECT_OK(house.timetables.Pin(
        Staff(), {.timetable = Number(1), .defence = kThird, .pin = pin, .pin_mode = pin_mode}));
    house.SetAvailability("people/eve", {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
                                         Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
    const auto replanned = house.timetables.Replan(Staff(), Replanning());
    EXPECT_OK(replanned);
    EXPECT_EQ(PlaceText(replanned->timetable, "theses/3"), "-");
    house.SetAvailability("people/eve", {});
  }

  // Where a replan and a run that start from the draft put it, and what they fix of it.
  std::vector<PlacementView> Found() {
    Timetables::ReplanRequest request = Replanning();
    request.timetable = Number(2);
    const auto replanned = house.timetables.Replan(Staff(), request);
    EXPECT_OK(replanned);
    const TimetableView computed = house.Compute({.base_timetable = "campaigns/m2/timetables/2"});
    return {PlacementOf(replanned->timetable, "theses/3"), PlacementOf(computed, "theses/3")};
  }

  House house;
};

TEST(Replan, KeepsThePinnedPlaceOfADefenceThatHadNoPlaceMeanwhile) {
  for (const PinnedAspects& pin :
       {PinnedAspects{.day = true}, PinnedAspects{.time = true}, PinnedAspects{.room = true}}) {
    for (const PlacementView& found : Recovered(pin).Found()) {
      ASSERT_TRUE(found.place.has_value());
      EXPECT_EQ(found.pin, pin);
      if (pin.day) {
        EXPECT_EQ(absl::CivilDay(found.place->start), absl::CivilDay(2027, 6, 15));
      }
      if (pin.time) {
        EXPECT_EQ(found.place->start.hour(), 16);
      }
      if (pin.room) {
        EXPECT_EQ(found.place->room, "rooms/b");
      }
    }
  }
}

TEST(Replan, KeepsThePinnedJurorAndModeOfADefenceThatHadNoPlaceMeanwhile) {
  Recovered juror({.jurors = {"people/eve"}});
  juror.house.juries.juries["theses/3"].seats[0].person = "people/ana";
  for (const PlacementView& found : juror.Found()) {
    EXPECT_FALSE(found.place.has_value()) << "Eve must stay in the jury, and is not in it any more";
    EXPECT_THAT(found.pin.jurors, ElementsAre("people/eve"));
  }
  Recovered mode({}, true);
  mode.house.juries.juries["theses/3"].seats[0].is_remote = true;
  for (const PlacementView& found : mode.Found()) {
    EXPECT_FALSE(found.place.has_value()) << "it must be on site, and would be on video";
    EXPECT_EQ(found.pin.mode, solver::Mode::kOnSite);
  }
}

TEST(MoveDefence, KeepsThePinsOfADefenceThatHasNoPlace) {
  Recovered pinned({.day = true, .jurors = {"people/eve"}});
  Timetables::MoveRequest request{
      .timetable = Number(2), .defence = kThird, .to = At("2027-06-14T16:00", "rooms/b")};
  request.override_reason = "whatever it breaks";
  EXPECT_THAT(pinned.house.timetables.Move(Staff(), request),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PINNED")));
  request.to = At("2027-06-15T11:00", "rooms/a");
  // Eve was ill when the draft was made.
  request.override_reason = "she is well again";
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved, pinned.house.timetables.Move(Staff(), request));
  const PinnedAspects pin{.day = true, .jurors = {"people/eve"}};
  EXPECT_EQ(PlacementOf(moved.timetable, "theses/3").pin, pin);
  // Out of the timetable again, it stays pinned to its people, and can be unpinned.
  ASSERT_OK(pinned.house.timetables.Pin(
      Staff(), {.timetable = Number(2), .defence = kThird, .pin = {.jurors = {"people/eve"}}}));
  request.to.reset();
  ASSERT_OK_AND_ASSIGN(const MoveOutcome out, pinned.house.timetables.Move(Staff(), request));
  EXPECT_EQ(PlacementOf(out.timetable, "theses/3").pin, (PinnedAspects{.jurors = {"people/eve"}}));
}

TEST(PinDefence, NeedsNoPlaceForJurorsAndModeAndLetsGoOneByOne) {
  Recovered pinned({.day = true, .room = true});
  const Place kept = At("2027-06-15T16:00", "rooms/b");
  const auto pin = [&](const PinnedAspects& aspects, bool mode) {
    return pinned.house.timetables.Pin(
        Staff(), {.timetable = Number(2), .defence = kThird, .pin = aspects, .pin_mode = mode});
  };
  EXPECT_THAT(pin({.day = true, .time = true}, false),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UNPLACED")));
  ASSERT_OK_AND_ASSIGN(const TimetableView some, pin({.day = true, .jurors = {"people/eve"}}, true));
  EXPECT_EQ(
      PlacementOf(some, "theses/3").pin,
      (PinnedAspects{.day = true, .jurors = {"people/eve"}, .mode = solver::Mode::kOnSite, .to = kept}));
  ASSERT_OK_AND_ASSIGN(const TimetableView none, pin({}, false));
  EXPECT_EQ(PlacementOf(none, "theses/3").pin, PinnedAspects{});
}

TEST(Replan, LeavesWhatHasBegunWhereItWas) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  // Bob is entered as away for all of the campaign, on the day after.
  house.SetAvailability("people/bob", {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
                                       Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
  Timetables::ReplanRequest request = Replanning();
  request.now = Moment("2027-06-16T08:00");
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), request));
  EXPECT_FALSE(outcome.created);
  EXPECT_EQ(PlaceText(outcome.timetable, "theses/1"), PlaceText(published, "theses/1"));
  EXPECT_THAT(outcome.facts_changed, IsEmpty()) << "nothing that still matters";
}

TEST(Replan, IsForStaffAndForTheVersionThatWasRead) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_THAT(house.timetables.Replan(Stranger(), Replanning()),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  Timetables::ReplanRequest request = Replanning();
  request.version = 77;
  EXPECT_THAT(house.timetables.Replan(Staff(), request),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST(PinDefence, KeepsJurorsAndTheModeAsTheyWerePinned) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const TimetableView pinned,
                       house.timetables.Pin(Staff(), {.timetable = Number(1),
                                                      .defence = kFirst,
                                                      .pin = {.jurors = {"people/bob", "people/ana"}},
                                                      .pin_mode = true}));
  const PinnedAspects pin{.jurors = {"people/ana", "people/bob"}, .mode = solver::Mode::kOnSite};
  EXPECT_EQ(PlacementOf(pinned, "theses/1").pin, pin);
  ASSERT_OK_AND_ASSIGN(const TimetableView read, house.Get(1));
  EXPECT_EQ(PlacementOf(read, "theses/1").pin, pin) << "also after it was stored";
}

TEST(PinDefence, RefusesAJurorWhoDoesNotAttend) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.Pin(
                  Staff(), {.timetable = Number(1), .defence = kFirst, .pin = {.jurors = {"people/eve"}}}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST(Replan, TellsWhatIsProvenOfItsScore) {
  CampaignFacts facts = ThreeDefences();
  facts.campaign.rules = {{.rule = "stability", .level = solver::RuleLevel::kOff}};
  House house(facts);
  const TimetableView published = house.Published();
  FallIll(house, "people/eve", published, "theses/3");
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  const TimetableRecord& draft = outcome.timetable.timetable;
  ASSERT_TRUE(outcome.is_minimal);
  EXPECT_GT(draft.score.strong(), 0) << "two people are disturbed";
  EXPECT_EQ(draft.bound.strong(), draft.score.strong()) << "and no fewer could be";
  EXPECT_EQ(draft.bound.unplaced(), 0);
}

TEST(Replan, CanBeMadeOnceMoreFromWhatIsStored) {
  House house(ThreeDefences());
  const TimetableView published = house.Published();
  FallIll(house, "people/eve", published, "theses/3");
  FallIll(house, "people/ana", published, "theses/1");
  Timetables::ReplanRequest request = Replanning();
  request.time_max = absl::Seconds(30);
  request.seed = 7;
  ASSERT_OK(house.timetables.Replan(Staff(), request).status());
  std::optional<TimetableRecord> draft;
  std::optional<StoredFacts> stored;
  ASSERT_OK(house.store.Read([&](const TimetableReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(draft, reader.FindTimetable({"campaigns/m2", 2}));
    ASSIGN_OR_RETURN(stored, reader.FindFacts(draft->computed_from));
    return absl::OkStatus();
  }));
  EXPECT_GT(draft->work_max, 0);
  ASSERT_OK_AND_ASSIGN(const std::vector<StoredPlacement> again, Replay(*draft, *stored));
  ASSERT_EQ(again.size(), draft->placements.size());
  for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(again[i].place, draft->placements[i].place);

  draft->work_max = 0;
  EXPECT_THAT(Replay(*draft, *stored),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("NOT_REPLAYABLE")));
}

TEST(Replan, WhatItStartedFromCanBeReadByTheSolver) {
  House house(ThreeDefences());
  house.Published();
  ASSERT_OK_AND_ASSIGN(
      const Timetables::Document text,
      house.timetables.Export(Staff(), {.timetable = Number(1), .format = Timetables::Format::kTimetable}));
  EXPECT_EQ(text.file_name, "soutenances-m2-1-timetable.txt");
  EXPECT_THAT(text.content, HasSubstr("soutenance timetable 1\nplaced \"theses/1\" 2027-06-1"));
  EXPECT_THAT(
      house.timetables.Export(Ana(), {.timetable = Number(1), .format = Timetables::Format::kTimetable}),
      StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace soutenance::scheduling
