#include "services/assignment/expertise_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "services/base/error.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/expertise_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;

constexpr char kMsi[] = "programmes/msi";

class FakeTexts final : public ExpertiseFacts {
 public:
  absl::StatusOr<std::string> ProgrammeOf(const std::string& id) const override {
    for (const ThesisText& thesis : theses) {
      if (thesis.id == id) return thesis.programme;
    }
    return std::string();
  }
  absl::StatusOr<std::vector<ThesisText>> ThesesIn(const std::string& programme) const override {
    std::vector<ThesisText> found;
    for (const ThesisText& thesis : theses) {
      if (thesis.programme == programme) found.push_back(thesis);
    }
    return found;
  }
  absl::StatusOr<std::map<std::string, expertise::PersonTexts>> People(
      const std::set<std::string>& names) const override {
    std::map<std::string, expertise::PersonTexts> found;
    for (const std::string& name : names) {
      if (name == "people/ghost") continue;
      const auto told = people.find(name);
      found[name] = told == people.end() ? expertise::PersonTexts{} : told->second;
    }
    return found;
  }

  std::vector<ThesisText> theses;
  std::map<std::string, expertise::PersonTexts> people;
};

Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }

// m1 is about federated learning; pia wrote about that, bob about bridges; sam supervises m1 and m2.
class ExpertiseDeskTest : public ::testing::Test {
 protected:
  ExpertiseDeskTest() {
    const auto add = [&](const std::string& id, const std::string& supervisor, const std::string& title) {
      texts_.theses.push_back(
          {.id = id, .programme = kMsi, .supervisor = supervisor, .text = {.title = title}});
    };
    add("m1", "people/sam", "Federated learning on mobile phones");
    add("m2", "people/sam", "Scheduling nurses in hospitals");
    add("m3", "people/bob", "Inspection of concrete bridges");
    texts_.people["people/pia"] = {.texts = {{.title = "Federated learning under attack"}}};
  }
  std::vector<std::string> Ranking(const std::vector<PersonExpertise>& list) {
    std::vector<std::string> people;
    for (const PersonExpertise& entry : list) people.push_back(entry.person);
    return people;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore juries_{*database_};
  storage::sql::ExpertiseStore store_{*database_};
  FakeTexts texts_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  ExpertiseDesk desk_{store_, juries_, texts_, clock_};
};

TEST_F(ExpertiseDeskTest, RanksPeopleAndTellsTheWordsThatCount) {
  ASSERT_OK_AND_ASSIGN(const Page<PersonExpertise> page,
                       desk_.ListExpertise(Staff(), "m1", {"people/pia", "people/bob"}, {}));
  EXPECT_THAT(Ranking(page.items), ElementsAre("people/pia", "people/bob"));
  EXPECT_GT(page.items[0].score, 0.05);
  std::vector<std::string> words;
  for (const auto& reason : page.items[0].computed.reasons) words.push_back(reason.word);
  EXPECT_THAT(words, Contains("federated learning"));
  EXPECT_EQ(page.items[1].score, 0);
}

TEST_F(ExpertiseDeskTest, NobodyKnowsAThesisForSupervisingOrJudgingIt) {
  ASSERT_OK(juries_.Write([&](AssignmentStore::Writer& writer) {
    return writer
        .Insert({.thesis = "m1",
                 .programme = kMsi,
                 .seats = {{.person = "people/sam", .role = Seat::Role::kSupervisor},
                           {.person = "people/eve", .role = Seat::Role::kReviewer}}})
        .status();
  }));
  ASSERT_OK_AND_ASSIGN(const Page<PersonExpertise> of_own, desk_.ListExpertise(Staff(), "m1", {}, {}));
  EXPECT_THAT(Ranking(of_own.items), ElementsAre("people/bob", "people/eve", "people/sam"))
      << "all of them 0: in the order of their names";
  EXPECT_EQ(of_own.items[2].score, 0);
  EXPECT_EQ(of_own.items[2].texts_count, 1) << "m2";
  texts_.theses.push_back({.id = "m4",
                           .programme = kMsi,
                           .supervisor = "people/bob",
                           .text = {.title = "Federated learning in hospitals"}});
  ASSERT_OK_AND_ASSIGN(const Page<PersonExpertise> of_other,
                       desk_.ListExpertise(Staff(), "m4", {"people/eve", "people/bob"}, {}));
  EXPECT_THAT(Ranking(of_other.items), ElementsAre("people/eve", "people/bob"))
      << "who judged m1 knows of it";
}

TEST_F(ExpertiseDeskTest, AScoreCanBeOverruledAndTakenBack) {
  ASSERT_OK_AND_ASSIGN(
      const PersonExpertise overruled,
      desk_.Override(Staff(), {.thesis = "m1", .person = "people/bob", .score = 0.9, .reason = "his thesis"},
                     {}));
  EXPECT_EQ(overruled.score, 0.9);
  EXPECT_EQ(overruled.computed.score, 0);
  EXPECT_EQ(overruled.overruled_by->account, "accounts/staff");
  ASSERT_OK(desk_.Override(Staff(), {.thesis = "m1", .person = "people/bob", .reason = "a mistake"}, {}));
  ASSERT_OK_AND_ASSIGN(const PersonExpertise now, desk_.GetExpertise(Staff(), "m1", "people/bob"));
  EXPECT_EQ(now.score, 0);
  EXPECT_FALSE(now.overruled_by.has_value());
  ASSERT_EQ(now.history.size(), 2u);
  EXPECT_EQ(now.history[0].reason, "his thesis");
}

TEST_F(ExpertiseDeskTest, ATrialWritesNothing) {
  ASSERT_OK(desk_.Override(Staff(), {.thesis = "m1", .person = "people/bob", .score = 1, .reason = "x"},
                           {.validate_only = true}));
  EXPECT_EQ(desk_.GetExpertise(Staff(), "m1", "people/bob")->score, 0);
}

TEST_F(ExpertiseDeskTest, RefusesWhatIsNoScore) {
  for (const double score : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(
        desk_.Override(Staff(), {.thesis = "m1", .person = "people/bob", .score = score, .reason = "x"}, {}),
        StatusIs(absl::StatusCode::kInvalidArgument));
  }
  EXPECT_THAT(desk_.Override(Staff(), {.thesis = "m1", .person = "people/bob", .score = 1}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(
      desk_.Override(Staff(), {.thesis = "m1", .person = "people/ghost", .score = 1, .reason = "x"}, {}),
      StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ExpertiseDeskTest, IsForThoseWhoRunTheProgramme) {
  const Caller law{.account = "accounts/law", .grants = {{Role::kStaff, "programmes/law"}}};
  const absl::Status hidden = desk_.ListExpertise(law, "m1", {}, {}).status();
  EXPECT_THAT(hidden, StatusIs(absl::StatusCode::kNotFound, Reason("EXPERTISE_NOT_FOUND")));
  EXPECT_THAT(desk_.GetExpertise(law, "m1", "people/pia"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(desk_.Override(law, {.thesis = "m1", .person = "people/pia", .score = 1, .reason = "x"}, {}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(desk_.GetExpertise(Staff(), "m0", "people/pia"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ExpertiseDeskTest, ListsInPages) {
  std::vector<std::string> people;
  PageRequest request{.size = 1};
  do {
    ASSERT_OK_AND_ASSIGN(const Page<PersonExpertise> page,
                         desk_.ListExpertise(Staff(), "m1", {"people/pia", "people/bob"}, request));
    for (const PersonExpertise& entry : page.items) people.push_back(entry.person);
    request.after = page.next;
  } while (!request.after.empty());
  EXPECT_THAT(people, ElementsAre("people/pia", "people/bob"));
}

}  // namespace
}  // namespace soutenance::assignment
