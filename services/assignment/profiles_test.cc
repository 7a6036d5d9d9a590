#include "services/assignment/profiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "storage/open.h"
#include "storage/sql/profile_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

class FakePeopleLookup : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    std::set<std::string> found = people;
    found.erase("people/ghost");
    return found;
  }
};

Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, "programmes/msi"}}}; }
Caller Person(const std::string& id) {
  return {
      .account = "accounts/" + id, .person = "people/" + id, .grants = {{Role::kJuror, "programmes/msi"}}};
}
Caller Service() { return {.service = "directory"}; }

Mutation Request(const std::string& id) {
  return {.request = {.request_id = id, .account = "accounts/staff", .method = "M", .fingerprint = "f"}};
}
const Mutation kOnlyValidate{.validate_only = true};

class ProfilesTest : public ::testing::Test {
 protected:
  absl::StatusOr<Profile> Set(const Caller& caller, const Profile& profile, std::optional<Gender> gender = {},
                              const Mutation& mutation = {}) {
    return profiles_.SetProfile(caller, {.profile = profile, .gender = gender}, mutation);
  }
  std::vector<std::string> List(const Caller& caller, const ProfileQuery& query = {}) {
    std::vector<std::string> listed;
    const absl::StatusOr<Page<Profile>> page = profiles_.ListProfiles(caller, query);
    EXPECT_OK(page);
    if (!page.ok()) return listed;
    for (const Profile& profile : page->items) listed.push_back(profile.person);
    if (!page->next.empty()) listed.push_back("next:" + page->next);
    return listed;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::ProfileStore store_{*database_};
  FakePeopleLookup people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Profiles profiles_{store_, people_, clock_};
};

TEST_F(ProfilesTest, AreKnownToThoseWhoRunAProgrammeAndToThePerson) {
  ASSERT_OK(Set(Staff(), {.person = "ana", .rank = Rank::kA}));
  EXPECT_THAT(profiles_.GetProfile(Staff(), "ana"), IsOkAndHolds(Field(&Profile::rank, Rank::kA)));
  EXPECT_THAT(profiles_.GetProfile(Person("ana"), "ana"), IsOkAndHolds(Field(&Profile::rank, Rank::kA)));
  // Hidden and absent are the same.
  const absl::Status hidden = profiles_.GetProfile(Person("bob"), "ana").status();
  EXPECT_THAT(hidden, StatusIs(absl::StatusCode::kNotFound, Reason("PROFILE_NOT_FOUND")));
  EXPECT_THAT(profiles_.GetProfile(Staff(), "bob"),
              StatusIs(absl::StatusCode::kNotFound, Reason("PROFILE_NOT_FOUND")));
}

TEST_F(ProfilesTest, AreListedAsTheyAreKnown) {
  for (const char* const id : {"ana", "bob", "zoe"}) ASSERT_OK(Set(Staff(), {.person = id}));
  EXPECT_THAT(List(Staff()), ElementsAre("ana", "bob", "zoe"));
  EXPECT_THAT(List(Staff(), {.page = {.size = 2}}), ElementsAre("ana", "bob", "next:bob"));
  EXPECT_THAT(List(Staff(), {.people = {"zoe", "ghost", "ana"}}), ElementsAre("zoe", "ana"));
  EXPECT_THAT(List(Person("bob")), ElementsAre("bob"));
  EXPECT_THAT(List(Person("bob"), {.people = {"ana"}}), IsEmpty());
  EXPECT_THAT(List({.account = "accounts/x"}), IsEmpty());
}

TEST_F(ProfilesTest, ThePersonFillsInWhatIsTheirs) {
  ASSERT_OK(Set(Staff(), {.person = "ana", .rank = Rank::kA, .institution = "Cnam"}));
  Profile own{.person = "ana", .rank = Rank::kA, .institution = "Cnam", .languages = {"fr"}};
  EXPECT_THAT(Set(Person("ana"), own), IsOkAndHolds(Field(&Profile::version, 2)));
  own.may_preside = true;
  own.rank = Rank::kB;
  const absl::Status refused = Set(Person("ana"), own).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_EQ(FactsOf(refused).metadata.at("fields"), "rank, may_preside");
  EXPECT_THAT(Set(Person("bob"), {.person = "ana"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("PERSON_NOT_FOUND")));
}

TEST_F(ProfilesTest, RefusesWhatIsNoneAndWhoIsNobody) {
  const absl::Status refused =
      Set(Staff(), {.person = "ana", .languages = {"french"}, .keywords = {"a", "a"}, .past_theses = {{}}})
          .status();
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(refused).fields) fields.push_back(violation.field);
  EXPECT_THAT(fields,
              ElementsAre("profile.languages[0]", "profile.keywords[1]", "profile.past_theses[0].title"));
  EXPECT_THAT(Set(Staff(), {.person = "ghost"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("PERSON_NOT_FOUND")));
}

TEST_F(ProfilesTest, TheSameAgainLeavesTheVersionAndAnOlderOneIsRefused) {
  const Profile profile{.person = "ana", .languages = {"fr", "en"}};
  ASSERT_OK(Set(Staff(), profile));
  EXPECT_THAT(Set(Staff(), profile), IsOkAndHolds(Field(&Profile::version, 1)));
  EXPECT_THAT(profiles_.SetProfile(Staff(), {.profile = profile, .version = 7}, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_F(ProfilesTest, WritesOncePerRequestAndNothingWhenTryingOut) {
  ASSERT_OK(Set(Staff(), {.person = "ana"}, {}, kOnlyValidate));
  EXPECT_THAT(List(Staff()), IsEmpty());
  ASSERT_OK(Set(Staff(), {.person = "ana", .rank = Rank::kA}, {}, Request("r")));
  ASSERT_OK(Set(Staff(), {.person = "ana", .rank = Rank::kB}));
  EXPECT_THAT(Set(Staff(), {.person = "ana", .rank = Rank::kA}, {}, Request("r")),
              IsOkAndHolds(Field(&Profile::version, 1)));
  EXPECT_THAT(profiles_.GetProfile(Staff(), "ana"), IsOkAndHolds(Field(&Profile::rank, Rank::kB)));
}

TEST_F(ProfilesTest, GenderIsShownToItsPersonOnly) {
  ASSERT_OK(Set(Person("ana"), {.person = "ana"}, Gender::kWoman));
  EXPECT_THAT(profiles_.GetProfile(Person("ana"), "ana"),
              IsOkAndHolds(Field(&Profile::gender, Gender::kWoman)));
  for (const Caller& other :
       {Staff(), Service(), Caller{.account = "a", .grants = {{Role::kAdministrator, ""}}}}) {
    EXPECT_THAT(profiles_.GetProfile(other, "ana"), IsOkAndHolds(Field(&Profile::gender, Gender::kUnknown)));
    ASSERT_OK_AND_ASSIGN(const Page<Profile> page, profiles_.ListProfiles(other, {}));
    EXPECT_EQ(page.items.front().gender, Gender::kUnknown);
  }
  // Who does not see it, does not erase it.
  ASSERT_OK(Set(Staff(), {.person = "ana", .rank = Rank::kA}));
  EXPECT_THAT(profiles_.GetProfile(Person("ana"), "ana"),
              IsOkAndHolds(Field(&Profile::gender, Gender::kWoman)));
  ASSERT_OK(Set(Person("ana"), {.person = "ana", .rank = Rank::kA}, Gender::kUnknown));
  EXPECT_THAT(profiles_.GetProfile(Person("ana"), "ana"),
              IsOkAndHolds(Field(&Profile::gender, Gender::kUnknown)));
}

// Two worlds that differ in what ana said: nothing that staff is answered tells them apart.
TEST_F(ProfilesTest, NothingThatOthersAreAnsweredDependsOnGender) {
  ASSERT_OK(Set(Person("ana"), {.person = "ana"}, Gender::kWoman));
  ASSERT_OK(Set(Person("bob"), {.person = "bob"}, Gender::kMan));
  for (const Gender guess : {Gender::kWoman, Gender::kMan, Gender::kUnknown}) {
    ASSERT_OK_AND_ASSIGN(const Profile ana, Set(Staff(), {.person = "ana"}, guess, kOnlyValidate));
    ASSERT_OK_AND_ASSIGN(Profile bob, Set(Staff(), {.person = "bob"}, guess, kOnlyValidate));
    bob.person = "ana";
    EXPECT_EQ(ana, bob);
    for (const char* const id : {"ana", "bob"}) {
      ASSERT_OK_AND_ASSIGN(const ChangeList changes,
                           profiles_.BatchUpsertProfiles(
                               Staff(), {{.profile = {.person = id}, .gender = guess}}, kOnlyValidate));
      ASSERT_EQ(changes.updated_count(), 1);
      EXPECT_THAT(changes.changes().front().fields, ElementsAre(Change::Field{.name = "gender"}));
    }
  }
  // Also what is really written.
  ASSERT_OK_AND_ASSIGN(const Profile ana, Set(Staff(), {.person = "ana"}, Gender::kWoman));
  ASSERT_OK_AND_ASSIGN(const Profile bob, Set(Staff(), {.person = "bob"}, Gender::kWoman));
  EXPECT_EQ(ana.version, bob.version);
}

TEST_F(ProfilesTest, AreWrittenTogetherOrNotAtAll) {
  ASSERT_OK(Set(Staff(), {.person = "ana"}));
  ASSERT_OK_AND_ASSIGN(const ChangeList changes,
                       profiles_.BatchUpsertProfiles(Staff(),
                                                     {{.profile = {.person = "bob", .rank = Rank::kA}},
                                                      {.profile = {.person = "ana", .keywords = {"law"}}}},
                                                     {}));
  EXPECT_EQ(changes.created_count(), 1);
  EXPECT_EQ(changes.updated_count(), 1);
  const absl::Status refused = profiles_
                                   .BatchUpsertProfiles(Staff(),
                                                        {{.profile = {.person = "zoe"}},
                                                         {.profile = {.person = "ghost"}},
                                                         {.profile = {.person = "cid", .languages = {"x"}}}},
                                                        {})
                                   .status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(profiles_.BatchUpsertProfiles(
                  Staff(), {{.profile = {.person = "zoe"}}, {.profile = {.person = "zoe"}}}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(profiles_.BatchUpsertProfiles(Staff(), {{.profile = {.person = "ghost"}}}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(List(Staff()), ElementsAre("ana", "bob"));
  EXPECT_OK(profiles_.BatchUpsertProfiles(Service(), {{.profile = {.person = "ghost"}}}, {}))
      << "a service is believed about who exists";
}

TEST(AProfile, SurvivesStorage) {
  const Profile profile{
      .person = "ana",
      .version = 3,
      .rank = Rank::kOther,
      .sector = Sector::kProfessional,
      .institution = "I",
      .company = "C",
      .emeritus = true,
      .languages = {"fr"},
      .attendance = Attendance::kPrefersOnSite,
      .keywords = {"a", "b"},
      .expertise = "x",
      .past_theses = {{.title = "T", .text = "t", .year = 2020}},
      .load = {.per_day_max = 2, .roles = {{.role = Seat::Role::kGuest, .per_campaign_max = 1}}},
      .gender = Gender::kMan};
  EXPECT_THAT(Profile::Parse(profile.Serialize()), IsOkAndHolds(profile));
  EXPECT_FALSE(Profile::Parse("nonsense").ok());
}

}  // namespace
}  // namespace soutenance::assignment
