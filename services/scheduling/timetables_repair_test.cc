#include "services/base/error.h"
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
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Kind = solver::RepairStep::Kind;

constexpr char kThird[] = "campaigns/m2/defences/3";

std::vector<AvailabilityPeriod> Never() {
  return {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
          Period("2027-06-15", "00:00", "24:00", Answer::kNo)};
}

// Zoé's only juror, Eve, comes at no time.
CampaignFacts WithoutEve() {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/eve", Never());
  return facts;
}

// One room for an hour on each of two days, and three defences.
CampaignFacts TooFewHours() {
  CampaignFacts facts = ThreeDefences();
  facts.campaign.rooms = {"rooms/a"};
  facts.campaign.hours = {{.from = Time("09:00"), .to = Time("10:00")}};
  return facts;
}

// Bob sits in two defences and comes for one hour.
CampaignFacts BobForAnHour() {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/bob",
           {Period("2027-06-14", "10:00", "24:00", Answer::kNo),
            Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
  return facts;
}

Timetables::RepairRequest Applying(const Repair& repair, int number = 1) {
  return {.timetable = Number(number), .steps = repair.steps, .defences = repair.defences};
}

// The first repair of this kind that needs one step; fails the test if there is none.
Repair Find(const House& house, Kind kind) {
  const absl::StatusOr<Repairs> found =
      house.timetables.FindRepairs(Staff(), {.timetable = Number(1), .language = Language::kEnglish});
  EXPECT_OK(found);
  if (!found.ok()) return {};
  for (const Repair& repair : found->repairs) {
    if (repair.steps.size() == 1 && repair.steps[0].kind == kind) return repair;
  }
  ADD_FAILURE() << "no repair is of kind " << solver::RepairKindName(kind);
  return {};
}

TEST(ExplainTimetable, NamesTheFactsThatCannotHoldTogether) {
  House house(BobForAnHour());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const Explanation explanation,
                       house.timetables.Explain(Staff(), Number(1), Language::kEnglish));
  ASSERT_THAT(explanation.unplaced, SizeIs(1));
  const UnplacedReason& reason = explanation.unplaced[0];
  EXPECT_EQ(reason.kind, "conflict");
  EXPECT_TRUE(reason.is_minimal);
  EXPECT_THAT(reason.facts, Contains(HasSubstr("Bob Stone must attend 2 defences, one at a time")));
  EXPECT_THAT(reason.facts, Contains(HasSubstr("Bob Stone is not available on Tuesday 15")));
  ASSERT_OK_AND_ASSIGN(
      const DefenceExplanation one,
      house.timetables.ExplainDefence(
          Staff(), {.timetable = Number(1), .defence = reason.defence, .language = Language::kFrench}));
  ASSERT_TRUE(one.unplaced.has_value());
  EXPECT_EQ(one.unplaced->kind, "conflict");
  EXPECT_THAT(one.unplaced->sentence, HasSubstr("tout ceci ne tient pas ensemble"));
}

TEST(FindRepairs, AsksTheOnePersonWhoIsInTheWay) {
  House house(WithoutEve());
  house.Compute();
  const Repair repair = Find(house, Kind::kPersonFrees);
  EXPECT_EQ(repair.steps[0].person, "people/eve");
  EXPECT_EQ(repair.people, 1);
  EXPECT_EQ(repair.minutes, 60);
  EXPECT_THAT(repair.defences, ElementsAre(kThird));
  EXPECT_THAT(repair.sentence, HasSubstr("If eve is free on "));
  EXPECT_THAT(repair.sentence, HasSubstr("1 more defence fits"));
  EXPECT_THAT(repair.steps[0].sentence, HasSubstr("eve is free on "));
}

TEST(FindRepairs, IsForStaffAndForUnplacedDefences) {
  House house(WithoutEve());
  house.Compute();
  EXPECT_THAT(house.timetables.FindRepairs(Ana(), {.timetable = Number(1)}), Not(IsOk()));
  EXPECT_THAT(
      house.timetables.FindRepairs(Staff(), {.timetable = Number(1), .defence = "campaigns/m2/defences/1"}),
      StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PLACED")));
  EXPECT_THAT(
      house.timetables.FindRepairs(Staff(), {.timetable = Number(1), .defence = "campaigns/m2/defences/9"}),
      StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
}

TEST(FindRepairs, SaysWhenOthersNeedOnlyMove) {
  House house(TooFewHours());
  house.Compute();
  const Repair repair = Find(house, Kind::kExtraRoom);
  EXPECT_EQ(repair.people, 0);
  const std::string placed = house.Get(1)->placements[0].defence;
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1), .defence = placed}));
  ASSERT_OK_AND_ASSIGN(const Repairs found,
                       house.timetables.FindRepairs(Staff(), {.timetable = Number(1), .defence = placed}));
  ASSERT_THAT(found.repairs, SizeIs(1));
  EXPECT_THAT(found.repairs[0].steps, IsEmpty());
  EXPECT_THAT(found.without, IsEmpty());
}

TEST(ApplyRepair, MakesADraftThatSaysWhatItAssumes) {
  House house(WithoutEve());
  const TimetableView before = house.Compute();
  ASSERT_OK_AND_ASSIGN(const RepairOutcome outcome,
                       house.timetables.ApplyRepair(Staff(), Applying(Find(house, Kind::kPersonFrees))));
  EXPECT_EQ(outcome.timetable.timetable.key.number, 2);
  EXPECT_EQ(outcome.timetable.timetable.base, 1);
  EXPECT_EQ(outcome.timetable.timetable.run, 0);
  EXPECT_TRUE(outcome.timetable.timetable.IsComplete());
  EXPECT_EQ(outcome.timetable.timetable.score.hard(), 0);
  EXPECT_THAT(outcome.timetable.timetable.assumptions, ElementsAre(HasSubstr("eve se libère ")));
  ASSERT_THAT(outcome.comparison.differences, Not(IsEmpty()));
  EXPECT_THAT(outcome.comparison.people, Not(IsEmpty()));
  // What was repaired stays, and so does what Eve said.
  ASSERT_OK_AND_ASSIGN(const TimetableView after, house.Get(1));
  EXPECT_EQ(after.timetable, before.timetable);
  ASSERT_OK_AND_ASSIGN(const TimetableView stored, house.Get(2));
  EXPECT_EQ(stored.timetable, outcome.timetable.timetable);
  EXPECT_NE(PlaceText(stored, "theses/3"), "-");
}

TEST(ApplyRepair, LeavesTheRestOfADraftWhereItIs) {
  House house(WithoutEve());
  house.Compute();
  // By hand, to a place that costs more than others: Bob waits, and changes rooms.
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1),
                                            .defence = "campaigns/m2/defences/1",
                                            .to = At("2027-06-14T09:00", "rooms/a")}));
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1),
                                            .defence = "campaigns/m2/defences/2",
                                            .to = At("2027-06-15T16:00", "rooms/b")}));
  ASSERT_OK_AND_ASSIGN(const RepairOutcome outcome,
                       house.timetables.ApplyRepair(Staff(), Applying(Find(house, Kind::kPersonFrees))));
  EXPECT_EQ(PlaceText(outcome.timetable, "theses/1"), "2027-06-14T09:00 rooms/a");
  EXPECT_EQ(PlaceText(outcome.timetable, "theses/2"), "2027-06-15T16:00 rooms/b");
  EXPECT_THAT(outcome.comparison.differences, SizeIs(1));
}

TEST(ApplyRepair, IsNotPublishedBeforeWhatItAssumesIsSo) {
  House house(WithoutEve());
  house.Compute();
  ASSERT_OK(house.timetables.ApplyRepair(Staff(), Applying(Find(house, Kind::kPersonFrees))));
  const absl::StatusOr<TimetableView> refused = house.Publish(2);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ASSUMPTION_OPEN")));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("eve se libère"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("breaks 1 rule"));

  house.SetAvailability("people/eve", {});
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(2));
  EXPECT_THAT(published.timetable.assumptions, IsEmpty());
  EXPECT_TRUE(published.timetable.IsComplete());
}

TEST(ApplyRepair, PutsDefencesIntoARoomThatIsStillToBeFound) {
  House house(TooFewHours());
  house.Compute();
  const Repair repair = Find(house, Kind::kExtraRoom);
  ASSERT_OK_AND_ASSIGN(const RepairOutcome outcome, house.timetables.ApplyRepair(Staff(), Applying(repair)));
  EXPECT_TRUE(outcome.timetable.timetable.IsComplete());
  EXPECT_THAT(outcome.timetable.placements,
              Contains(::testing::Field(&PlacementView::room_title, "Salle à trouver 1")));
  EXPECT_THAT(house.Publish(2), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ASSUMPTION_OPEN")));
  // A draft of that draft knows what both assume.
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(2), .defence = "campaigns/m2/defences/1"}));
  ASSERT_OK_AND_ASSIGN(
      const RepairOutcome again,
      house.timetables.ApplyRepair(
          Staff(), {.timetable = Number(2), .steps = {}, .defences = {"campaigns/m2/defences/1"}}));
  EXPECT_THAT(again.timetable.timetable.assumptions, ElementsAre(HasSubstr("une salle de plus")));
}

TEST(ApplyRepair, TakesARoomThatIsNamed) {
  House house(TooFewHours());
  house.directory.AddRoom({.name = "rooms/b", .title = "B 204", .site = "Nord", .capacity_seats = 30});
  house.Compute();
  Timetables::RepairRequest request = Applying(Find(house, Kind::kExtraRoom));
  request.steps[0].room = "rooms/b";
  ASSERT_OK_AND_ASSIGN(const RepairOutcome outcome, house.timetables.ApplyRepair(Staff(), request));
  EXPECT_THAT(outcome.timetable.placements, Contains(::testing::Field(&PlacementView::room_title, "B 204")));
  EXPECT_THAT(outcome.timetable.timetable.assumptions, Contains("La campagne dispose de B 204."));
  EXPECT_THAT(house.Publish(2), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ASSUMPTION_OPEN")));
  Campaign campaign = TooFewHours().campaign;
  campaign.rooms.push_back("rooms/b");
  house.SetCampaign(campaign);
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(2));
  EXPECT_TRUE(published.timetable.IsComplete());
}

TEST(ApplyRepair, ARoomThatWasToBeFoundIsNamedLater) {
  House house(TooFewHours());
  house.directory.AddRoom({.name = "rooms/b", .title = "B 204", .site = "Nord", .capacity_seats = 30});
  house.Compute();
  ASSERT_OK(house.timetables.ApplyRepair(Staff(), Applying(Find(house, Kind::kExtraRoom))));
  const absl::StatusOr<TimetableView> refused = house.Publish(2);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ASSUMPTION_OPEN")));
  EXPECT_THAT(FactsOf(refused.status()).preconditions.at(0).description,
              HasSubstr("timetables repair 2 --found extra-1=ROOM"));
  ASSERT_OK_AND_ASSIGN(const RepairOutcome named,
                       house.timetables.ApplyRepair(
                           Staff(), {.timetable = Number(2), .found_rooms = {{"rooms/extra-1", "rooms/b"}}}));
  EXPECT_EQ(named.timetable.timetable.key.number, 3);
  EXPECT_THAT(named.timetable.placements, Contains(::testing::Field(&PlacementView::room_title, "B 204")));
  Campaign campaign = TooFewHours().campaign;
  campaign.rooms.push_back("rooms/b");
  house.SetCampaign(campaign);
  EXPECT_OK(house.Publish(3).status());
}

TEST(ApplyRepair, RefusesARoomThatDoesNotExistThatTheCampaignHasOrThatIsTooSmall) {
  House house(TooFewHours());
  house.directory.AddRoom({.name = "rooms/hut", .title = "Hut", .site = "Nord", .capacity_seats = 1});
  house.Compute();
  Timetables::RepairRequest request = Applying(Find(house, Kind::kExtraRoom));
  for (const std::string room : {"rooms/nowhere", "rooms/a"}) {
    request.steps[0].room = room;
    EXPECT_THAT(house.timetables.ApplyRepair(Staff(), request), StatusIs(absl::StatusCode::kInvalidArgument))
        << room;
  }
  request.steps[0].room = "rooms/hut";
  EXPECT_THAT(house.timetables.ApplyRepair(Staff(), request),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ROOM_DOES_NOT_DO")));
}

TEST(ApplyRepair, ShowsWhatItWouldDoAndWritesNothing) {
  House house(WithoutEve());
  house.Compute();
  Timetables::RepairRequest request = Applying(Find(house, Kind::kPersonFrees));
  request.validate_only = true;
  ASSERT_OK_AND_ASSIGN(const RepairOutcome outcome, house.timetables.ApplyRepair(Staff(), request));
  EXPECT_TRUE(outcome.timetable.timetable.IsComplete());
  EXPECT_EQ(outcome.timetable.timetable.key.number, 0);
  EXPECT_THAT(outcome.comparison.differences, Not(IsEmpty()));
  EXPECT_THAT(house.Get(2), StatusIs(absl::StatusCode::kNotFound));
}

TEST(ApplyRepair, IsDoneOnceForARequestId) {
  House house(WithoutEve());
  house.Compute();
  Timetables::RepairRequest request = Applying(Find(house, Kind::kPersonFrees));
  request.request = Once("repair");
  ASSERT_OK_AND_ASSIGN(const RepairOutcome first, house.timetables.ApplyRepair(Staff(), request));
  ASSERT_OK(house.timetables.Delete(Staff(), {.timetable = Number(1)}));
  ASSERT_OK_AND_ASSIGN(const RepairOutcome second, house.timetables.ApplyRepair(Staff(), request));
  EXPECT_EQ(second.timetable.timetable.key.number, 2);
  EXPECT_THAT(house.Get(3), StatusIs(absl::StatusCode::kNotFound));
}

TEST(ApplyRepair, RefusesStepsThatDoNotHelp) {
  House house(WithoutEve());
  house.Compute();
  Repair repair = Find(house, Kind::kPersonFrees);
  const RepairStep step = repair.steps[0];
  repair.steps.clear();
  EXPECT_THAT(house.timetables.ApplyRepair(Staff(), Applying(repair)),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("REPAIR_DOES_NOT_HOLD")));
  repair.steps = {step};
  repair.steps[0].person = "people/bob";
  EXPECT_THAT(house.timetables.ApplyRepair(Staff(), Applying(repair)),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("REPAIR_DOES_NOT_HOLD")));
  repair.steps = {step, step};
  repair.steps[0].person = "people/nobody";
  repair.steps[1].end = repair.steps[1].start;
  const absl::StatusOr<RepairOutcome> wrong = house.timetables.ApplyRepair(Staff(), Applying(repair));
  EXPECT_THAT(wrong, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(FactsOf(wrong.status()).fields, SizeIs(2));
  Timetables::RepairRequest stale = Applying(Find(house, Kind::kPersonFrees));
  stale.version = 9;
  EXPECT_THAT(house.timetables.ApplyRepair(Staff(), stale),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

}  // namespace
}  // namespace soutenance::scheduling
