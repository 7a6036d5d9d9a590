#include <gmock/gmock.h>

#include "services/scheduling/testing/campaigns_fixture.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::ACampaign;
using ::soutenance::scheduling::testing::Ana;
using ::soutenance::scheduling::testing::CampaignsFixture;
using ::soutenance::scheduling::testing::FieldsOf;
using ::soutenance::scheduling::testing::Period;
using ::soutenance::scheduling::testing::Staff;
using ::soutenance::scheduling::testing::Stranger;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kCampaign[] = "campaigns/m2";

class CampaignMembers : public CampaignsFixture {
 protected:
  CampaignMembers() { Created(); }

  absl::StatusOr<Defence> Set(const Defence& defence, const Mutation& mutation = {}) {
    return campaigns.SetDefence(Staff(), defence, mutation);
  }
  absl::StatusOr<Availability> Answer(const Caller& caller, const Availability& answer,
                                      const Mutation& mutation = {}) {
    return campaigns.SetAvailability(caller, answer, mutation);
  }

  std::vector<Defence> Defences() {
    const auto page = campaigns.ListDefences(Staff(), kCampaign, {});
    EXPECT_OK(page);
    return page->items;
  }

  const Defence first = {.campaign = kCampaign, .thesis = "theses/1"};
  const DefenceKey first_key = {.campaign = kCampaign, .thesis = "theses/1"};
  const Availability ana = {.campaign = kCampaign, .person = "people/ana"};
  const AvailabilityKey ana_key = {.campaign = kCampaign, .person = "people/ana"};
};

TEST_F(CampaignMembers, ADefenceIsAddedAndChanged) {
  EXPECT_THAT(Set(first), IsOkAndHolds(Field(&Defence::version, 1)));
  Defence longer = first;
  longer.duration_minutes = 80;
  longer.equipment = {"video", "projector", "video"};

  EXPECT_THAT(Set(longer),
              IsOkAndHolds(AllOf(Field(&Defence::version, 2),
                                 Field(&Defence::equipment, ElementsAre("projector", "video")))));
  EXPECT_THAT(Set(longer), IsOkAndHolds(Field(&Defence::version, 2))) << "nothing changed";
  EXPECT_THAT(Defences(), ElementsAre(Field(&Defence::duration_minutes, 80)));
}

TEST_F(CampaignMembers, ADefenceThatWasChangedMeanwhileIsNotChanged) {
  Defence defence = first;
  defence.version = 1;
  EXPECT_THAT(Set(defence), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG"))) << "it is not there";
  ASSERT_OK(Set(first));
  defence.duration_minutes = 30;
  ASSERT_OK(Set(defence));
  EXPECT_THAT(Set(defence), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_THAT(campaigns.RemoveDefence(Staff(), first_key, 1, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_F(CampaignMembers, OnlyThesesThatExistAndAreDefendedAreAdded) {
  EXPECT_THAT(FieldsOf(Set({.campaign = kCampaign, .thesis = "theses/9"}).status()),
              ElementsAre("defence.thesis"));
  theses.theses["theses/1"].is_withdrawn = true;
  EXPECT_THAT(Set(first), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("THESIS_WITHDRAWN")));
  EXPECT_THAT(FieldsOf(Set({.campaign = kCampaign, .thesis = "theses/1", .duration_minutes = 2}).status()),
              ElementsAre("defence.duration_minutes"));
}

TEST_F(CampaignMembers, ADefenceOfACampaignThatIsNotThereIsNotAdded) {
  EXPECT_THAT(Set({.campaign = "campaigns/m9", .thesis = "theses/1"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND")));
  EXPECT_THAT(campaigns.SetDefence(Stranger(), first, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND")));
  EXPECT_THAT(campaigns.SetDefence(Ana(), first, {}), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(CampaignMembers, ADefenceIsRemovedOnce) {
  ASSERT_OK(Set(first));
  EXPECT_OK(campaigns.RemoveDefence(Staff(), first_key, 1, ValidateOnly()));
  EXPECT_THAT(Defences(), SizeIs(1));

  EXPECT_OK(campaigns.RemoveDefence(Staff(), first_key, 1, Request("r1")));
  EXPECT_THAT(Defences(), IsEmpty());
  EXPECT_OK(campaigns.RemoveDefence(Staff(), first_key, 1, Request("r1"))) << "the same request";
  EXPECT_THAT(campaigns.RemoveDefence(Staff(), first_key, 0, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
}

TEST_F(CampaignMembers, WhoDidNotAnswerHasNoVersion) {
  EXPECT_THAT(campaigns.GetAvailability(Ana(), ana_key), IsOkAndHolds(ana));
  EXPECT_FALSE(campaigns.GetAvailability(Ana(), ana_key)->IsAnswered());
}

TEST_F(CampaignMembers, NobodyHasAnAnswerWhoDoesNotExist) {
  EXPECT_OK(campaigns.GetAvailability(Staff(), ana_key));
  const AvailabilityKey gone = {.campaign = kCampaign, .person = "people/gone"};
  EXPECT_THAT(campaigns.GetAvailability(Staff(), gone),
              StatusIs(absl::StatusCode::kNotFound, Reason("PERSON_NOT_FOUND")));
}

TEST_F(CampaignMembers, PeopleAnswerForThemselves) {
  Availability answer = ana;
  answer.periods = {Period("2027-06-15", "09:00", "12:00", Answer::kYes),
                    Period("2027-06-14", "00:00", "24:00", Answer::kNo)};
  ASSERT_OK(Answer(Ana(), answer));

  const auto found = campaigns.GetAvailability(Staff(), ana_key);
  EXPECT_THAT(
      found,
      IsOkAndHolds(AllOf(
          Field(&Availability::entered_by, "accounts/ana"), Field(&Availability::version, 1),
          Field(&Availability::periods, ElementsAre(Period("2027-06-14", "00:00", "24:00", Answer::kNo),
                                                    Period("2027-06-15", "09:00", "12:00", Answer::kYes))))));
}

TEST_F(CampaignMembers, AnAnswerWithoutPeriodsIsAnAnswer) {
  ASSERT_OK(Answer(Ana(), ana));
  EXPECT_TRUE(campaigns.GetAvailability(Ana(), ana_key)->IsAnswered());
}

TEST_F(CampaignMembers, StaffAnswerForAnybodyWhoExists) {
  ASSERT_OK(Answer(Ana(), ana));
  EXPECT_THAT(Answer(Staff(), ana), IsOkAndHolds(AllOf(Field(&Availability::entered_by, "accounts/staff"),
                                                       Field(&Availability::version, 2))));
  EXPECT_THAT(FieldsOf(Answer(Staff(), {.campaign = kCampaign, .person = "people/gone"}).status()),
              ElementsAre("availability.person"));
}

TEST_F(CampaignMembers, NobodyElseAnswersOrSeesAnAnswer) {
  const Availability bob = {.campaign = kCampaign, .person = "people/bob"};
  EXPECT_THAT(Answer(Ana(), bob), StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(campaigns.GetAvailability(Ana(), {.campaign = kCampaign, .person = "people/bob"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("AVAILABILITY_NOT_FOUND")));
  EXPECT_THAT(Answer(Stranger(), ana), StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND")));
  EXPECT_THAT(campaigns.GetAvailability(Stranger(), ana_key), StatusIs(absl::StatusCode::kNotFound));
  const Caller nameless = {.account = "accounts/x",
                           .grants = {{.role = Role::kJuror, .programme = "programmes/msi"}}};
  EXPECT_THAT(Answer(nameless, ana), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(CampaignMembers, AnAnswerThatWasChangedMeanwhileIsNotReplaced) {
  ASSERT_OK(Answer(Ana(), ana));
  Availability answer = ana;
  answer.version = 1;
  answer.periods = {Period("2027-06-14", "00:00", "24:00", Answer::kNo)};
  ASSERT_OK(Answer(Staff(), answer));
  EXPECT_THAT(Answer(Ana(), answer), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_F(CampaignMembers, ListsAnswersAPageAtATime) {
  ASSERT_OK(Answer(Staff(), {.campaign = kCampaign, .person = "people/bob"}));
  ASSERT_OK(Answer(Staff(), ana));
  ASSERT_OK_AND_ASSIGN(const Page<Availability> page,
                       campaigns.ListAvailabilities(Staff(), kCampaign, {.size = 1}));
  EXPECT_THAT(page.items, ElementsAre(Field(&Availability::person, "people/ana")));
  EXPECT_EQ(page.next, "ana");
}

TEST_F(CampaignMembers, APageOfLongAnswersIsShorterAndGoesOn) {
  CampaignBatch batch{.campaign = ACampaign()};
  for (int i = 100; i < 130; ++i) {
    Availability answer{.person = absl::StrCat("people/", i)};
    for (int day = 0; day < 1'000; ++day)
      answer.periods.push_back({.date = absl::CivilDay(2027, 1, 1) + day});
    batch.availabilities.push_back(std::move(answer));
  }
  ASSERT_OK(campaigns.BatchUpsertCampaign({.service = "directory"}, batch, {}));

  ASSERT_OK_AND_ASSIGN(const Page<Availability> page, campaigns.ListAvailabilities(Staff(), kCampaign, {}));
  EXPECT_THAT(page.items, SizeIs(20));
  EXPECT_EQ(page.next, "119");
}

TEST_F(CampaignMembers, ARepeatedAnswerReturnsTheFirstResult) {
  ASSERT_OK_AND_ASSIGN(const Availability first_result, Answer(Ana(), ana, Request("r1")));
  ASSERT_OK(Answer(Staff(), ana));
  EXPECT_THAT(Answer(Ana(), ana, Request("r1")), IsOkAndHolds(first_result));
}

}  // namespace
}  // namespace soutenance::scheduling
