#include "services/submissions/jury_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/submissions/submissions.h"
#include "storage/open.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

// What submissions ask of those who judge, and when; and theses by their authors, which conflicts are found
// by.
namespace soutenance::submissions {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kMsi[] = "programmes/msi";

class Everybody : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    return people;
  }
  absl::StatusOr<bool> HasProgramme(const std::string&) const override { return true; }
  absl::StatusOr<bool> HasCohort(const std::string&) const override { return true; }
};

// Juries on which pia sits everywhere.
class PiaJudges : public JuryCheck {
 public:
  absl::Status Check(const std::vector<Thesis>& theses) const override {
    for (const Thesis& thesis : theses) {
      asked.push_back(thesis.id);
      if (std::count(thesis.authors.begin(), thesis.authors.end(), "people/pia") > 0) {
        return Error(absl::StatusCode::kFailedPrecondition, "pia judges it", {.reason = "JURY_RULE_BROKEN"});
      }
    }
    return absl::OkStatus();
  }
  absl::Status Follow(const std::vector<Thesis>& theses) const override {
    for (const Thesis& thesis : theses) followed.push_back(absl::StrCat(thesis.id, " to ", thesis.programme));
    return follow_result;
  }
  absl::Status follow_result;
  mutable std::vector<std::string> asked;
  mutable std::vector<std::string> followed;
};

Caller Staff(const std::string& programme = kMsi) {
  return {.account = "accounts/staff", .grants = {{Role::kStaff, programme}}};
}
Caller Import() { return {.service = "directory"}; }

Thesis AThesis(const std::string& id, const std::vector<std::string>& authors = {"people/ana"}) {
  return {.id = id,
          .title = absl::StrCat("Thesis ", id),
          .authors = authors,
          .supervisor = "people/sam",
          .programme = kMsi};
}

class JuryCheckTest : public ::testing::Test {
 protected:
  JuryCheckTest() { EXPECT_OK(submissions_.BatchUpsertTheses(Import(), {AThesis("1"), AThesis("2")}, {})); }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore store_{*database_};
  Everybody people_;
  PiaJudges juries_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Submissions submissions_{store_, people_, clock_, NoJuries(), &juries_};
};

TEST_F(JuryCheckTest, AnUpdateThatAJuryCannotBearIsRefused) {
  EXPECT_THAT(juries_.asked, IsEmpty()) << "new theses have no jury";
  EXPECT_THAT(submissions_.UpdateThesis(
                  Staff(), {.values = AThesis("1", {"people/pia"}), .fields = {ThesisField::kAuthors}}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_THAT(submissions_.GetThesis(Staff(), "1")->authors, ElementsAre("people/ana"));
}

TEST_F(JuryCheckTest, WhatDoesNotMatterToJuriesIsNotAsked) {
  Thesis renamed = AThesis("1");
  renamed.title = "Another title";
  ASSERT_OK(submissions_.UpdateThesis(Staff(), {.values = renamed, .fields = {ThesisField::kTitle}}, {}));
  ASSERT_OK(submissions_.BatchUpsertTheses(Staff(), {AThesis("1"), AThesis("2")}, {}));
  EXPECT_THAT(juries_.asked, IsEmpty());
}

TEST_F(JuryCheckTest, ManyAtOnceAreAskedLikeOne) {
  EXPECT_THAT(submissions_.BatchUpsertTheses(Staff(), {AThesis("1"), AThesis("2", {"people/pia"})}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_THAT(juries_.asked, ElementsAre("2"));
}

TEST_F(JuryCheckTest, AnImportThatSetsTheJuryNextIsNotAskedAboutTheOldOne) {
  const std::vector<Thesis> theses = {AThesis("1", {"people/pia"})};
  EXPECT_THAT(submissions_.BatchUpsertTheses(Import(), theses, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_OK(submissions_.BatchUpsertTheses(Import(), theses, {}, {"1"}));
  Caller person = Staff();
  EXPECT_THAT(submissions_.BatchUpsertTheses(person, {AThesis("2", {"people/pia"})}, {}, {"2"}),
              StatusIs(absl::StatusCode::kFailedPrecondition))
      << "a person cannot say so";
}

TEST_F(JuryCheckTest, AStrangerLearnsNothingAboutTheJury) {
  Thesis moved = AThesis("1", {"people/pia"});
  moved.programme = "programmes/law";
  EXPECT_THAT(submissions_.BatchUpsertTheses(Staff("programmes/law"), {moved}, {}),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(juries_.asked, IsEmpty());
}

TEST_F(JuryCheckTest, AThesisThatMovesTakesItsJuryAlong) {
  const Caller both = {.account = "accounts/head",
                       .grants = {{Role::kStaff, kMsi}, {Role::kStaff, "programmes/law"}}};
  Thesis moved = AThesis("1");
  moved.programme = "programmes/law";
  const ThesisUpdate update = {.values = moved, .fields = {ThesisField::kProgramme}};
  ASSERT_OK(submissions_.UpdateThesis(both, update, {.validate_only = true}));
  EXPECT_THAT(juries_.followed, IsEmpty()) << "it was only tried";
  ASSERT_OK(submissions_.UpdateThesis(both, update, {}));
  EXPECT_THAT(juries_.followed, ElementsAre("1 to programmes/law"));
  Thesis other = AThesis("2");
  other.programme = "programmes/law";
  ASSERT_OK(submissions_.BatchUpsertTheses(both, {moved, other}, {}));
  EXPECT_THAT(juries_.followed, ElementsAre("1 to programmes/law", "2 to programmes/law"));
}

TEST_F(JuryCheckTest, AThesisWhoseJuryStaysBehindSaysSoAndFetchesItLater) {
  const Caller both = {.account = "accounts/head",
                       .grants = {{Role::kStaff, kMsi}, {Role::kStaff, "programmes/law"}}};
  Thesis moved = AThesis("1");
  moved.programme = "programmes/law";
  const ThesisUpdate update = {.values = moved, .fields = {ThesisField::kProgramme}};
  juries_.follow_result = absl::UnavailableError("assignment is down");
  const auto left = submissions_.UpdateThesis(both, update, {});
  EXPECT_THAT(left, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_LEFT_BEHIND")));
  EXPECT_THAT(std::string(left.status().message()), ::testing::HasSubstr("assignment is down"));
  EXPECT_EQ(submissions_.GetThesis(both, "1")->programme, "programmes/law") << "it has moved all the same";
  Thesis other = AThesis("2");
  other.programme = "programmes/law";
  EXPECT_THAT(submissions_.BatchUpsertTheses(both, {other}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_LEFT_BEHIND")));
  juries_.follow_result = absl::OkStatus();
  juries_.followed.clear();
  ASSERT_OK(submissions_.UpdateThesis(both, update, {}));
  EXPECT_THAT(juries_.followed, ElementsAre("1 to programmes/law"));
}

TEST_F(JuryCheckTest, ThesesAreFoundByTheirAuthors) {
  ASSERT_OK(submissions_.BatchUpsertTheses(
      Import(), {AThesis("3", {"people/bob", "people/zoe"}), AThesis("4", {"people/zoe"})}, {}));
  const auto by = [&](const Caller& caller, const std::vector<std::string>& authors, int size = 100) {
    std::vector<std::string> ids;
    const auto page = submissions_.ListTheses(caller, {.page = {.size = size}, .authors = authors});
    EXPECT_OK(page);
    for (const Thesis& thesis : page->items) ids.push_back(thesis.id);
    if (!page->next.empty()) ids.push_back(absl::StrCat("next:", page->next));
    return ids;
  };
  EXPECT_THAT(by(Staff(), {"people/zoe"}), ElementsAre("3", "4"));
  EXPECT_THAT(by(Staff(), {"people/zoe", "people/ana", "people/bob"}, 3),
              ElementsAre("1", "2", "3", "next:3"));
  EXPECT_THAT(by(Staff(), {"people/sam"}), IsEmpty()) << "supervises, does not write";
  EXPECT_THAT(by(Staff("programmes/law"), {"people/zoe"}), IsEmpty()) << "hidden";
}

}  // namespace
}  // namespace soutenance::submissions
