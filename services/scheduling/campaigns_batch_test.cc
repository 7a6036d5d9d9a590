#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
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
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

class BatchUpsertCampaign : public CampaignsFixture {
 protected:
  static CampaignBatch ABatch() {
    return {.campaign = ACampaign(),
            .defences = {{.thesis = "theses/1"}, {.thesis = "theses/2", .duration_minutes = 80}},
            .availabilities = {
                {.person = "people/ana", .periods = {Period("2027-06-14", "09:00", "12:00", Answer::kYes)}},
                {.person = "people/bob"}}};
  }

  absl::StatusOr<CampaignChanges> Upsert(const CampaignBatch& batch, const Mutation& mutation = {}) {
    return campaigns.BatchUpsertCampaign(Staff(), batch, mutation);
  }
};

TEST_F(BatchUpsertCampaign, CreatesEverythingAtOnce) {
  ASSERT_OK_AND_ASSIGN(const CampaignChanges changes, Upsert(ABatch()));

  EXPECT_THAT(changes.campaigns.changes(),
              ElementsAre(Change{.resource = "campaigns/m2", .label = "Soutenances 2027"}));
  EXPECT_THAT(changes.defences.changes(),
              ElementsAre(Change{.resource = "campaigns/m2/defences/1", .label = "Title of theses/1"},
                          Change{.resource = "campaigns/m2/defences/2", .label = "Title of theses/2"}));
  EXPECT_THAT(changes.availabilities.changes(),
              ElementsAre(Change{.resource = "campaigns/m2/availabilities/ana", .label = "Ana Ruiz"},
                          Change{.resource = "campaigns/m2/availabilities/bob", .label = "Bob Stone"}));
  EXPECT_THAT(campaigns.ListDefences(Staff(), "campaigns/m2", {})->items, SizeIs(2));
  EXPECT_THAT(campaigns.ListAvailabilities(Staff(), "campaigns/m2", {})->items, SizeIs(2));
}

TEST_F(BatchUpsertCampaign, DoneTwiceChangesNothing) {
  ASSERT_OK(Upsert(ABatch()));
  ASSERT_OK_AND_ASSIGN(const CampaignChanges changes, Upsert(ABatch()));

  EXPECT_TRUE(changes.campaigns.IsEmpty());
  EXPECT_EQ(changes.campaigns.unchanged_count(), 1);
  EXPECT_EQ(changes.defences.unchanged_count(), 2);
  EXPECT_EQ(changes.availabilities.unchanged_count(), 2);
  EXPECT_EQ(campaigns.GetCampaign(Staff(), "campaigns/m2")->version, 1);
}

TEST_F(BatchUpsertCampaign, SaysWhatDiffersAndWhatLeaves) {
  ASSERT_OK(Upsert(ABatch()));
  CampaignBatch batch = ABatch();
  batch.campaign.buffer_minutes = 10;
  batch.defences.pop_back();
  batch.defences[0].duration_minutes = 90;
  batch.availabilities.pop_back();
  batch.availabilities[0].periods.push_back(Period("2027-06-15", "00:00", "24:00", Answer::kNo));
  ASSERT_OK_AND_ASSIGN(const CampaignChanges changes, Upsert(batch));

  EXPECT_THAT(changes.campaigns.changes()[0].fields,
              ElementsAre(Change::Field{.name = "buffer_minutes", .before = "0", .after = "10"}));
  EXPECT_THAT(
      changes.defences.changes(),
      ElementsAre(
          Change{.kind = Change::Kind::kUpdated,
                 .resource = "campaigns/m2/defences/1",
                 .label = "Title of theses/1",
                 .fields = {{.name = "duration_minutes", .before = "0", .after = "90"}}},
          Change{.kind = Change::Kind::kRemoved, .resource = "campaigns/m2/defences/2", .label = "2"}));
  EXPECT_THAT(changes.availabilities.changes()[0].fields,
              ElementsAre(Change::Field{.name = "periods",
                                        .before = "2027-06-14 09:00-12:00 yes",
                                        .after = "2027-06-14 09:00-12:00 yes, 2027-06-15 00:00-24:00 no"}));
  EXPECT_EQ(changes.availabilities.changes()[1].kind, Change::Kind::kRemoved);
  EXPECT_THAT(campaigns.ListDefences(Staff(), "campaigns/m2", {})->items,
              ElementsAre(Field(&Defence::duration_minutes, 90)));
}

TEST_F(BatchUpsertCampaign, ValidatingSaysTheSameAndWritesNothing) {
  ASSERT_OK_AND_ASSIGN(const CampaignChanges announced, Upsert(ABatch(), ValidateOnly()));
  EXPECT_THAT(campaigns.GetCampaign(Staff(), "campaigns/m2"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Upsert(ABatch()), IsOkAndHolds(announced));

  CampaignBatch empty{.campaign = ACampaign()};
  ASSERT_OK_AND_ASSIGN(const CampaignChanges removals, Upsert(empty, ValidateOnly()));
  EXPECT_EQ(removals.defences.removed_count(), 2);
  EXPECT_THAT(campaigns.ListDefences(Staff(), "campaigns/m2", {})->items, SizeIs(2));
}

TEST_F(BatchUpsertCampaign, ListsEveryProblemAndWritesNothing) {
  CampaignBatch batch = ABatch();
  batch.campaign.duration_minutes = 1;
  batch.defences[1].thesis = "theses/1";
  batch.availabilities[1].person = "bob";
  const auto refused = Upsert(batch);

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(refused.status()),
              ElementsAre("campaign.duration_minutes", "defences[1].thesis", "availabilities[1].person"));
  EXPECT_THAT(campaigns.GetCampaign(Staff(), "campaigns/m2"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(BatchUpsertCampaign, PeopleAndThesesMustExistUnlessTheImportBringsThem) {
  CampaignBatch batch = ABatch();
  batch.campaign.rooms = {"rooms/new"};
  batch.defences[1].thesis = "theses/new";
  batch.availabilities[1].person = "people/new";
  EXPECT_THAT(FieldsOf(Upsert(batch).status()),
              ElementsAre("campaign.rooms[0]", "defences[1].thesis", "availabilities[1].person"));

  Caller import = Staff();
  import.service = "directory";
  directory.failure = theses.failure = absl::UnavailableError("busy with the import");
  EXPECT_OK(campaigns.BatchUpsertCampaign(import, batch, ValidateOnly()));
  EXPECT_OK(campaigns.BatchUpsertCampaign(import, batch, {}));
}

TEST_F(BatchUpsertCampaign, TheImportHasTheRightsOfTheAccountItActsFor) {
  Caller import = Ana();
  import.service = "directory";
  EXPECT_THAT(campaigns.BatchUpsertCampaign(import, ABatch(), {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(BatchUpsertCampaign, TheImportLeavesSeatsAndTopicsOfWhichFoldersSayNothing) {
  CampaignBatch batch = ABatch();
  batch.campaign.seats = {{.role = SeatRole::kReviewer, .candidates = {{.person = "people/bob"}}}};
  batch.defences[0].topic = "Robots";
  ASSERT_OK(Upsert(batch));
  Caller import = Staff();
  import.service = "directory";
  ASSERT_OK_AND_ASSIGN(const CampaignChanges changes, campaigns.BatchUpsertCampaign(import, ABatch(), {}));
  EXPECT_TRUE(changes.campaigns.IsEmpty());
  EXPECT_TRUE(changes.defences.IsEmpty());
  EXPECT_EQ(campaigns.GetCampaign(Staff(), "campaigns/m2")->seats.size(), 1U);
  ASSERT_OK(Upsert(ABatch()));
  EXPECT_EQ(campaigns.GetCampaign(Staff(), "campaigns/m2")->seats.size(), 0U) << "staff says everything";
}

TEST_F(BatchUpsertCampaign, DoesNotTakeOverACampaignOfAnotherProgramme) {
  ASSERT_OK(Upsert(ABatch()));
  CampaignBatch batch = ABatch();
  batch.campaign.programme = "programmes/law";
  EXPECT_THAT(campaigns.BatchUpsertCampaign(Stranger(), batch, {}),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("CAMPAIGN_EXISTS")));

  Caller both = Stranger();
  both.grants.push_back({.role = Role::kStaff, .programme = "programmes/msi"});
  EXPECT_THAT(FieldsOf(campaigns.BatchUpsertCampaign(both, batch, {}).status()),
              ElementsAre("campaign.programme"));
}

TEST_F(BatchUpsertCampaign, WhoEnteredAnAnswerThatStaysStaysToo) {
  ASSERT_OK(Upsert(ABatch()));
  ASSERT_OK(campaigns.SetAvailability(
      Ana(),
      {.campaign = "campaigns/m2", .person = "people/ana", .periods = ABatch().availabilities[0].periods},
      {}));
  ASSERT_OK(Upsert(ABatch()));
  EXPECT_THAT(campaigns.GetAvailability(Ana(), {.campaign = "campaigns/m2", .person = "people/ana"}),
              IsOkAndHolds(Field(&Availability::entered_by, "accounts/ana")));
}

TEST_F(BatchUpsertCampaign, ARepeatedRequestReturnsTheFirstResult) {
  ASSERT_OK_AND_ASSIGN(const CampaignChanges first, Upsert(ABatch(), Request("r1")));
  EXPECT_EQ(first.defences.created_count(), 2);
  EXPECT_THAT(Upsert(ABatch(), Request("r1")), IsOkAndHolds(first));
}

TEST_F(BatchUpsertCampaign, TakesFiveThousandDefencesAndTenThousandAnswers) {
  CampaignBatch batch{.campaign = ACampaign()};
  for (int i = 0; i < 5'000; ++i) batch.defences.push_back({.thesis = absl::StrCat("theses/", i)});
  for (int i = 0; i < 10'000; ++i) {
    batch.availabilities.push_back({.person = absl::StrCat("people/", i),
                                    .periods = {Period("2027-06-14", "09:00", "12:00", Answer::kYes)}});
  }
  const absl::Time start = absl::Now();
  ASSERT_OK_AND_ASSIGN(const CampaignChanges changes,
                       campaigns.BatchUpsertCampaign({.service = "directory"}, batch, {}));
  EXPECT_EQ(changes.availabilities.created_count(), 10'000);
  // Less than a second without sanitizers; the limit catches what grows with the square of the number.
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));
}

}  // namespace
}  // namespace soutenance::scheduling
