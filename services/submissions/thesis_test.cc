#include "services/submissions/thesis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/submissions/thesis_access.h"
#include "services/submissions/thesis_fields.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Thesis AThesis() {
  return {.id = "42",
          .title = "Federated learning",
          .authors = {"people/ana"},
          .supervisor = "people/sam",
          .company_tutor = "people/tom",
          .programme = "programmes/msi",
          .cohort = "programmes/msi/cohorts/2027"};
}

// The paths that CheckThesis refuses.
std::vector<std::string> Refused(const Thesis& thesis) {
  std::vector<FieldViolation> problems;
  CheckThesis(thesis, "thesis", problems);
  std::vector<std::string> fields;
  for (const FieldViolation& problem : problems) fields.push_back(problem.field);
  return fields;
}

TEST(CheckThesis, AcceptsOneOrTwoAuthorsWithoutTutorAndCohort) {
  Thesis thesis = AThesis();
  EXPECT_THAT(Refused(thesis), IsEmpty());
  thesis.authors.push_back("people/bob");
  thesis.company_tutor.clear();
  thesis.cohort.clear();
  EXPECT_THAT(Refused(thesis), IsEmpty());
}

TEST(CheckThesis, NamesEveryFieldThatIsMissing) {
  EXPECT_THAT(Refused({.language = ""}),
              UnorderedElementsAre("thesis.title", "thesis.authors", "thesis.supervisor", "thesis.programme",
                                   "thesis.language"));
}

struct Refusal {
  const char* what;
  void (*change)(Thesis&);
  std::vector<std::string> fields;
};

TEST(CheckThesis, RefusesWhatMayNotBe) {
  const Refusal refusals[] = {
      {"a title of blanks", [](Thesis& t) { t.title = " \t "; }, {"thesis.title"}},
      {"a title of two lines", [](Thesis& t) { t.title = "a\nb"; }, {"thesis.title"}},
      {"a title without end", [](Thesis& t) { t.title.assign(2001, 'x'); }, {"thesis.title"}},
      {"three authors",
       [](Thesis& t) {
         t.authors = {"people/a", "people/b", "people/c"};
       },
       {"thesis.authors"}},
      {"one author twice",
       [](Thesis& t) {
         t.authors = {"people/a", "people/a"};
       },
       {"thesis.authors[1]"}},
      {"an author who is no person", [](Thesis& t) { t.authors = {"ana"}; }, {"thesis.authors[0]"}},
      {"an author who supervises", [](Thesis& t) { t.supervisor = "people/ana"; }, {"thesis.supervisor"}},
      {"an author who tutors", [](Thesis& t) { t.company_tutor = "people/ana"; }, {"thesis.company_tutor"}},
      {"a tutor who is no person", [](Thesis& t) { t.company_tutor = "rooms/a"; }, {"thesis.company_tutor"}},
      {"a programme with a slash", [](Thesis& t) { t.programme = "programmes/a/b"; }, {"thesis.programme"}},
      {"a cohort elsewhere", [](Thesis& t) { t.cohort = "programmes/law/cohorts/2027"; }, {"thesis.cohort"}},
      {"a language we do not speak", [](Thesis& t) { t.language = "de"; }, {"thesis.language"}},
  };
  for (const Refusal& refusal : refusals) {
    Thesis thesis = AThesis();
    refusal.change(thesis);
    EXPECT_EQ(Refused(thesis), refusal.fields) << refusal.what;
  }
}

TEST(CheckThesis, AcceptsTheLongestTitle) {
  Thesis thesis = AThesis();
  thesis.title.assign(2000, 'x');
  EXPECT_THAT(Refused(thesis), IsEmpty());
}

TEST(Thesis, ComesBackFromItsBytes) {
  Thesis thesis = AThesis();
  thesis.version = 7;
  thesis.authors.push_back("people/bob");
  thesis.level = Confidentiality::kJury;
  thesis.abstract = "What it is about.\nMore.";
  thesis.keywords = {"privacy", "learning"};
  thesis.confidential_until = absl::FromUnixMicros(7);
  thesis.consents = {"people/ana"};
  thesis.state = ThesisState::kSuspended;
  thesis.state_before = ThesisState::kInReview;
  thesis.problem = "problems/p1";
  EXPECT_THAT(Thesis::Parse(thesis.Serialize()), IsOkAndHolds(thesis));
  thesis.withdrawal = {.reason = "left: 3:abc", .account = "accounts/x", .time = absl::FromUnixMicros(5)};
  EXPECT_THAT(Thesis::Parse(thesis.Serialize()), IsOkAndHolds(thesis));
  EXPECT_THAT(Thesis::Parse("42"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Thesis::Parse(thesis.Serialize() + "1:x"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Thesis, IsReadFromWhatWasRememberedBeforeItHadALife) {
  const std::string before_life =
      "2:42"
      "1:3"
      "5:Title"
      "1:1"
      "10:people/ana"
      "10:people/sam"
      "0:"
      "14:programmes/msi"
      "0:"
      "1:1"
      "2:fr"
      "1:0";
  ASSERT_OK_AND_ASSIGN(const Thesis thesis, Thesis::Parse(before_life));
  EXPECT_EQ(thesis.level, Confidentiality::kClosedSession);
  EXPECT_EQ(thesis.state, ThesisState::kActive);
  const std::string withdrawn = before_life.substr(0, before_life.size() - 1) +
                                "1"
                                "4:left"
                                "10:accounts/x"
                                "1:5";
  ASSERT_OK_AND_ASSIGN(const Thesis gone, Thesis::Parse(withdrawn));
  EXPECT_EQ(gone.state, ThesisState::kWithdrawn);
}

TEST(Differences, AreWhatAPersonWouldRead) {
  Thesis after = AThesis();
  after.title = "Federated learning at home";
  after.authors.push_back("people/bob");
  after.company_tutor.clear();
  after.level = Confidentiality::kClosedSession;
  EXPECT_THAT(
      Differences(AThesis(), after),
      ElementsAre(Change::Field{"title", "Federated learning", "Federated learning at home"},
                  Change::Field{"authors", "ana", "ana, bob"}, Change::Field{"company_tutor", "tom", ""},
                  Change::Field{"confidential", "no", "yes"}));
  EXPECT_THAT(Differences(after, after), IsEmpty());
}

TEST(Copy, TakesOneFieldOnly) {
  const Thesis other = {.title = "x",
                        .authors = {"y"},
                        .supervisor = "z",
                        .programme = "p",
                        .level = Confidentiality::kPublic,
                        .language = "en",
                        .abstract = "a",
                        .keywords = {"k"},
                        .confidential_until = absl::FromUnixMicros(1),
                        .embargo_until = absl::FromUnixMicros(2)};
  for (const ThesisField field : kThesisFields) {
    Thesis thesis = AThesis();
    Copy(field, other, thesis);
    std::vector<std::string> changed;
    for (const Change::Field& difference : Differences(AThesis(), thesis)) changed.push_back(difference.name);
    if (field == ThesisField::kConfidential) {
      EXPECT_THAT(changed, IsEmpty());
    } else {
      EXPECT_THAT(changed, ElementsAre(FieldName(field)));
    }
  }
}

Caller Account(std::vector<Grant> grants, std::string person = "") {
  return {.account = "accounts/x", .person = std::move(person), .grants = std::move(grants)};
}

enum class Shown { kNothing, kWithoutTitle, kAll };

Shown ShownTo(const Caller& caller, const Thesis& thesis) {
  const std::optional<Thesis> seen = AsSeenBy(caller, thesis);
  if (!seen) return Shown::kNothing;
  return seen->title.empty() ? Shown::kWithoutTitle : Shown::kAll;
}

struct SightRow {
  const char* who;
  Caller caller;
  Shown open;
  Shown confidential;
};

TEST(AsSeenBy, ShowsWhatEachMaySee) {
  const std::string msi = "programmes/msi";
  const SightRow rows[] = {
      {"staff", Account({{Role::kStaff, msi}}), Shown::kAll, Shown::kAll},
      {"staff of all programmes", Account({{Role::kStaff, ""}}), Shown::kAll, Shown::kAll},
      {"head", Account({{Role::kProgrammeHead, msi}}), Shown::kAll, Shown::kAll},
      {"administrator", Account({{Role::kAdministrator, ""}}), Shown::kAll, Shown::kAll},
      {"staff of another programme", Account({{Role::kStaff, "programmes/law"}}), Shown::kNothing,
       Shown::kNothing},
      {"author", Account({{Role::kStudent, msi}}, "people/ana"), Shown::kAll, Shown::kAll},
      {"supervisor", Account({{Role::kSupervisor, msi}}, "people/sam"), Shown::kAll, Shown::kAll},
      {"company tutor", Account({{Role::kCompanyTutor, ""}}, "people/tom"), Shown::kAll, Shown::kAll},
      {"another student", Account({{Role::kStudent, msi}}, "people/zoe"), Shown::kNothing, Shown::kNothing},
      {"another supervisor", Account({{Role::kSupervisor, msi}}, "people/zoe"), Shown::kNothing,
       Shown::kNothing},
      {"juror", Account({{Role::kJuror, msi}}, "people/zoe"), Shown::kNothing, Shown::kNothing},
      {"company liaison", Account({{Role::kCompanyLiaison, msi}}), Shown::kAll, Shown::kWithoutTitle},
      {"liaison elsewhere", Account({{Role::kCompanyLiaison, "programmes/law"}}), Shown::kNothing,
       Shown::kNothing},
      {"liaison who tutors", Account({{Role::kCompanyLiaison, msi}}, "people/tom"), Shown::kAll, Shown::kAll},
      {"account without role and person", Account({}), Shown::kNothing, Shown::kNothing},
      {"service for itself", {.service = "scheduling"}, Shown::kAll, Shown::kAll},
      {"service for a student",
       {.account = "accounts/x", .person = "people/zoe", .service = "scheduling"},
       Shown::kNothing,
       Shown::kNothing},
      {"service for the author",
       {.account = "accounts/x", .person = "people/ana", .service = "scheduling"},
       Shown::kAll,
       Shown::kAll},
  };
  Thesis confidential = AThesis();
  confidential.level = Confidentiality::kClosedSession;
  for (const SightRow& row : rows) {
    EXPECT_EQ(ShownTo(row.caller, AThesis()), row.open) << row.who;
    EXPECT_EQ(ShownTo(row.caller, confidential), row.confidential) << row.who;
  }
}

TEST(AsSeenBy, DoesNotTakeAnAccountWithoutPersonForTheTutorOfAThesisWithoutTutor) {
  Thesis thesis = AThesis();
  thesis.company_tutor.clear();
  EXPECT_EQ(ShownTo(Account({}), thesis), Shown::kNothing);
}

TEST(SeenBy, SelectsByGrantsAndPerson) {
  EXPECT_EQ(SeenBy(Account({{Role::kAdministrator, ""}}), "").all, true);
  EXPECT_EQ(SeenBy({.service = "scheduling"}, "").all, true);
  EXPECT_EQ(SeenBy(Account({{Role::kCompanyLiaison, ""}}), "").all, true);
  EXPECT_EQ(SeenBy(Account({{Role::kStaff, "programmes/msi"},
                            {Role::kJuror, "programmes/law"},
                            {Role::kStaff, "programmes/msi"},
                            {Role::kCompanyLiaison, "programmes/art"},
                            {Role::kStudent, ""}},
                           "people/ana"),
                   "programmes/bio"),
            (ThesisSelection{.programmes = {"programmes/art", "programmes/msi"},
                             .person = "people/ana",
                             .only_programme = "programmes/bio",
                             .has_disseminated = true}));
}

}  // namespace
}  // namespace soutenance::submissions
