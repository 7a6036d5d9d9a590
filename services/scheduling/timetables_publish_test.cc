#include <thread>

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
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string PublishedTimetableOf(House& house) {
  std::string name;
  EXPECT_OK(house.campaigns.Read([&](const CampaignReader& reader) {
    const auto campaign = reader.FindCampaign("campaigns/m2");
    if (campaign.ok()) name = (*campaign)->published_timetable;
    return campaign.status();
  }));
  return name;
}

// "people/<person>" cannot come at all.
void NeverComes(House& house, const std::string& person) {
  house.SetAvailability(person, {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
                                 Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
}

TEST(PublishTimetable, MakesItThePublishedOneOfItsCampaign) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_EQ(PublishedTimetableOf(house), "");
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(1));
  EXPECT_EQ(published.timetable.state, TimetableState::kPublished);
  EXPECT_EQ(published.timetable.published, house.clock.Now());
  EXPECT_EQ(published.timetable.version, 2);
  EXPECT_THAT(published.timetable.facts_changed, IsEmpty());
  EXPECT_EQ(PublishedTimetableOf(house), "campaigns/m2/timetables/1");
}

TEST(PublishTimetable, SupersedesTheOneBefore) {
  House house(ThreeDefences());
  house.Published();
  house.Published();
  ASSERT_OK_AND_ASSIGN(const TimetableView first, house.Get(1));
  EXPECT_EQ(first.timetable.state, TimetableState::kSuperseded);
  EXPECT_EQ(PublishedTimetableOf(house), "campaigns/m2/timetables/2");
  EXPECT_THAT(house.Publish(1), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("SUPERSEDED")));
}

TEST(PublishTimetable, ChangesNothingTheSecondTime) {
  House house(ThreeDefences());
  house.Compute();
  const Timetables::PublishRequest request{.timetable = Number(1), .version = 1};
  ASSERT_OK_AND_ASSIGN(const TimetableView first, house.timetables.Publish(Staff(), request));
  house.clock.Advance(absl::Minutes(5));
  ASSERT_OK_AND_ASSIGN(const TimetableView second, house.timetables.Publish(Staff(), request));
  EXPECT_EQ(first.timetable, second.timetable);
}

TEST(PublishTimetable, RefusesAnOldVersion) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.Publish(Staff(), {.timetable = Number(1), .version = 7}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST(PublishTimetable, AsksBeforePublishingAnIncompleteOne) {
  House house(ThreeDefences());
  NeverComes(house, "people/eve");
  house.Compute();
  const auto refused = house.Publish(1);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INCOMPLETE")));
  EXPECT_THAT(FactsOf(refused.status()).preconditions,
              ElementsAre(Field(&PreconditionViolation::subject, "campaigns/m2/defences/3")));
  EXPECT_OK(house.Publish(1, true));
}

TEST(PublishTimetable, RefusesOneThatBreaksARuleByNow) {
  House house(ThreeDefences());
  house.Compute();
  NeverComes(house, "people/eve");
  const auto refused = house.Publish(1);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INPUT_CHANGED")));
  ASSERT_EQ(FactsOf(refused.status()).preconditions.size(), 1u);
  const PreconditionViolation breach = FactsOf(refused.status()).preconditions[0];
  EXPECT_EQ(breach.type, "availability");
  EXPECT_EQ(breach.subject, "campaigns/m2/defences/3");
  EXPECT_THAT(breach.description, HasSubstr("eve"));
  ASSERT_OK_AND_ASSIGN(const TimetableView draft, house.Get(1));
  EXPECT_EQ(draft.timetable.state, TimetableState::kDraft);
}

TEST(PublishTimetable, SaysWhichFactsChangedIfItStillHolds) {
  House house(ThreeDefences());
  const TimetableView draft = house.Compute();
  house.SetAvailability("people/eve", {Period("2027-06-14", "00:00", "08:00", Answer::kNo),
                                       Period("2027-06-15", "16:30", "24:00", Answer::kNo)});
  house.directory.rooms["rooms/b"].title = "B 205";
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(1));
  EXPECT_THAT(published.timetable.facts_changed, ElementsAre("La salle B 204 s'appelle désormais B 205.",
                                                             "Les disponibilités d’eve ont changé."));
  // What it was computed from stays what it was.
  EXPECT_EQ(published.timetable.problem_digest, draft.timetable.problem_digest);
  EXPECT_EQ(published.timetable.bound, solver::Score()) << "what was proven, was proven for other facts";
  ASSERT_OK_AND_ASSIGN(const TimetableView theirs, house.Get(1, Ana()));
  EXPECT_THAT(theirs.timetable.facts_changed, IsEmpty());
}

TEST(PublishTimetable, ShowsTheFactsOfTheDayOfPublication) {
  House house(ThreeDefences());
  house.Compute();
  // The title is in no problem, so the timetable holds.
  house.theses.theses["theses/1"].title = "Réseaux, deuxième titre";
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(1));
  EXPECT_EQ(PlacementOf(published, "theses/1").title, "Réseaux, deuxième titre");
  EXPECT_THAT(published.timetable.facts_changed, IsEmpty());
}

TEST(PublishTimetable, RefusesToPublishADefenceOfAWithdrawnThesis) {
  House house(ThreeDefences());
  house.Compute();
  house.theses.theses["theses/3"].is_withdrawn = true;
  const auto refused = house.Publish(1);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INPUT_CHANGED")));
  EXPECT_THAT(FactsOf(refused.status()).preconditions,
              ElementsAre(Field(&PreconditionViolation::subject, "campaigns/m2/defences/3")));

  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1), .defence = "campaigns/m2/defences/3"}));
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(1));
  EXPECT_EQ(published.timetable.defence_count, 2);
  EXPECT_THAT(published.timetable.facts_changed, ElementsAre("La soutenance de zoe n’est plus à placer."));
}

TEST(PublishTimetable, CountsANewDefenceAsUnplaced) {
  House house(ThreeDefences());
  house.Compute();
  CampaignFacts more = ThreeDefences();
  AddDefence(more, "4", "noe", {"people/eve"});
  house.AddDefence(more);

  EXPECT_THAT(house.Publish(1), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INCOMPLETE")));
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(1, true));
  EXPECT_EQ(published.timetable.defence_count, 4);
  EXPECT_EQ(published.timetable.placed_count, 3);
  EXPECT_THAT(published.timetable.facts_changed, ElementsAre("La soutenance de noe s'ajoute."));
  EXPECT_NE(PlacementOf(published, "theses/4").unplaced_reason, "");
}

TEST(PublishTimetable, AcceptsWhatSomebodyGaveAReasonFor) {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/bob", {Period("2027-06-15", "12:00", "24:00", Answer::kNo)});
  House house(facts);
  house.Compute();
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1),
                                            .defence = "campaigns/m2/defences/2",
                                            .to = At("2027-06-15T14:00", "rooms/a"),
                                            .override_reason = "Bob agreed"}));
  // Other facts change; the breach with a reason is no new one.
  house.directory.rooms["rooms/b"].title = "B 205";
  ASSERT_OK_AND_ASSIGN(const TimetableView published, house.Publish(1));
  EXPECT_EQ(PlacementOf(published, "theses/2").override_reason, "Bob agreed");
  EXPECT_EQ(published.timetable.facts_changed.size(), 1u);
}

TEST(PublishTimetable, WritesNothingIfItOnlyValidates) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const TimetableView would_be,
                       house.timetables.Publish(Staff(), {.timetable = Number(1), .validate_only = true}));
  EXPECT_EQ(would_be.timetable.state, TimetableState::kPublished);
  ASSERT_OK_AND_ASSIGN(const TimetableView is, house.Get(1));
  EXPECT_EQ(is.timetable.state, TimetableState::kDraft);
  EXPECT_EQ(PublishedTimetableOf(house), "");
}

TEST(PublishTimetable, ReturnsTheFirstResultForTheSameRequestId) {
  House house(ThreeDefences());
  house.Compute();
  const Timetables::PublishRequest request{.timetable = Number(1), .version = 1, .request = Once("p-1")};
  ASSERT_OK(house.timetables.Publish(Staff(), request));
  house.Published();
  ASSERT_OK_AND_ASSIGN(const TimetableView again, house.timetables.Publish(Staff(), request));
  EXPECT_EQ(again.timetable.key.number, 1);
  EXPECT_EQ(PublishedTimetableOf(house), "campaigns/m2/timetables/2");
}

TEST(PublishTimetable, RemembersThatItFoundItPublished) {
  House house(ThreeDefences());
  house.Published();
  const Timetables::PublishRequest request{.timetable = Number(1), .request = Once("p-1")};
  ASSERT_OK(house.timetables.Publish(Staff(), request));
  house.Published();
  ASSERT_OK_AND_ASSIGN(const TimetableView again, house.timetables.Publish(Staff(), request));
  EXPECT_EQ(again.timetable.key.number, 1);
}

TEST(PublishTimetable, ChangesNothingIfAPeerIsDown) {
  House house(ThreeDefences());
  house.Compute();
  house.juries.failure = absl::UnavailableError("down");
  EXPECT_THAT(house.Publish(1), StatusIs(absl::StatusCode::kUnavailable));
  ASSERT_OK_AND_ASSIGN(const TimetableView draft, house.Get(1));
  EXPECT_EQ(draft.timetable.state, TimetableState::kDraft);
}

TEST(PublishTimetable, IsForStaff) {
  House house(ThreeDefences());
  house.Published();
  house.Compute();
  EXPECT_THAT(house.timetables.Publish(Ana(), {.timetable = Number(2)}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(house.timetables.Publish(Ana(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST(PublishRace, LeavesExactlyOnePublished) {
  House house(ThreeDefences());
  for (int i = 0; i < 4; ++i) house.Compute();
  {
    std::vector<std::jthread> publishers;
    for (int number = 1; number <= 4; ++number) {
      publishers.emplace_back([&house, number] { EXPECT_OK(house.Publish(number)); });
    }
  }
  int published = 0;
  int superseded = 0;
  for (int number = 1; number <= 4; ++number) {
    ASSERT_OK_AND_ASSIGN(const TimetableView timetable, house.Get(number));
    if (timetable.timetable.state == TimetableState::kPublished) {
      ++published;
      EXPECT_EQ(PublishedTimetableOf(house), TimetableName({"campaigns/m2", number}));
    }
    if (timetable.timetable.state == TimetableState::kSuperseded) ++superseded;
  }
  EXPECT_EQ(published, 1);
  EXPECT_EQ(superseded, 3);
}

TEST(PublishRace, PublishesADraftOnceForEverybodyWhoAsks) {
  House house(ThreeDefences());
  house.Compute();
  {
    std::vector<std::jthread> publishers;
    for (int i = 0; i < 4; ++i) {
      publishers.emplace_back([&house] { EXPECT_OK(house.Publish(1)); });
    }
  }
  ASSERT_OK_AND_ASSIGN(const TimetableView timetable, house.Get(1));
  EXPECT_EQ(timetable.timetable.state, TimetableState::kPublished);
  EXPECT_EQ(timetable.timetable.version, 2);
}

TEST(PublishRace, LosesNoMoveThatIsMadeMeanwhile) {
  House house(ThreeDefences());
  house.Compute();
  {
    std::jthread mover([&] {
      for (int i = 0; i < 5; ++i) {
        const std::string start = i % 2 == 0 ? "2027-06-15T15:00" : "2027-06-15T16:00";
        // Of the draft, or in a new draft of what is published by then.
        EXPECT_OK(house.timetables.Move(
            Staff(),
            {.timetable = Number(1), .defence = "campaigns/m2/defences/3", .to = At(start, "rooms/b")}));
      }
    });
    std::jthread publisher([&] { EXPECT_OK(house.Publish(1)); });
  }
  ASSERT_OK_AND_ASSIGN(const TimetableView timetable, house.Get(1));
  EXPECT_EQ(timetable.timetable.state, TimetableState::kPublished);
  EXPECT_EQ(timetable.timetable.placed_count, 3);
}

}  // namespace
}  // namespace soutenance::scheduling
