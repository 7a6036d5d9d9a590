#include "services/assignment/profile_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "services/assignment/testing/fake_conflict_facts.h"
#include "storage/open.h"
#include "storage/sql/profile_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NobodyHasTexts final : public ExpertiseFacts {
 public:
  absl::StatusOr<std::string> ProgrammeOf(const std::string&) const override { return std::string(); }
  absl::StatusOr<std::vector<ThesisText>> ThesesIn(const std::string&) const override {
    return std::vector<ThesisText>{};
  }
  absl::StatusOr<std::map<std::string, expertise::PersonTexts>> People(
      const std::set<std::string>& people) const override {
    std::map<std::string, expertise::PersonTexts> found;
    for (const std::string& person : people) found[person];
    return found;
  }
};

class ProfileFactsTest : public ::testing::Test {
 protected:
  void Know(const Profile& profile) {
    ASSERT_OK(profiles_.Write([&](ProfileStore::Writer& writer) { return writer.Put(profile); }));
  }
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::ProfileStore profiles_{*database_};
};

TEST_F(ProfileFactsTest, WhoHasAnInstitutionHasOnlyTheCompanyThatTheirProfileSays) {
  testing::FakeConflictFacts directory;
  for (const std::string person : {"people/eve", "people/max", "people/zoe"}) {
    directory.people[person] = {.family_name = "F", .companies = {"Directory"}};
  }
  Know({.person = "eve", .institution = "LIFO"});
  Know({.person = "max", .company = "Nexity"});
  ASSERT_OK_AND_ASSIGN(const auto people,
                       ProfiledConflictFacts(directory, profiles_)
                           .People({"people/eve", "people/max", "people/zoe", "people/ghost"}));
  EXPECT_THAT(people.at("people/eve").companies, IsEmpty());
  EXPECT_THAT(people.at("people/eve").institutions, ElementsAre("LIFO"));
  EXPECT_THAT(people.at("people/max").companies, ElementsAre("Nexity"));
  EXPECT_THAT(people.at("people/zoe").companies, ElementsAre("Directory"));
  EXPECT_EQ(people.count("people/ghost"), 0u);
}

TEST_F(ProfileFactsTest, TextsAreWhatPeopleSayTheyKnowAndTheirPastTheses) {
  Know({.person = "eve",
        .keywords = {"networks", "privacy"},
        .expertise = "Federated learning",
        .past_theses = {{.title = "Old", .text = "Text", .year = 2020}}});
  const NobodyHasTexts directory;
  ASSERT_OK_AND_ASSIGN(const auto people,
                       ProfiledExpertiseFacts(directory, profiles_).People({"people/eve", "people/max"}));
  const std::vector<expertise::Text>& texts = people.at("people/eve").texts;
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0].title, "networks, privacy");
  EXPECT_EQ(texts[0].body, "Federated learning");
  EXPECT_EQ(texts[1].title, "Old");
  EXPECT_THAT(people.at("people/max").texts, IsEmpty());
}

}  // namespace
}  // namespace soutenance::assignment
