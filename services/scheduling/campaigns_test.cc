#include "services/scheduling/campaigns.h"

#include <gmock/gmock.h>

#include "services/scheduling/testing/campaigns_fixture.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::scheduling::testing::ACampaign;
using ::soutenance::scheduling::testing::Ana;
using ::soutenance::scheduling::testing::CampaignsFixture;
using ::soutenance::scheduling::testing::FieldsOf;
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

class CampaignsTest : public CampaignsFixture {
 protected:
  // Updates the title.
  absl::StatusOr<Campaign> Retitle(const Caller& caller, const std::string& title, int64_t version,
                                   const Mutation& mutation = {}) {
    CampaignUpdate update{.campaign = {.name = "campaigns/m2", .version = version, .title = title},
                          .fields = {"title"}};
    return campaigns.UpdateCampaign(caller, update, mutation);
  }
};

TEST_F(CampaignsTest, KeepsWhatWasCreated) {
  Campaign expected = ACampaign();
  expected.version = 1;
  EXPECT_THAT(campaigns.CreateCampaign(Staff(), ACampaign(), {}), IsOkAndHolds(expected));
  EXPECT_THAT(campaigns.GetCampaign(Staff(), "campaigns/m2"), IsOkAndHolds(expected));
  EXPECT_THAT(campaigns.CreateCampaign(Staff(), ACampaign(), {}),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("CAMPAIGN_EXISTS")));
}

TEST_F(CampaignsTest, RefusesEverySettingThatCannotBe) {
  Campaign campaign = ACampaign();
  campaign.title.clear();
  campaign.grid_minutes = 3;
  const auto refused = campaigns.CreateCampaign(Staff(), campaign, {});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("campaign.title", "campaign.grid_minutes"));
}

TEST_F(CampaignsTest, RefusesWhatNobodyKnows) {
  Campaign campaign = ACampaign();
  campaign.cohort = "programmes/msi/cohorts/1999";
  campaign.rooms = {"rooms/a", "rooms/gone"};
  const auto refused = campaigns.CreateCampaign(Staff(), campaign, {});
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("campaign.cohort", "campaign.rooms[1]"));
}

TEST_F(CampaignsTest, DoesNotGuessWhenTheOthersAreAway) {
  directory.failure = absl::UnavailableError("down");
  EXPECT_THAT(campaigns.CreateCampaign(Staff(), ACampaign(), {}), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(CampaignsTest, OnlyThoseWhoRunTheProgrammeCreate) {
  for (const Caller& caller : {Ana(), Stranger()}) {
    EXPECT_THAT(campaigns.CreateCampaign(caller, ACampaign(), {}),
                StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  }
}

TEST_F(CampaignsTest, ACampaignOfAnotherProgrammeIsNotThere) {
  Created();
  const auto hidden = StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND"));

  EXPECT_THAT(campaigns.GetCampaign(Stranger(), "campaigns/m2"), hidden);
  EXPECT_EQ(campaigns.GetCampaign(Stranger(), "campaigns/m2").status().message(),
            "there is no campaign campaigns/m2");
  EXPECT_EQ(campaigns.GetCampaign(Stranger(), "campaigns/m9").status().message(),
            "there is no campaign campaigns/m9");
  EXPECT_THAT(Retitle(Stranger(), "Mine", 0), hidden);
  EXPECT_THAT(campaigns.ListDefences(Stranger(), "campaigns/m2", {}), hidden);
  EXPECT_THAT(campaigns.ListAvailabilities(Stranger(), "campaigns/m2", {}), hidden);
  EXPECT_THAT(campaigns.CheckCampaign(Stranger(), "campaigns/m2"), hidden);
  EXPECT_THAT(campaigns.ListRules(Stranger(), "campaigns/m2"), hidden);
}

TEST_F(CampaignsTest, AJurorMayKnowButNotChange) {
  Created();
  const auto refused = StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED"));

  EXPECT_OK(campaigns.GetCampaign(Ana(), "campaigns/m2"));
  EXPECT_THAT(Retitle(Ana(), "Mine", 0), refused);
  EXPECT_THAT(campaigns.ListDefences(Ana(), "campaigns/m2", {}), refused);
  EXPECT_THAT(campaigns.ListAvailabilities(Ana(), "campaigns/m2", {}), refused);
  EXPECT_THAT(campaigns.CheckCampaign(Ana(), "campaigns/m2"), refused);
}

TEST_F(CampaignsTest, WhoMayBeChosenForAJuryIsForStaff) {
  Campaign campaign = ACampaign();
  campaign.seats = {{.role = SeatRole::kReviewer, .candidates = {{.person = "people/bob", .cost = 5}}}};
  ASSERT_OK(campaigns.CreateCampaign(Staff(), campaign, {}));
  ASSERT_OK_AND_ASSIGN(const Campaign whole, campaigns.GetCampaign(Staff(), "campaigns/m2"));
  EXPECT_EQ(whole.seats.size(), 1U);
  ASSERT_OK_AND_ASSIGN(const Campaign part, campaigns.GetCampaign(Ana(), "campaigns/m2"));
  EXPECT_THAT(part.seats, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const Page<Campaign> list, campaigns.ListCampaigns(Ana(), {}));
  EXPECT_THAT(list.items.at(0).seats, IsEmpty());
}

TEST_F(CampaignsTest, CandidatesMustExist) {
  Campaign campaign = ACampaign();
  campaign.seats = {
      {.role = SeatRole::kReviewer, .candidates = {{.person = "people/bob"}, {.person = "people/nobody"}}}};
  EXPECT_THAT(FieldsOf(campaigns.CreateCampaign(Staff(), campaign, {}).status()),
              ElementsAre("campaign.seats[0].candidates[1].person"));
}

TEST_F(CampaignsTest, ListsTheCampaignsOfTheCallersProgrammes) {
  Created();
  Campaign law = ACampaign();
  law.name = "campaigns/law";
  law.programme = "programmes/law";
  ASSERT_OK(campaigns.CreateCampaign(Stranger(), law, {}));
  const auto names = [&](const Caller& caller) {
    std::vector<std::string> found;
    const auto page = campaigns.ListCampaigns(caller, {});
    EXPECT_OK(page);
    for (const Campaign& campaign : page->items) found.push_back(campaign.name);
    return found;
  };

  EXPECT_THAT(names(Staff()), ElementsAre("campaigns/m2"));
  EXPECT_THAT(names(Ana()), ElementsAre("campaigns/m2"));
  EXPECT_THAT(names(Stranger()), ElementsAre("campaigns/law"));
  EXPECT_THAT(names({.account = "accounts/root", .grants = {{.role = Role::kAdministrator}}}),
              ElementsAre("campaigns/law", "campaigns/m2"));
  EXPECT_THAT(names({.service = "directory"}), ElementsAre("campaigns/law", "campaigns/m2"));
  EXPECT_THAT(names({.account = "accounts/nobody"}), IsEmpty());
}

TEST_F(CampaignsTest, APageOfHeavyCampaignsIsShorterAndGoesOn) {
  // Each with 1,000 rooms: what fits into one message is fewer than a page.
  for (int i = 0; i < 1'000; ++i) directory.AddRoom({.name = absl::StrCat("rooms/r", i)});
  Campaign heavy = ACampaign();
  heavy.rooms.clear();
  for (int i = 0; i < 1'000; ++i) heavy.rooms.push_back(absl::StrCat("rooms/r", i));
  for (int i = 10; i < 35; ++i) {
    heavy.name = absl::StrCat("campaigns/", i);
    ASSERT_OK(campaigns.CreateCampaign(Staff(), heavy, {}));
  }

  ASSERT_OK_AND_ASSIGN(const Page<Campaign> first, campaigns.ListCampaigns(Staff(), {}));
  EXPECT_THAT(first.items, SizeIs(20));
  ASSERT_OK_AND_ASSIGN(const Page<Campaign> rest, campaigns.ListCampaigns(Staff(), {.after = first.next}));
  EXPECT_THAT(rest.items, SizeIs(5));
  EXPECT_EQ(rest.next, "");
}

TEST_F(CampaignsTest, AnUpdateChangesTheNamedFieldsOnly) {
  Created();
  Campaign expected = ACampaign();
  expected.version = 2;
  expected.title = "Autre titre";

  EXPECT_THAT(Retitle(Staff(), "Autre titre", 1), IsOkAndHolds(expected));
  EXPECT_THAT(campaigns.GetCampaign(Staff(), "campaigns/m2"), IsOkAndHolds(expected));
}

TEST_F(CampaignsTest, AnUpdateWithoutMaskReplacesEverything) {
  Created();
  Campaign other = ACampaign();
  other.language = "en";
  other.rooms = {"rooms/b"};
  other.programme.clear();
  ASSERT_OK(campaigns.UpdateCampaign(Staff(), {.campaign = other}, {}));

  other.programme = "programmes/msi";
  other.version = 2;
  EXPECT_THAT(campaigns.GetCampaign(Staff(), "campaigns/m2"), IsOkAndHolds(other));
}

TEST_F(CampaignsTest, AnUpdateThatChangesNothingKeepsTheVersion) {
  Created();
  EXPECT_THAT(Retitle(Staff(), ACampaign().title, 0), IsOkAndHolds(Field(&Campaign::version, 1)));
}

TEST_F(CampaignsTest, AnUpdateOfWhatWasChangedMeanwhileIsRefused) {
  Created();
  ASSERT_OK(Retitle(Staff(), "Second", 1));
  EXPECT_THAT(Retitle(Staff(), "Third", 1), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_F(CampaignsTest, TheProgrammeCannotChange) {
  Created();
  Campaign other = ACampaign();
  other.programme = "programmes/law";
  const auto refused = campaigns.UpdateCampaign(Staff(), {.campaign = other}, {});
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("campaign.programme"));
}

TEST_F(CampaignsTest, ARoomThatHasGoneDoesNotHinderOtherChanges) {
  Created();
  directory.rooms.erase("rooms/a");
  EXPECT_OK(Retitle(Staff(), "Autre titre", 0));
}

TEST_F(CampaignsTest, ARepeatedRequestReturnsTheFirstResult) {
  ASSERT_OK_AND_ASSIGN(const Campaign first,
                       campaigns.CreateCampaign(Staff(), ACampaign(), Request("r1", "create")));
  ASSERT_OK(Retitle(Staff(), "Autre titre", 0));
  directory.failure = absl::UnavailableError("down");

  EXPECT_THAT(campaigns.CreateCampaign(Staff(), ACampaign(), Request("r1", "create")), IsOkAndHolds(first));
  EXPECT_THAT(campaigns.CreateCampaign(Staff(), ACampaign(), Request("r1", "other")),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST_F(CampaignsTest, ValidatingWritesNothing) {
  EXPECT_THAT(campaigns.CreateCampaign(Staff(), ACampaign(), ValidateOnly()),
              IsOkAndHolds(Field(&Campaign::version, 0)));
  EXPECT_THAT(campaigns.GetCampaign(Staff(), "campaigns/m2"), StatusIs(absl::StatusCode::kNotFound));
  Created();
  EXPECT_THAT(campaigns.CreateCampaign(Staff(), ACampaign(), ValidateOnly()),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Retitle(Staff(), "Autre titre", 0, ValidateOnly()),
              IsOkAndHolds(AllOf(Field(&Campaign::title, "Autre titre"), Field(&Campaign::version, 1))));
  EXPECT_THAT(campaigns.GetCampaign(Staff(), "campaigns/m2"),
              IsOkAndHolds(Field(&Campaign::title, ACampaign().title)));
}

TEST_F(CampaignsTest, RulesAreTheRulebookWithTheSettingsOfTheCampaign) {
  Campaign campaign = ACampaign();
  campaign.rules = {{.rule = "gaps", .level = solver::RuleLevel::kStrong}};
  ASSERT_OK(campaigns.CreateCampaign(Staff(), campaign, {}));

  ASSERT_OK_AND_ASSIGN(const std::vector<RuleInCampaign> plain, campaigns.ListRules(Ana(), ""));
  ASSERT_THAT(plain, SizeIs(solver::kRuleCount));
  EXPECT_EQ(plain[0].line->name, "room_clash");
  EXPECT_FALSE(plain[0].setting.has_value());

  ASSERT_OK_AND_ASSIGN(const std::vector<RuleInCampaign> rules, campaigns.ListRules(Ana(), "campaigns/m2"));
  const solver::RuleLine& gaps = solver::LineOf(solver::RuleId::kGaps);
  EXPECT_EQ(rules[static_cast<std::size_t>(solver::RuleId::kGaps)].setting,
            (RuleSetting{.rule = "gaps",
                         .level = solver::RuleLevel::kStrong,
                         .weight = gaps.weight,
                         .parameter = gaps.parameter}));
  EXPECT_EQ(rules[0].setting,
            (RuleSetting{.rule = "room_clash", .level = solver::RuleLevel::kHard, .weight = 1}));
}

}  // namespace
}  // namespace soutenance::scheduling
