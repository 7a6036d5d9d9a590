#include "services/submissions/submissions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/open.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kMsi[] = "programmes/msi";
constexpr char kLaw[] = "programmes/law";

// A directory that knows what a test tells it, and counts how often it is asked.
class FakePeopleLookup : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    ++asked;
    if (!reachable) return absl::UnavailableError("directory is down");
    std::set<std::string> found;
    for (const std::string& person : people) {
      if (known.count(person) > 0) found.insert(person);
    }
    return found;
  }
  absl::StatusOr<bool> HasProgramme(const std::string& programme) const override {
    return known.count(programme) > 0;
  }
  absl::StatusOr<bool> HasCohort(const std::string& cohort) const override { return known.count(cohort) > 0; }

  std::set<std::string> known = {
      "people/ana", "people/bob", "people/sam", "people/tom", kMsi, kLaw, "programmes/msi/cohorts/2027"};
  bool reachable = true;
  mutable int asked = 0;
};

Caller Staff(const std::string& programme = kMsi) {
  return {.account = "accounts/staff", .grants = {{Role::kStaff, programme}}};
}
Caller Student(const std::string& person) {
  return {.account = "accounts/student", .person = person, .grants = {{Role::kStudent, kMsi}}};
}
Caller Import() { return {.service = "directory"}; }
Caller ImportFor(const Caller& account) {
  Caller caller = account;
  caller.service = "directory";
  return caller;
}

Mutation Request(const std::string& id, const std::string& fingerprint = "f") {
  return {
      .request = {.request_id = id, .account = "accounts/staff", .method = "M", .fingerprint = fingerprint}};
}
const Mutation kOnlyValidate{.validate_only = true};

Thesis AThesis(const std::string& id, const std::string& programme = kMsi) {
  return {.id = id,
          .title = absl::StrCat("Thesis ", id),
          .authors = {"people/ana"},
          .supervisor = "people/sam",
          .programme = programme};
}

class SubmissionsTest : public ::testing::Test {
 protected:
  std::vector<std::string> List(const Caller& caller, const ThesisQuery& query = {}) {
    std::vector<std::string> ids;
    const absl::StatusOr<Page<Thesis>> page = submissions_.ListTheses(caller, query);
    EXPECT_OK(page);
    if (!page.ok()) return ids;
    for (const Thesis& thesis : page->items) ids.push_back(thesis.id);
    if (!page->next.empty()) ids.push_back(absl::StrCat("next:", page->next));
    return ids;
  }
  void Create(const Thesis& thesis) { ASSERT_OK(submissions_.CreateThesis(Import(), thesis, {})); }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore store_{*database_};
  FakePeopleLookup people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Submissions submissions_{store_, people_, clock_};
};

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(status).fields) fields.push_back(violation.field);
  return fields;
}

class CreateThesis : public SubmissionsTest {};

TEST_F(CreateThesis, StoresAnActiveThesisOfVersionOne) {
  Thesis given = AThesis("42");
  given.version = 9;
  given.withdrawal = Withdrawal{.reason = "not the caller's to say"};
  ASSERT_OK_AND_ASSIGN(const Thesis created, submissions_.CreateThesis(Staff(), given, {}));
  EXPECT_EQ(created.version, 1);
  EXPECT_FALSE(created.IsWithdrawn());
  EXPECT_THAT(submissions_.GetThesis(Staff(), "42"), IsOkAndHolds(created));
}

TEST_F(CreateThesis, RefusesAnIdThatIsTaken) {
  Create(AThesis("42"));
  for (const Mutation& mutation : {Mutation{}, kOnlyValidate}) {
    EXPECT_THAT(submissions_.CreateThesis(Staff(), AThesis("42"), mutation),
                StatusIs(absl::StatusCode::kAlreadyExists, Reason("THESIS_EXISTS")));
  }
}

TEST_F(CreateThesis, RefusesEveryFieldThatMayNotBeAtOnce) {
  const absl::Status status =
      submissions_.CreateThesis(Staff(), {.id = "42", .programme = kMsi}, {}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(status), ElementsAre("thesis.title", "thesis.authors", "thesis.supervisor"));
}

TEST_F(CreateThesis, RefusesWhomTheDirectoryDoesNotKnow) {
  Thesis thesis = AThesis("42", "programmes/new");
  thesis.authors = {"people/ana", "people/ghost"};
  thesis.supervisor = "people/phantom";
  thesis.cohort = "programmes/new/cohorts/1";
  const Caller administrator = {.account = "accounts/a", .grants = {{Role::kAdministrator, ""}}};
  const absl::Status status = submissions_.CreateThesis(administrator, thesis, {}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(status),
              ElementsAre("thesis.authors[1]", "thesis.supervisor", "thesis.programme", "thesis.cohort"));
  EXPECT_THAT(FactsOf(status).fields[0].description, HasSubstr("people/ghost"));
}

TEST_F(CreateThesis, RefusesAProgrammeThatTheCallerDoesNotRun) {
  EXPECT_THAT(submissions_.CreateThesis(Staff(kLaw), AThesis("42"), {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(CreateThesis, WritesNothingWhenItOnlyValidates) {
  ASSERT_OK_AND_ASSIGN(const Thesis tried, submissions_.CreateThesis(Staff(), AThesis("42"), kOnlyValidate));
  EXPECT_EQ(tried.title, "Thesis 42");
  EXPECT_EQ(tried.version, 0);
  EXPECT_THAT(submissions_.GetThesis(Staff(), "42"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CreateThesis, ARepetitionReturnsTheFirstResultWithoutAskingAnybody) {
  ASSERT_OK_AND_ASSIGN(const Thesis created, submissions_.CreateThesis(Staff(), AThesis("42"), Request("r")));
  ASSERT_OK(submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "left"}, {}));
  people_.reachable = false;
  EXPECT_THAT(submissions_.CreateThesis(Staff(), AThesis("42"), Request("r")), IsOkAndHolds(created));
  EXPECT_THAT(submissions_.CreateThesis(Staff(), AThesis("43"), Request("r", "other")),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST_F(CreateThesis, CanBeRepeatedAfterTheDirectoryWasDown) {
  people_.reachable = false;
  EXPECT_THAT(submissions_.CreateThesis(Staff(), AThesis("42"), Request("r")),
              StatusIs(absl::StatusCode::kUnavailable));
  people_.reachable = true;
  EXPECT_OK(submissions_.CreateThesis(Staff(), AThesis("42"), Request("r")));
}

class GetThesis : public SubmissionsTest {};

TEST_F(GetThesis, HidesWhatTheCallerMayNotKnowAsIfItWereAbsent) {
  Create(AThesis("42"));
  const absl::Status hidden = submissions_.GetThesis(Student("people/zoe"), "42").status();
  EXPECT_THAT(hidden, StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  ASSERT_OK(submissions_.GetThesis(Student("people/ana"), "42"));

  const absl::Status absent = submissions_.GetThesis(Student("people/zoe"), "43").status();
  EXPECT_EQ(std::string(absent.message()), "there is no thesis theses/43");
  EXPECT_EQ(std::string(hidden.message()), "there is no thesis theses/42");
}

TEST_F(GetThesis, KeepsTheTitleOfAConfidentialThesisFromTheCompanyLiaison) {
  Thesis thesis = AThesis("42");
  thesis.level = Confidentiality::kJury;
  Create(thesis);
  const Caller liaison = {.account = "accounts/l", .grants = {{Role::kCompanyLiaison, kMsi}}};
  EXPECT_THAT(submissions_.GetThesis(liaison, "42"), IsOkAndHolds(Field(&Thesis::title, "")));
  ASSERT_OK_AND_ASSIGN(const Page<Thesis> page, submissions_.ListTheses(liaison, {}));
  EXPECT_THAT(page.items, ElementsAre(Field(&Thesis::title, "")));
  ASSERT_OK_AND_ASSIGN(const Page<Thesis> named, submissions_.ListTheses(liaison, {.ids = {"42"}}));
  EXPECT_THAT(named.items, ElementsAre(Field(&Thesis::title, "")));
  EXPECT_THAT(submissions_.GetThesis(Staff(), "42"), IsOkAndHolds(Field(&Thesis::title, "Thesis 42")));
}

class ListTheses : public SubmissionsTest {
 protected:
  void SetUp() override {
    Thesis supervised = AThesis("law-1", kLaw);
    supervised.supervisor = "people/ana";
    supervised.authors = {"people/bob"};
    Thesis other = AThesis("msi-2");
    other.authors = {"people/bob"};
    for (const Thesis& thesis : {supervised, AThesis("msi-1"), other}) Create(thesis);
  }
};

TEST_F(ListTheses, ShowsStaffTheirProgrammeAndOthersTheirOwn) {
  EXPECT_THAT(List(Staff()), ElementsAre("msi-1", "msi-2"));
  EXPECT_THAT(List(Student("people/ana")), ElementsAre("law-1", "msi-1"));
  EXPECT_THAT(List(Student("people/zoe")), IsEmpty());
  EXPECT_THAT(List(Import()), ElementsAre("law-1", "msi-1", "msi-2"));
  EXPECT_THAT(List(ImportFor(Student("people/ana"))), ElementsAre("law-1", "msi-1"));
}

TEST_F(ListTheses, ShowsStaffWhatTheySuperviseElsewhereToo) {
  Caller caller = Staff();
  caller.person = "people/ana";
  EXPECT_THAT(List(caller), ElementsAre("law-1", "msi-1", "msi-2"));
}

TEST_F(ListTheses, MayBeLimitedToAProgramme) {
  EXPECT_THAT(List(Import(), {.programme = kLaw}), ElementsAre("law-1"));
  EXPECT_THAT(List(Student("people/ana"), {.programme = kLaw}), ElementsAre("law-1"));
  EXPECT_THAT(List(Staff(), {.programme = kLaw}), IsEmpty());
}

TEST_F(ListTheses, ContinuesWhereThePageEnded) {
  EXPECT_THAT(List(Import(), {.page = {.size = 2}}), ElementsAre("law-1", "msi-1", "next:msi-1"));
  EXPECT_THAT(List(Import(), {.page = {.size = 2, .after = "msi-1"}}), ElementsAre("msi-2"));
}

TEST_F(ListTheses, KeepsTheOrderAskedForAndLeavesOutTheUnknownAndTheHidden) {
  EXPECT_THAT(List(Import(), {.ids = {"msi-2", "nowhere", "law-1"}}), ElementsAre("msi-2", "law-1"));
  EXPECT_THAT(List(Student("people/ana"), {.ids = {"msi-2", "msi-1", "law-1"}}),
              ElementsAre("msi-1", "law-1"));
  EXPECT_THAT(List(Import(), {.programme = kMsi, .ids = {"msi-2", "law-1", "msi-1"}}),
              ElementsAre("msi-2", "msi-1"));
}

TEST_F(ListTheses, PagesThroughNamesInTheirOrder) {
  const std::vector<std::string> ids = {"msi-2", "law-1", "nowhere", "msi-1"};
  EXPECT_THAT(List(Import(), {.page = {.size = 2}, .ids = ids}), ElementsAre("msi-2", "law-1", "next:law-1"));
  EXPECT_THAT(List(Import(), {.page = {.size = 2, .after = "law-1"}, .ids = ids}), ElementsAre("msi-1"));
  EXPECT_THAT(submissions_.ListTheses(Import(), {.page = {.after = "elsewhere"}, .ids = ids}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

class UpdateThesis : public SubmissionsTest {
 protected:
  void SetUp() override { Create(AThesis("42")); }

  static ThesisUpdate Retitle(const std::string& title) {
    return {.values = {.id = "42", .title = title}, .fields = {ThesisField::kTitle}};
  }
};

TEST_F(UpdateThesis, ChangesTheNamedFieldsOnly) {
  ASSERT_OK_AND_ASSIGN(const Thesis updated, submissions_.UpdateThesis(Staff(), Retitle("Better"), {}));
  Thesis expected = AThesis("42");
  expected.title = "Better";
  expected.version = 2;
  EXPECT_EQ(updated, expected);
  EXPECT_THAT(submissions_.GetThesis(Staff(), "42"), IsOkAndHolds(expected));
}

TEST_F(UpdateThesis, AsksTheDirectoryOnlyAboutWhatChanges) {
  people_.reachable = false;
  const int asked = people_.asked;
  ASSERT_OK(submissions_.UpdateThesis(Staff(), Retitle("Better"), {}));
  EXPECT_EQ(people_.asked, asked);

  people_.reachable = true;
  const absl::Status status = submissions_
                                  .UpdateThesis(Staff(),
                                                {.values = {.id = "42", .supervisor = "people/ghost"},
                                                 .fields = {ThesisField::kSupervisor}},
                                                {})
                                  .status();
  EXPECT_THAT(FieldsOf(status), ElementsAre("thesis.supervisor"));
}

TEST_F(UpdateThesis, RefusesAnOlderVersion) {
  ThesisUpdate first = Retitle("Better");
  first.version = 1;
  ASSERT_OK(submissions_.UpdateThesis(Staff(), first, {}));
  ThesisUpdate second = Retitle("Worse");
  second.version = 1;
  EXPECT_THAT(submissions_.UpdateThesis(Staff(), second, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_F(UpdateThesis, WithoutADifferenceLeavesTheVersion) {
  ASSERT_OK_AND_ASSIGN(const Thesis updated,
                       submissions_.UpdateThesis(Staff(), Retitle("Thesis 42"), Request("r")));
  EXPECT_EQ(updated.version, 1);
}

TEST_F(UpdateThesis, WritesNothingWhenItOnlyValidates) {
  ASSERT_OK_AND_ASSIGN(const Thesis tried,
                       submissions_.UpdateThesis(Staff(), Retitle("Better"), kOnlyValidate));
  EXPECT_EQ(tried.title, "Better");
  EXPECT_THAT(submissions_.GetThesis(Staff(), "42"), IsOkAndHolds(Field(&Thesis::title, "Thesis 42")));
}

TEST_F(UpdateThesis, ARepetitionReturnsTheFirstResult) {
  ASSERT_OK_AND_ASSIGN(const Thesis first,
                       submissions_.UpdateThesis(Staff(), Retitle("Better"), Request("r")));
  ASSERT_OK(submissions_.UpdateThesis(Staff(), Retitle("Best"), Request("s")));
  EXPECT_THAT(submissions_.UpdateThesis(Staff(), Retitle("Better"), Request("r")), IsOkAndHolds(first));
  EXPECT_THAT(submissions_.GetThesis(Staff(), "42"), IsOkAndHolds(Field(&Thesis::title, "Best")));
}

TEST_F(UpdateThesis, RefusesWhatTheWholeThesisMayNotBe) {
  const absl::Status status =
      submissions_
          .UpdateThesis(
              Staff(), {.values = {.id = "42", .authors = {"people/sam"}}, .fields = {ThesisField::kAuthors}},
              {})
          .status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(status), ElementsAre("thesis.supervisor"));
}

TEST_F(UpdateThesis, IsForThoseWhoRunTheProgrammeItHasAndTheOneItGets) {
  const ThesisUpdate move{.values = {.id = "42", .programme = kLaw}, .fields = {ThesisField::kProgramme}};
  EXPECT_THAT(submissions_.UpdateThesis(Staff(), move, {}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(submissions_.UpdateThesis(Staff(kLaw), move, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  Caller supervisor = Staff(kLaw);
  supervisor.person = "people/sam";
  EXPECT_THAT(submissions_.UpdateThesis(supervisor, move, {}), StatusIs(absl::StatusCode::kPermissionDenied));
  Caller both = Staff();
  both.grants.push_back({Role::kProgrammeHead, kLaw});
  ASSERT_OK_AND_ASSIGN(const Thesis moved, submissions_.UpdateThesis(both, move, {}));
  EXPECT_EQ(moved.programme, kLaw);
}

TEST_F(UpdateThesis, OfNothingIsNotFound) {
  EXPECT_THAT(submissions_.UpdateThesis(Staff(), {.values = {.id = "43"}}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
}

class WithdrawThesis : public SubmissionsTest {
 protected:
  void SetUp() override { Create(AThesis("42")); }
};

TEST_F(WithdrawThesis, KeepsTheThesisWithWhoWhenAndWhy) {
  ASSERT_OK_AND_ASSIGN(const Thesis withdrawn,
                       submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "left"}, {}));
  EXPECT_EQ(withdrawn.version, 2);
  EXPECT_EQ(withdrawn.title, "Thesis 42");
  EXPECT_EQ(withdrawn.withdrawal,
            (Withdrawal{.reason = "left", .account = "accounts/staff", .time = clock_.Now()}));
  EXPECT_THAT(submissions_.GetThesis(Staff(), "42"), IsOkAndHolds(withdrawn));
}

TEST_F(WithdrawThesis, AgainChangesNothing) {
  ASSERT_OK_AND_ASSIGN(const Thesis first,
                       submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "left"}, {}));
  clock_.Advance(absl::Hours(1));
  EXPECT_THAT(submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "other"}, {}), IsOkAndHolds(first));
}

TEST_F(WithdrawThesis, NeedsAReason) {
  EXPECT_THAT(FieldsOf(submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = " "}, {}).status()),
              ElementsAre("reason"));
  EXPECT_THAT(
      FieldsOf(
          submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = std::string(2001, 'x')}, {}).status()),
      ElementsAre("reason"));
}

TEST_F(WithdrawThesis, RefusesAnOlderVersionAndOtherProgrammes) {
  EXPECT_THAT(submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "left", .version = 7}, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_THAT(submissions_.WithdrawThesis(Staff(kLaw), {.id = "42", .reason = "left"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
}

TEST_F(WithdrawThesis, WritesNothingWhenItOnlyValidates) {
  ASSERT_OK_AND_ASSIGN(const Thesis tried,
                       submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "left"}, kOnlyValidate));
  EXPECT_TRUE(tried.IsWithdrawn());
  ASSERT_OK_AND_ASSIGN(const Thesis stored, submissions_.GetThesis(Staff(), "42"));
  EXPECT_FALSE(stored.IsWithdrawn());
}

class BatchUpsertTheses : public SubmissionsTest {};

TEST_F(BatchUpsertTheses, TellsWhatBecameOfEach) {
  Create(AThesis("same"));
  Create(AThesis("other"));
  Thesis changed = AThesis("other");
  changed.title = "Better";
  changed.level = Confidentiality::kClosedSession;
  ASSERT_OK_AND_ASSIGN(
      const ChangeList changes,
      submissions_.BatchUpsertTheses(Staff(), {AThesis("same"), changed, AThesis("new")}, {}));
  EXPECT_THAT(
      changes.changes(),
      ElementsAre(Change{.kind = Change::Kind::kCreated, .resource = "theses/new", .label = "Thesis new"},
                  Change{.kind = Change::Kind::kUpdated,
                         .resource = "theses/other",
                         .label = "Better",
                         .fields = {{"title", "Thesis other", "Better"}, {"confidential", "no", "yes"}}}));
  EXPECT_EQ(changes.unchanged_count(), 1);
  EXPECT_THAT(submissions_.GetThesis(Staff(), "same"), IsOkAndHolds(Field(&Thesis::version, 1)));
  EXPECT_THAT(submissions_.GetThesis(Staff(), "other"), IsOkAndHolds(Field(&Thesis::version, 2)));
}

TEST_F(BatchUpsertTheses, ASecondTimeChangesNothing) {
  ASSERT_OK(submissions_.BatchUpsertTheses(Import(), {AThesis("a"), AThesis("b")}, {}));
  ASSERT_OK_AND_ASSIGN(const ChangeList again,
                       submissions_.BatchUpsertTheses(Import(), {AThesis("a"), AThesis("b")}, {}));
  EXPECT_TRUE(again.IsEmpty());
  EXPECT_EQ(again.unchanged_count(), 2);
}

TEST_F(BatchUpsertTheses, LeavesAWithdrawnThesisWithdrawn) {
  Create(AThesis("42"));
  ASSERT_OK(submissions_.WithdrawThesis(Staff(), {.id = "42", .reason = "left"}, {}));
  Thesis changed = AThesis("42");
  changed.title = "Better";
  ASSERT_OK(submissions_.BatchUpsertTheses(Staff(), {changed}, {}));
  ASSERT_OK_AND_ASSIGN(const Thesis stored, submissions_.GetThesis(Staff(), "42"));
  EXPECT_TRUE(stored.IsWithdrawn());
  EXPECT_EQ(stored.title, "Better");
}

TEST_F(BatchUpsertTheses, ListsEveryFieldThatCannotBeAcceptedAndWritesNothing) {
  Thesis bad = AThesis("b");
  bad.title.clear();
  bad.language = "de";
  const absl::Status status =
      submissions_.BatchUpsertTheses(Staff(), {AThesis("a"), bad, AThesis("a")}, {}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(status), ElementsAre("theses[1].title", "theses[1].language", "theses[2].name"));
  EXPECT_THAT(List(Import()), IsEmpty());
}

TEST_F(BatchUpsertTheses, ChecksReferencesForPeopleAndBelievesServices) {
  Thesis thesis = AThesis("a");
  thesis.supervisor = "people/ghost";
  EXPECT_THAT(FieldsOf(submissions_.BatchUpsertTheses(Staff(), {AThesis("b"), thesis}, {}).status()),
              ElementsAre("theses[1].supervisor"));
  people_.reachable = false;
  EXPECT_OK(submissions_.BatchUpsertTheses(ImportFor(Staff()), {thesis}, kOnlyValidate));
  EXPECT_OK(submissions_.BatchUpsertTheses(ImportFor(Staff()), {thesis}, {}));
}

TEST_F(BatchUpsertTheses, AServiceMayDoForAnAccountWhatThatAccountMayDo) {
  EXPECT_THAT(submissions_.BatchUpsertTheses(ImportFor(Staff(kLaw)), {AThesis("a")}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(submissions_.BatchUpsertTheses(ImportFor(Student("people/ana")), {AThesis("a")}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(BatchUpsertTheses, DoesNotTakeOverTheThesisOfAnotherProgramme) {
  Create(AThesis("42", kLaw));
  for (const Mutation& mutation : {Mutation{}, kOnlyValidate}) {
    EXPECT_THAT(submissions_.BatchUpsertTheses(Staff(), {AThesis("41"), AThesis("42")}, mutation),
                StatusIs(absl::StatusCode::kAlreadyExists, Reason("THESIS_EXISTS")));
  }
  EXPECT_THAT(List(Import()), ElementsAre("42"));
}

TEST_F(BatchUpsertTheses, WritesNothingWhenItOnlyValidatesAndSaysTheSame) {
  Create(AThesis("42"));
  Thesis changed = AThesis("42");
  changed.title = "Better";
  ASSERT_OK_AND_ASSIGN(const ChangeList tried,
                       submissions_.BatchUpsertTheses(Import(), {changed, AThesis("43")}, kOnlyValidate));
  EXPECT_THAT(List(Import()), ElementsAre("42"));
  EXPECT_THAT(submissions_.BatchUpsertTheses(Import(), {changed, AThesis("43")}, {}), IsOkAndHolds(tried));
}

TEST_F(BatchUpsertTheses, ARepetitionReturnsTheFirstResult) {
  ASSERT_OK_AND_ASSIGN(const ChangeList first,
                       submissions_.BatchUpsertTheses(Staff(), {AThesis("42")}, Request("r")));
  EXPECT_THAT(submissions_.BatchUpsertTheses(Staff(), {AThesis("42")}, Request("r")), IsOkAndHolds(first));
}

}  // namespace
}  // namespace soutenance::submissions
