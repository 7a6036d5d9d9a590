// Juries that are composed together with the timetable, from the campaign to the juries that are written.
#include "services/base/error.h"
#include "services/scheduling/campaign_check.h"
#include "services/scheduling/testing/timetable_house.h"
#include "services/scheduling/timetables.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Each of the three juries lacks a reviewer; Rita and Sam may be. Sam costs 5.
CampaignFacts Composed() {
  CampaignFacts facts = ThreeDefences();
  facts.people["people/rita"] = {.name = "people/rita", .display_name = "Rita Noor"};
  facts.people["people/sam"] = {.name = "people/sam", .display_name = "Sam Okoro"};
  facts.campaign.seats = {{.role = SeatRole::kReviewer,
                           .candidates = {{.person = "people/rita"}, {.person = "people/sam", .cost = 5}}}};
  facts.campaign.rules = {{.rule = "seat_cost", .level = solver::RuleLevel::kStrong}};
  Normalise(facts.campaign);
  return facts;
}

// "people/rita" if she was chosen as a reviewer of `thesis`.
std::vector<std::string> Chosen(const TimetableView& timetable, const std::string& thesis) {
  std::vector<std::string> chosen;
  for (const AttendeeView& attendee : PlacementOf(timetable, thesis).jury) {
    if (attendee.is_composed) chosen.push_back(attendee.person);
  }
  return chosen;
}

std::string DayOf(const TimetableView& timetable, const std::string& thesis) {
  return PlaceText(timetable, thesis).substr(0, 10);
}

Timetables::ReplanRequest Replanning() {
  return {.timetable = {.campaign = "campaigns/m2", .kind = TimetableReference::Kind::kPublished},
          .now = Moment("2027-06-07T08:00"),
          .language = Language::kEnglish};
}

TEST(Composing, ATimetableShowsWhomItChoseAndWhoCostsLeast) {
  House house(Composed());
  const TimetableView timetable = house.Compute();
  for (const std::string thesis : {"theses/1", "theses/2", "theses/3"}) {
    EXPECT_THAT(Chosen(timetable, thesis), ElementsAre("people/rita"));
  }
  const AttendeeView& last = PlacementOf(timetable, "theses/1").jury.back();
  EXPECT_EQ(last.display_name, "Rita Noor");
  EXPECT_EQ(last.role, SeatRole::kReviewer);
}

TEST(Composing, WhoReachedTheLimitIsNotChosenOnceMore) {
  CampaignFacts facts = Composed();
  facts.people["people/rita"].per_campaign_max = 2;
  House house(facts);
  const TimetableView timetable = house.Compute();
  EXPECT_EQ(timetable.timetable.placed_count, 3);
  int rita = 0;
  for (const std::string thesis : {"theses/1", "theses/2", "theses/3"}) {
    rita += Chosen(timetable, thesis) == std::vector<std::string>{"people/rita"} ? 1 : 0;
  }
  EXPECT_EQ(rita, 2);
}

TEST(Composing, SaysWhyADefenceHasNoPlaceIfNobodyMayHoldASeat) {
  CampaignFacts facts = Composed();
  facts.defences[0].seats = {{.role = SeatRole::kExaminer, .count = 1}};
  House house(facts);
  const TimetableView timetable = house.Compute();
  EXPECT_EQ(PlaceText(timetable, "theses/1"), "-");
  EXPECT_THAT(PlacementOf(timetable, "theses/1").unplaced_reason, HasSubstr("places à pourvoir du jury"));
  EXPECT_EQ(timetable.timetable.placed_count, 2);
}

TEST(Composing, CheckSeesSeatsThatNobodyCanHoldAndCostsThatDoNotCount) {
  CampaignFacts facts = Composed();
  facts.campaign.rules.clear();
  facts.defences[0].seats = {{.role = SeatRole::kExaminer, .count = 1}};
  facts.defences[1].seats = {{.role = SeatRole::kReviewer, .count = 3}};
  std::vector<std::string> kinds;
  for (const Finding& finding : CheckFacts(facts).findings) kinds.push_back(finding.kind);
  EXPECT_THAT(kinds, Contains("no_candidate"));
  EXPECT_THAT(kinds, Contains("too_few_candidates"));
  EXPECT_THAT(kinds, Contains("open_seats"));
  EXPECT_THAT(kinds, Contains("cost_without_rule"));
}

TEST(Composing, ExplainsADefenceAndItsOtherPlacesWithWhomItWouldHave) {
  House house(Composed());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const DefenceExplanation explanation,
                       house.timetables.ExplainDefence(Staff(), {.timetable = Number(1),
                                                                 .defence = "campaigns/m2/defences/3",
                                                                 .language = Language::kEnglish}));
  ASSERT_EQ(explanation.alternatives.size(), 5U);
  for (const Alternative& other : explanation.alternatives) {
    ASSERT_EQ(other.holders.size(), 1U);
    EXPECT_EQ(other.holders[0].display_name, "Rita Noor");
  }
}

TEST(Composing, AMoveByHandKeepsOrChangesWhoWasChosen) {
  House house(Composed());
  const TimetableView computed = house.Compute();
  const std::string other_room =
      PlaceText(computed, "theses/3").substr(17) == "rooms/a" ? "rooms/b" : "rooms/a";
  const absl::CivilMinute start = PlacementOf(computed, "theses/3").place->start;
  ASSERT_OK_AND_ASSIGN(const MoveOutcome moved,
                       house.timetables.Move(Staff(), {.timetable = Number(1),
                                                       .defence = "campaigns/m2/defences/3",
                                                       .to = Place{.start = start, .room = other_room}}));
  EXPECT_THAT(Chosen(moved.timetable, "theses/3"), ElementsAre("people/rita"));
  ASSERT_OK_AND_ASSIGN(
      const MoveOutcome changed,
      house.timetables.Move(Staff(), {.timetable = Number(1),
                                      .defence = "campaigns/m2/defences/3",
                                      .holders = {{.person = "people/sam", .role = SeatRole::kReviewer}}}));
  EXPECT_THAT(Chosen(changed.timetable, "theses/3"), ElementsAre("people/sam"));
  EXPECT_EQ(PlaceText(changed.timetable, "theses/3"), PlaceText(moved.timetable, "theses/3"));
  EXPECT_GT(changed.score_after.points[2], changed.score_before.points[2]) << "Sam costs more";
  EXPECT_THAT(
      house.timetables.Move(Staff(), {.timetable = Number(1),
                                      .defence = "campaigns/m2/defences/3",
                                      .holders = {{.person = "people/bob", .role = SeatRole::kReviewer}}}),
      StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Composing, ComparingSeesThatSomebodyElseWasChosen) {
  House house(Composed());
  house.Published();
  ASSERT_OK_AND_ASSIGN(
      const MoveOutcome changed,
      house.timetables.Move(Staff(), {.timetable = Number(1),
                                      .defence = "campaigns/m2/defences/3",
                                      .holders = {{.person = "people/sam", .role = SeatRole::kReviewer}}}));
  ASSERT_EQ(changed.timetable.timetable.key.number, 2);
  ASSERT_OK_AND_ASSIGN(const Comparison comparison,
                       house.timetables.Compare(Staff(), {.before = Number(1), .after = Number(2)}));
  ASSERT_EQ(comparison.differences.size(), 1U);
  EXPECT_EQ(comparison.differences[0].kind, Comparison::Kind::kRecomposed);
  std::vector<std::string> people;
  for (const Comparison::Person& person : comparison.people) people.push_back(person.person);
  EXPECT_THAT(people, Contains("people/rita"));
  EXPECT_THAT(people, Contains("people/sam"));
}

TEST(Composing, ARunFromATimetableStartsWithWhoWasChosen) {
  House house(Composed());
  house.Published();
  const TimetableView again = house.Compute({.moves_max = 1});
  for (const std::string thesis : {"theses/1", "theses/2", "theses/3"}) {
    EXPECT_THAT(Chosen(again, thesis), ElementsAre("people/rita"));
  }
}

TEST(Composing, ReplanningReplacesWhoeverWasChosenAndFallsIllWhereTheDefenceIs) {
  House house(Composed());
  const TimetableView published = house.Published();
  house.SetAvailability("people/rita", {Period(DayOf(published, "theses/3"), "00:00", "24:00", Answer::kNo)});
  Timetables::ReplanRequest request = Replanning();
  // On a machine that does much else, a second is soon over.
  request.time_max = absl::Seconds(10);
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), request));
  EXPECT_TRUE(outcome.created);
  EXPECT_EQ(PlaceText(outcome.timetable, "theses/3"), PlaceText(published, "theses/3"));
  EXPECT_THAT(Chosen(outcome.timetable, "theses/3"), ElementsAre("people/sam"));
  std::vector<std::string> told;
  for (const ToldPerson& person : outcome.people) told.push_back(person.person);
  EXPECT_THAT(told, Contains("people/rita"));
  EXPECT_THAT(told, Contains("people/sam"));
  EXPECT_OK(house.Publish(2).status());
}

TEST(ApplyJuries, MakesThoseWhoWereChosenMembersAndCanBeTriedFirst) {
  House house(Composed());
  house.Published();
  ASSERT_OK_AND_ASSIGN(
      const JuriesOutcome tried,
      house.timetables.ApplyJuries(Staff(), {.timetable = Number(1), .validate_only = true}));
  EXPECT_EQ(tried.seat_count, 3);
  EXPECT_EQ(tried.juries.updated_count(), 3);
  EXPECT_EQ(house.juries.juries.at("theses/3").seats.size(), 1U) << "nothing was written";
  ASSERT_OK_AND_ASSIGN(
      const JuriesOutcome done,
      house.timetables.ApplyJuries(Staff(), {.timetable = Number(1), .request = Once("r1")}));
  EXPECT_EQ(done.juries, tried.juries);
  const std::vector<JurySeat>& jury = house.juries.juries.at("theses/3").seats;
  ASSERT_EQ(jury.size(), 2U);
  EXPECT_EQ(jury[1], (JurySeat{.person = "people/rita", .role = SeatRole::kReviewer}));
  // A repetition returns the first result; another call finds every seat filled.
  ASSERT_OK_AND_ASSIGN(
      const JuriesOutcome repeated,
      house.timetables.ApplyJuries(Staff(), {.timetable = Number(1), .request = Once("r1")}));
  EXPECT_EQ(repeated.seat_count, 3);
  ASSERT_OK_AND_ASSIGN(const JuriesOutcome again,
                       house.timetables.ApplyJuries(Staff(), {.timetable = Number(1)}));
  EXPECT_EQ(again.seat_count, 0);
}

TEST(ApplyJuries, TheTimetableCanBePublishedWithTheJuriesThatItMade) {
  House house(Composed());
  house.Compute();
  ASSERT_OK(house.timetables.ApplyJuries(Staff(), {.timetable = Number(1)}).status());
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(1));
  EXPECT_THAT(Chosen(published, "theses/3"), IsEmpty()) << "she is a member like the others now";
  EXPECT_EQ(PlacementOf(published, "theses/3").jury.back().person, "people/rita");
  ASSERT_OK_AND_ASSIGN(const ReplanOutcome outcome, house.timetables.Replan(Staff(), Replanning()));
  EXPECT_FALSE(outcome.created);
}

TEST(ApplyJuries, LeavesASeatThatSomebodyElseGotMeanwhile) {
  House house(Composed());
  house.Published();
  house.juries.juries["theses/3"].seats.push_back({.person = "people/sam", .role = SeatRole::kReviewer});
  ASSERT_OK_AND_ASSIGN(const JuriesOutcome done,
                       house.timetables.ApplyJuries(Staff(), {.timetable = Number(1)}));
  EXPECT_EQ(done.seat_count, 2);
  EXPECT_EQ(house.juries.juries.at("theses/3").seats.size(), 2U);
}

TEST(ApplyJuries, RefusesWhoMayNotBeChosenAnyMore) {
  CampaignFacts facts = Composed();
  House house(facts);
  house.Published();
  facts.campaign.seats[0].candidates.erase(facts.campaign.seats[0].candidates.begin());
  house.SetCampaign(facts.campaign);
  EXPECT_THAT(house.timetables.ApplyJuries(Staff(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INPUT_CHANGED")));
  EXPECT_EQ(house.juries.juries.at("theses/3").seats.size(), 1U);
}

TEST(ApplyJuries, IsForStaffAndForTimetablesThatChoseSomebody) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_THAT(house.timetables.ApplyJuries(Staff(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("NOBODY_CHOSEN")));
  EXPECT_THAT(house.timetables.ApplyJuries(Ana(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(house.timetables.ApplyJuries(Stranger(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST(Composing, DocumentsNameThoseWhoWereChosen) {
  House house(Composed());
  house.Published();
  ASSERT_OK_AND_ASSIGN(const Timetables::Document document,
                       house.timetables.Export(Staff(), {.timetable = Number(1),
                                                         .format = Timetables::Format::kCsv,
                                                         .language = Language::kEnglish}));
  EXPECT_THAT(document.content, HasSubstr("Rita Noor"));
}

}  // namespace
}  // namespace soutenance::scheduling
