#include "services/scheduling/timetables.h"

#include "services/base/error.h"
#include "services/scheduling/testing/timetable_house.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;

constexpr char kFirst[] = "campaigns/m2/defences/1";

// Somebody without any part in the campaign.
Caller Passer() { return {.account = "accounts/p", .person = "people/p"}; }

TimetableReference Latest() {
  return {.campaign = "campaigns/m2", .kind = TimetableReference::Kind::kLatest};
}
TimetableReference ThePublished() {
  return {.campaign = "campaigns/m2", .kind = TimetableReference::Kind::kPublished};
}

TEST(GetTimetable, ShowsPlacementsInOrderWithNames) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK(house.timetables.Move(
      Staff(), {.timetable = Number(1), .defence = kFirst, .to = At("2027-06-15T16:00", "rooms/a")}));
  ASSERT_OK_AND_ASSIGN(const TimetableView timetable, house.Get(1));

  ASSERT_EQ(timetable.placements.size(), 3u);
  for (std::size_t i = 1; i < 3; ++i) {
    EXPECT_LE(timetable.placements[i - 1].place->start, timetable.placements[i].place->start);
  }
  const PlacementView& placement = PlacementOf(timetable, "theses/1");
  EXPECT_EQ(placement.defence, kFirst);
  EXPECT_EQ(placement.title, "Réseaux");
  EXPECT_THAT(placement.students, ElementsAre("Léa Martin"));
  EXPECT_EQ(placement.room_title, "A 101");
  EXPECT_EQ(placement.duration_minutes, 60);
  ASSERT_EQ(placement.jury.size(), 2u);
  EXPECT_EQ(placement.jury[0].display_name, "Bob Stone");
  EXPECT_EQ(placement.jury[0].role, SeatRole::kPresident);
}

TEST(GetTimetable, FindsTheLatestAndThePublishedOne) {
  House house(ThreeDefences());
  EXPECT_THAT(house.timetables.Get(Staff(), Latest()),
              StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
  house.Published();
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const TimetableView latest, house.timetables.Get(Staff(), Latest()));
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.timetables.Get(Staff(), ThePublished()));
  EXPECT_EQ(latest.timetable.key.number, 2);
  EXPECT_EQ(published.timetable.key.number, 1);
  ASSERT_OK_AND_ASSIGN(const TimetableView theirs, house.timetables.Get(Passer(), Latest()));
  EXPECT_EQ(theirs.timetable.key.number, 1);
}

TEST(GetTimetable, HidesAllButThePublishedOneFromThoseWhoAreNoStaff) {
  House house(ThreeDefences());
  house.Published();
  house.Compute();
  for (const Caller& caller : {Ana(), Stranger(), Passer()}) {
    EXPECT_OK(house.Get(1, caller));
    // As if it were not there.
    const auto draft = house.Get(2, caller);
    const auto absent = house.Get(3, caller);
    EXPECT_THAT(draft, StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
    EXPECT_THAT(absent, StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
  }
  ASSERT_OK(house.Publish(2));
  EXPECT_THAT(house.Get(1, Ana()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(house.Get(1, Staff()));
}

TEST(GetTimetable, TellsTheTitleOfAConfidentialThesisToItsOwnPeopleAndItsJuryOnly) {
  CampaignFacts facts = ThreeDefences();
  facts.theses["theses/1"].level = Confidentiality::kClosedSession;
  facts.theses["theses/1"].company_tutor = "people/tutor";
  House house(facts);
  house.Published();
  const auto title = [&](const Caller& caller) {
    const auto timetable = house.Get(1, caller);
    EXPECT_OK(timetable);
    EXPECT_TRUE(PlacementOf(*timetable, "theses/1").is_closed);
    // An internal title is for those who have something to do with the programme.
    const bool is_inside =
        caller.HasRoleAnywhere(Role::kStaff) && caller.HasRole(Role::kStaff, "programmes/msi");
    if (is_inside) {
      EXPECT_EQ(PlacementOf(*timetable, "theses/2").title, "Thesis 2");
    } else if (caller.person.empty()) {
      EXPECT_EQ(PlacementOf(*timetable, "theses/2").title, "");
    }
    return PlacementOf(*timetable, "theses/1").title;
  };
  EXPECT_EQ(title(Staff()), "Réseaux");
  EXPECT_EQ(title({.account = "accounts/x", .person = "people/lea"}), "Réseaux");
  EXPECT_EQ(title({.account = "accounts/x", .person = "people/ana"}), "Réseaux");
  EXPECT_EQ(title({.account = "accounts/x", .person = "people/tutor"}), "Réseaux");
  EXPECT_EQ(title({.account = "accounts/x", .person = "people/nobody"}), "");
  EXPECT_EQ(title({.account = "accounts/x"}), "");
  EXPECT_EQ(title(Stranger()), "");
}

TEST(GetTimetable, TellsWhyOnlyToStaff) {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/eve",
           {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
            Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
  House house(facts);
  house.Compute();
  ASSERT_OK(house.Publish(1, true));
  ASSERT_OK_AND_ASSIGN(const TimetableView ours, house.Get(1));
  ASSERT_OK_AND_ASSIGN(const TimetableView theirs, house.Get(1, Passer()));
  EXPECT_EQ(PlaceText(ours, "theses/3"), "-");
  EXPECT_NE(PlacementOf(ours, "theses/3").unplaced_reason, "");
  EXPECT_EQ(PlacementOf(theirs, "theses/3").unplaced_reason, "");
  EXPECT_EQ(ours.placements.back().thesis, "theses/3");
}

TEST(ListTimetables, GivesStaffAllAndOthersThePublishedOne) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.List(Stranger(), "campaigns/m2", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND")));
  house.Published();
  house.Compute();
  const auto numbers = [&](const Caller& caller, const PageRequest& request) {
    const auto page = house.timetables.List(caller, "campaigns/m2", request);
    EXPECT_OK(page);
    std::vector<int> found;
    for (const TimetableView& timetable : page->items) {
      EXPECT_TRUE(timetable.placements.empty());
      EXPECT_EQ(timetable.timetable.placed_count, 3);
      found.push_back(timetable.timetable.key.number);
    }
    return found;
  };
  EXPECT_THAT(numbers(Staff(), {}), ElementsAre(1, 2, 3));
  EXPECT_THAT(numbers(Staff(), {.size = 2}), ElementsAre(1, 2));
  EXPECT_THAT(numbers(Staff(), {.size = 2, .after = "2"}), ElementsAre(3));
  EXPECT_THAT(numbers(Ana(), {}), ElementsAre(2));
  EXPECT_THAT(numbers(Stranger(), {}), ElementsAre(2));
  EXPECT_THAT(house.timetables.List(Staff(), "campaigns/m3", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND")));
}

TEST(PinDefence, FixesAspectsOfAPlace) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(
      const TimetableView pinned,
      house.timetables.Pin(Staff(), {.timetable = Number(1), .defence = kFirst, .pin = {.day = true}}));
  EXPECT_EQ(PlacementOf(pinned, "theses/1").pin, (PinnedAspects{.day = true}));
  EXPECT_EQ(pinned.timetable.version, 2);

  ASSERT_OK_AND_ASSIGN(const TimetableView freed,
                       house.timetables.Pin(Staff(), {.timetable = Number(1), .defence = kFirst}));
  EXPECT_FALSE(PlacementOf(freed, "theses/1").pin.IsAny());
}

TEST(PinDefence, ChangesNothingThatIsSoAlready) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const TimetableView same,
                       house.timetables.Pin(Staff(), {.timetable = Number(1), .defence = kFirst}));
  EXPECT_EQ(same.timetable.version, 1);
}

TEST(PinDefence, IsDoneOncePerRequestId) {
  House house(ThreeDefences());
  house.Compute();
  const Timetables::PinRequest request{
      .timetable = Number(1), .defence = kFirst, .pin = {.room = true}, .version = 1, .request = Once("p-1")};
  ASSERT_OK(house.timetables.Pin(Staff(), request));
  ASSERT_OK_AND_ASSIGN(const TimetableView again, house.timetables.Pin(Staff(), request));
  EXPECT_EQ(again.timetable.version, 2);
}

TEST(PinDefence, RefusesWhatItCannotDo) {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/eve",
           {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
            Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
  House house(facts);
  house.Compute();
  const PinnedAspects day{.day = true};
  EXPECT_THAT(house.timetables.Pin(
                  Staff(), {.timetable = Number(1), .defence = "campaigns/m2/defences/3", .pin = day}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UNPLACED")));
  EXPECT_THAT(house.timetables.Pin(
                  Staff(), {.timetable = Number(1), .defence = "campaigns/m2/defences/9", .pin = day}),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
  EXPECT_THAT(house.timetables.Pin(
                  Staff(), {.timetable = Number(1), .defence = "campaigns/m3/defences/1", .pin = day}),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
  EXPECT_THAT(
      house.timetables.Pin(Staff(), {.timetable = Number(1), .defence = kFirst, .pin = day, .version = 7}),
      StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_THAT(house.timetables.Pin(Ana(), {.timetable = Number(1), .defence = kFirst, .pin = day}),
              StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK(house.Publish(1, true));
  EXPECT_THAT(house.timetables.Pin(Ana(), {.timetable = Number(1), .defence = kFirst, .pin = day}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST(PinDefence, WritesNothingIfItOnlyValidates) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(
      const TimetableView would_be,
      house.timetables.Pin(
          Staff(), {.timetable = Number(1), .defence = kFirst, .pin = {.day = true}, .validate_only = true}));
  EXPECT_TRUE(PlacementOf(would_be, "theses/1").pin.day);
  ASSERT_OK_AND_ASSIGN(const TimetableView is, house.Get(1));
  EXPECT_FALSE(PlacementOf(is, "theses/1").pin.day);
}

TEST(DeleteTimetable, RemovesADraftAndGivesItsNumberToNobody) {
  House house(ThreeDefences());
  house.Compute();
  const Timetables::DeleteRequest request{.timetable = Number(1), .version = 1, .request = Once("d-1")};
  ASSERT_OK(house.timetables.Delete(Staff(), request));
  EXPECT_THAT(house.Get(1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(house.timetables.Delete(Staff(), request));
  EXPECT_EQ(house.Compute().timetable.key.number, 2);
}

TEST(DeleteTimetable, KeepsWhatWasPublished) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_THAT(house.timetables.Delete(Staff(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PUBLISHED")));
  house.Published();
  EXPECT_THAT(house.timetables.Delete(Staff(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PUBLISHED")));
  EXPECT_OK(house.Get(1));
}

TEST(DeleteTimetable, RefusesAnOldVersion) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.Delete(Staff(), {.timetable = Number(1), .version = 9}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_OK(house.timetables.Delete(Staff(), {.timetable = Number(1), .validate_only = true}));
  EXPECT_OK(house.Get(1));
}

}  // namespace
}  // namespace soutenance::scheduling
