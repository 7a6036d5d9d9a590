#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/assignment/rules/defaults.h"
#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/rule_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using assignment::Derogation;
using assignment::Gender;
using assignment::Jury;
using assignment::Profile;
using assignment::Rank;
using assignment::Seat;
using assignment::rules::RuleSet;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

Profile AProfile(const std::string& person) {
  return {.person = person,
          .rank = Rank::kB,
          .sector = assignment::Sector::kAcademic,
          .institution = "Université d’Angers",
          .company = "Airbus",
          .may_preside = true,
          .emeritus = true,
          .habilitated = true,
          .languages = {"en", "fr"},
          .attendance = assignment::Attendance::kRemoteOnly,
          .keywords = {"réseaux", "droit"},
          .expertise = "Everything that\nmoves",
          .past_theses = {{.title = "B", .text = "text", .year = 2025}, {.title = "A"}},
          .load = {.per_campaign_max = 6,
                   .per_day_max = 2,
                   .roles = {{.role = Seat::Role::kPresident, .per_campaign_max = 3},
                             {.role = Seat::Role::kExaminer, .per_campaign_max = 5}}},
          .gender = Gender::kWoman};
}

class ProfileStoreContract : public contract::OnEveryBackend {
 protected:
  absl::Status Put(const Profile& profile) {
    return store_.Write([&](ProfileStore::Writer& writer) { return writer.Put(profile); });
  }
  std::vector<Profile> FindAll(const std::vector<std::string>& people) {
    std::vector<Profile> found;
    EXPECT_OK(store_.Read([&](const ProfileStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(found, reader.FindAll(people));
      return absl::OkStatus();
    }));
    return found;
  }

  std::unique_ptr<Database> database_ = OpenDatabase("assignment");
  ProfileStore store_{*database_};
};

TEST_P(ProfileStoreContract, KeepsEverythingAboutAPerson) {
  Profile profile = AProfile("0042");
  ASSERT_OK(Put(profile));
  profile.version = 1;
  EXPECT_THAT(FindAll({"0042", "nobody"}), ElementsAre(profile));

  Profile nothing{.person = "0042", .version = 1};
  ASSERT_OK(Put(nothing));
  nothing.version = 2;
  EXPECT_THAT(FindAll({"0042"}), ElementsAre(nothing)) << "what was said before is gone";
}

TEST_P(ProfileStoreContract, RefusesAnOlderVersion) {
  ASSERT_OK(Put(AProfile("ana")));
  EXPECT_THAT(Put(AProfile("ana")), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_P(ProfileStoreContract, FindsInTheOrderAskedForAndListsInThatOfIds) {
  for (const char* const person : {"bob", "ana", "zoe"}) ASSERT_OK(Put({.person = person}));
  const std::vector<Profile> asked = FindAll({"zoe", "ana", "zoe"});
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0].person, "zoe");
  std::vector<std::string> listed;
  ASSERT_OK(store_.Read([&](const ProfileStore::Reader& reader) -> absl::Status {
    PageRequest page{.size = 2};
    do {
      ASSIGN_OR_RETURN(const Page<Profile> part, reader.List(page));
      for (const Profile& profile : part.items) listed.push_back(profile.person);
      page.after = part.next;
    } while (!page.after.empty());
    return absl::OkStatus();
  }));
  EXPECT_THAT(listed, ElementsAre("ana", "bob", "zoe"));
}

class RuleStoreContract : public contract::OnEveryBackend {
 protected:
  absl::Status Put(const RuleSet& set) {
    return store_.Write([&](RuleStore::Writer& writer) { return writer.PutRuleSet(set); });
  }
  absl::StatusOr<std::optional<RuleSet>> Find(const std::string& programme) {
    std::optional<RuleSet> set;
    RETURN_IF_ERROR(store_.Read([&](const RuleStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(set, reader.FindRuleSet(programme));
      return absl::OkStatus();
    }));
    return set;
  }
  absl::Status Grant(const Derogation& derogation) {
    return store_.Write([&](RuleStore::Writer& writer) { return writer.PutDerogation(derogation); });
  }
  std::vector<Derogation> FindDerogations(const std::vector<std::string>& theses) {
    std::vector<Derogation> found;
    EXPECT_OK(store_.Read([&](const RuleStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(found, reader.FindDerogations(theses));
      return absl::OkStatus();
    }));
    return found;
  }

  std::unique_ptr<Database> database_ = OpenDatabase("assignment");
  RuleStore store_{*database_};
};

TEST_P(RuleStoreContract, KeepsEveryRuleOfEveryShippedSet) {
  for (const assignment::rules::DefaultSet& one : assignment::rules::DefaultSets()) {
    RuleSet set = one.set;
    set.programme = one.id;
    set.institutions = {"Cnam", "CNAM Pays de la Loire"};
    set.keywords = {"réseaux", "droit"};
    ASSERT_OK(Put(set));
    set.version = 1;
    EXPECT_THAT(Find(one.id), IsOkAndHolds(Optional(set)));
  }
  EXPECT_THAT(Find("nothing"), IsOkAndHolds(std::nullopt));
}

TEST_P(RuleStoreContract, ReplacesAndRefusesAnOlderVersion) {
  RuleSet set = assignment::rules::DefaultSets().front().set;
  set.programme = "msi";
  ASSERT_OK(Put(set));
  EXPECT_THAT(Put(set), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  RuleSet shorter = set;
  shorter.version = 1;
  shorter.rules.resize(1);
  ASSERT_OK(Put(shorter));
  shorter.version = 2;
  EXPECT_THAT(Find("msi"), IsOkAndHolds(Optional(shorter)));
}

Derogation ADerogation(const std::string& thesis, const std::string& rule,
                       const std::string& programme = "msi") {
  return {.thesis = thesis,
          .rule = rule,
          .programme = programme,
          .reason = "nobody else",
          .account = "accounts/7",
          .granted_at = absl::FromUnixMicros(1'800'000'000'123'456),
          .demand = "1:2",
          .required = "at least 2"};
}

TEST_P(RuleStoreContract, KeepsDerogationsAndForgetsThem) {
  const Derogation first = ADerogation("42", "external");
  Derogation second = ADerogation("42", "members");
  ASSERT_OK(Grant(second));
  ASSERT_OK(Grant(first));
  EXPECT_THAT(FindDerogations({"42", "43"}), ElementsAre(first, second));
  second.reason = "another one";
  ASSERT_OK(Grant(second));
  EXPECT_THAT(FindDerogations({"42"}), ElementsAre(first, second));
  ASSERT_OK(store_.Write([&](RuleStore::Writer& writer) { return writer.DeleteDerogation(first); }));
  EXPECT_THAT(FindDerogations({"42"}), ElementsAre(second));
}

TEST_P(RuleStoreContract, ListsDerogationsOfAProgrammePageByPage) {
  for (const char* const thesis : {"b", "a"}) {
    for (const char* const rule : {"y", "x"}) ASSERT_OK(Grant(ADerogation(thesis, rule)));
  }
  ASSERT_OK(Grant(ADerogation("c", "x", "law")));
  std::vector<std::string> listed;
  ASSERT_OK(store_.Read([&](const RuleStore::Reader& reader) -> absl::Status {
    PageRequest page{.size = 3};
    do {
      ASSIGN_OR_RETURN(const Page<Derogation> part, reader.ListDerogations("msi", page));
      for (const Derogation& derogation : part.items) listed.push_back(derogation.thesis + derogation.rule);
      page.after = part.next;
    } while (!page.after.empty());
    return absl::OkStatus();
  }));
  EXPECT_THAT(listed, ElementsAre("ax", "ay", "bx", "by"));
}

// What judges a jury is read where juries are written.
TEST_P(RuleStoreContract, IsReadWithJuriesInOneTransaction) {
  RuleSet set{.programme = "msi", .title = "Rules"};
  ASSERT_OK(Put(set));
  set.version = 1;
  const Derogation derogation = ADerogation("42", "external");
  ASSERT_OK(Grant(derogation));
  ProfileStore profiles(*database_);
  ASSERT_OK(profiles.Write([&](ProfileStore::Writer& writer) { return writer.Put({.person = "ana"}); }));
  AssignmentStore juries(*database_);
  ASSERT_OK(juries.Write([&](AssignmentStore::Writer& writer) -> absl::Status {
    for (const char* const thesis : {"2", "1", "3"}) {
      Jury jury{.thesis = thesis, .programme = "programmes/msi"};
      jury.seats = {{.person = "people/zoe"}};
      if (jury.thesis != "3") jury.seats.push_back({.person = "people/ana"});
      RETURN_IF_ERROR(writer.Insert(jury).status());
    }
    EXPECT_THAT(writer.FindRuleSet("msi"), IsOkAndHolds(Optional(set)));
    EXPECT_THAT(writer.FindDerogations({"42"}), IsOkAndHolds(ElementsAre(derogation)));
    EXPECT_THAT(writer.FindProfiles({"ana"}),
                IsOkAndHolds(ElementsAre(Profile{.person = "ana", .version = 1})));
    EXPECT_THAT(writer.FindJuriesOf({}), IsOkAndHolds(IsEmpty()));
    ASSIGN_OR_RETURN(const std::vector<Jury> of_ana, writer.FindJuriesOf({"people/ana", "people/ghost"}));
    EXPECT_EQ(of_ana.size(), 2u);
    ASSIGN_OR_RETURN(const std::vector<Jury> of_both, writer.FindJuriesOf({"people/ana", "people/zoe"}));
    EXPECT_EQ(of_both.size(), 3u);
    for (const Jury& jury : of_both) EXPECT_LE(jury.seats.size(), 2u);
    return absl::OkStatus();
  }));
}

SOUTENANCE_ON_EVERY_BACKEND(ProfileStoreContract);
SOUTENANCE_ON_EVERY_BACKEND(RuleStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
