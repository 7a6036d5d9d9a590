#include "services/assignment/assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
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

constexpr char kMsi[] = "programmes/msi";
constexpr char kLaw[] = "programmes/law";

// Submissions that hold what a test tells them. They show everything: what hides theses is tested with them.
class FakeThesisLookup : public ThesisLookup {
 public:
  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    ++asked;
    if (!reachable) return absl::UnavailableError("submissions are down");
    std::map<std::string, ThesisFacts> found;
    for (const std::string& id : ids) {
      if (theses.count(id) > 0) found.emplace(id, theses.at(id));
    }
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string& programme) const override {
    ++asked;
    if (!reachable) return absl::UnavailableError("submissions are down");
    std::vector<ThesisFacts> visible;
    for (const auto& [id, thesis] : theses) {
      if (programme.empty() || thesis.programme == programme) visible.push_back(thesis);
    }
    return visible;
  }

  // A thesis that ana writes and sam supervises.
  void Add(const std::string& id, const std::string& programme = kMsi,
           const std::string& author = "people/ana") {
    theses[id] = {.id = id, .programme = programme, .authors = {author}, .supervisor = "people/sam"};
  }

  std::map<std::string, ThesisFacts> theses;
  bool reachable = true;
  mutable int asked = 0;
};

class FakePeopleLookup : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    std::set<std::string> found;
    for (const std::string& person : people) {
      if (person != "people/ghost") found.insert(person);
    }
    return found;
  }
};

Caller Staff(const std::string& programme = kMsi) {
  return {.account = "accounts/staff", .grants = {{Role::kStaff, programme}}};
}
Caller Person(const std::string& person) {
  return {.account = "accounts/person", .person = person, .grants = {{Role::kJuror, kMsi}}};
}
Caller Import() { return {.service = "directory"}; }
Caller ImportFor(Caller account) {
  account.service = "directory";
  return account;
}

Mutation Request(const std::string& id, const std::string& fingerprint = "f") {
  return {
      .request = {.request_id = id, .account = "accounts/staff", .method = "M", .fingerprint = fingerprint}};
}
const Mutation kOnlyValidate{.validate_only = true};

Jury AJury(const std::string& thesis, const std::vector<std::string>& people = {"people/pia"},
           const std::string& programme = kMsi) {
  Jury jury{.thesis = thesis, .programme = programme};
  for (const std::string& person : people) jury.seats.push_back({.person = person});
  return jury;
}

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(status).fields) fields.push_back(violation.field);
  return fields;
}

class AssignmentTest : public ::testing::Test {
 protected:
  AssignmentTest() { theses_.Add("42"); }

  void Store(const std::vector<Jury>& juries) {
    ASSERT_OK(assignment_.BatchUpsertJuries(Import(), juries, {}));
  }
  std::vector<std::string> List(const Caller& caller, const JuryQuery& query = {}) {
    std::vector<std::string> listed;
    const absl::StatusOr<Page<Jury>> page = assignment_.ListJuries(caller, query);
    EXPECT_OK(page);
    if (!page.ok()) return listed;
    for (const Jury& jury : page->items) listed.push_back(jury.thesis);
    if (!page->next.empty()) listed.push_back(absl::StrCat("next:", page->next));
    return listed;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore store_{*database_};
  FakeThesisLookup theses_;
  FakePeopleLookup people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  storage::sql::ConflictStore conflict_store_{*database_};
  testing::FakeConflictFacts facts_;
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, theses_, people_, gate_, clock_};
};

class SetJury : public AssignmentTest {};

TEST_F(SetJury, CreatesAndReplaces) {
  ASSERT_OK_AND_ASSIGN(const Jury created, assignment_.SetJury(Staff(), {.jury = AJury("42")}, {}));
  EXPECT_EQ(created.version, 1);
  ASSERT_OK_AND_ASSIGN(
      const Jury replaced,
      assignment_.SetJury(Staff(), {.jury = AJury("42", {"people/sam", "people/pia"}), .version = 1}, {}));
  EXPECT_EQ(replaced.version, 2);
  EXPECT_THAT(assignment_.GetJury(Staff(), "42"), IsOkAndHolds(replaced));
}

TEST_F(SetJury, TheSameAgainLeavesTheVersion) {
  ASSERT_OK(assignment_.SetJury(Staff(), {.jury = AJury("42")}, {}));
  EXPECT_THAT(assignment_.SetJury(Staff(), {.jury = AJury("42")}, Request("r")),
              IsOkAndHolds(Field(&Jury::version, 1)));
}

TEST_F(SetJury, RefusesAnOlderVersionAndOneOfAJuryThatIsGone) {
  EXPECT_THAT(assignment_.SetJury(Staff(), {.jury = AJury("42"), .version = 1}, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  ASSERT_OK(assignment_.SetJury(Staff(), {.jury = AJury("42")}, {}));
  ASSERT_OK(assignment_.SetJury(Staff(), {.jury = AJury("42", {"people/eve"})}, {}));
  for (const Mutation& mutation : {Mutation{}, kOnlyValidate}) {
    EXPECT_THAT(assignment_.SetJury(Staff(), {.jury = AJury("42"), .version = 1}, mutation),
                StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  }
}

TEST_F(SetJury, RefusesAPersonWhoSitsTwice) {
  EXPECT_THAT(
      FieldsOf(
          assignment_.SetJury(Staff(), {.jury = AJury("42", {"people/pia", "people/pia"})}, {}).status()),
      ElementsAre("jury.seats[1].person"));
}

TEST_F(SetJury, RefusesWhomTheDirectoryDoesNotKnowAndAProgrammeThatIsNotTheThesiss) {
  theses_.Add("43", kLaw);
  const absl::Status status =
      assignment_.SetJury(Staff(), {.jury = AJury("43", {"people/pia", "people/ghost"})}, {}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(status), ElementsAre("jury.programme", "jury.seats[1].person"));
}

TEST_F(SetJury, RefusesAThesisThatIsNotThere) {
  EXPECT_THAT(assignment_.SetJury(Staff(), {.jury = AJury("nowhere")}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
}

TEST_F(SetJury, RefusesAnAuthorWithTheRuleAndThePerson) {
  for (const Mutation& mutation : {Mutation{}, kOnlyValidate}) {
    const absl::Status status =
        assignment_.SetJury(Staff(), {.jury = AJury("42", {"people/pia", "people/ana"})}, mutation).status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
    EXPECT_THAT(FactsOf(status).preconditions,
                ElementsAre(::testing::AllOf(Field(&PreconditionViolation::type, "author_on_jury"),
                                             Field(&PreconditionViolation::subject, "theses/42/jury"))));
  }
  EXPECT_THAT(List(Import()), IsEmpty());
}

TEST_F(SetJury, IsForThoseWhoRunTheProgramme) {
  EXPECT_THAT(assignment_.SetJury(Staff(kLaw), {.jury = AJury("42")}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(SetJury, WritesNothingWhenItOnlyValidates) {
  ASSERT_OK_AND_ASSIGN(const Jury tried, assignment_.SetJury(Staff(), {.jury = AJury("42")}, kOnlyValidate));
  EXPECT_EQ(tried.version, 0);
  EXPECT_THAT(assignment_.GetJury(Staff(), "42"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SetJury, ARepetitionReturnsTheFirstResultWithoutAskingAnybody) {
  ASSERT_OK_AND_ASSIGN(const Jury first, assignment_.SetJury(Staff(), {.jury = AJury("42")}, Request("r")));
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "42"}, {}));
  theses_.reachable = false;
  EXPECT_THAT(assignment_.SetJury(Staff(), {.jury = AJury("42")}, Request("r")), IsOkAndHolds(first));
  EXPECT_THAT(assignment_.GetJury(Staff(), "42"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(assignment_.SetJury(Staff(), {.jury = AJury("42")}, Request("r", "other")),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST_F(SetJury, TheJuryOfAThesisThatMovedIsReplacedByThoseWhoRunItNow) {
  Store({AJury("42", {"people/pia"}, kLaw)});
  ASSERT_OK_AND_ASSIGN(const Jury moved, assignment_.SetJury(Staff(), {.jury = AJury("42")}, {}));
  EXPECT_EQ(moved.programme, kMsi);
}

class GetJury : public AssignmentTest {
 protected:
  void SetUp() override { Store({AJury("42")}); }
};

TEST_F(GetJury, IsForStaffMembersAndThoseWithAPartInTheThesis) {
  EXPECT_OK(assignment_.GetJury(Staff(), "42"));
  EXPECT_OK(assignment_.GetJury(Import(), "42"));
  EXPECT_OK(assignment_.GetJury(Person("people/pia"), "42"));
  EXPECT_OK(assignment_.GetJury(Person("people/ana"), "42"));
  EXPECT_OK(assignment_.GetJury(ImportFor(Person("people/sam")), "42"));
  for (const Caller& caller :
       {Person("people/zoe"), Staff(kLaw), ImportFor(Person("people/zoe")), Person("")}) {
    EXPECT_THAT(assignment_.GetJury(caller, "42"),
                StatusIs(absl::StatusCode::kNotFound, Reason("JURY_NOT_FOUND")));
  }
}

TEST_F(GetJury, AsksSubmissionsOnlyWhenItMatters) {
  theses_.reachable = false;
  EXPECT_OK(assignment_.GetJury(Staff(), "42"));
  EXPECT_OK(assignment_.GetJury(Person("people/pia"), "42"));
  EXPECT_THAT(assignment_.GetJury(Staff(), "43"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(GetJury, TheHiddenAndTheAbsentAreAlikeAlsoWhenSubmissionsCannotBeReached) {
  theses_.reachable = false;
  const absl::Status hidden = assignment_.GetJury(Person("people/zoe"), "42").status();
  const absl::Status absent = assignment_.GetJury(Person("people/zoe"), "43").status();
  EXPECT_THAT(hidden, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(hidden, absent);
}

class ListJuries : public AssignmentTest {
 protected:
  void SetUp() override {
    theses_.Add("law-1", kLaw, "people/bob");
    theses_.Add("msi-2", kMsi, "people/bob");
    theses_.Add("msi-3", kMsi, "people/zoe");
    Store({AJury("law-1", {"people/pia"}, kLaw), AJury("msi-2", {"people/eve"}),
           AJury("msi-3", {"people/bob"}), AJury("42")});
  }
};

TEST_F(ListJuries, ShowsStaffTheirProgrammeAndOthersTheirOwn) {
  EXPECT_THAT(List(Staff()), ElementsAre("42", "msi-2", "msi-3"));
  EXPECT_THAT(List(Import()), ElementsAre("42", "law-1", "msi-2", "msi-3"));
  EXPECT_THAT(List(Person("people/pia")), ElementsAre("42", "law-1"));
  EXPECT_THAT(List(Person("people/bob")), ElementsAre("law-1", "msi-2", "msi-3"));
  EXPECT_THAT(List(Person("people/nobody")), IsEmpty());
  EXPECT_THAT(List(Person("")), IsEmpty());
}

TEST_F(ListJuries, ShowsStaffWhatConcernsThemElsewhereToo) {
  Caller caller = Staff();
  caller.person = "people/bob";
  EXPECT_THAT(List(caller), ElementsAre("42", "law-1", "msi-2", "msi-3"));
}

TEST_F(ListJuries, MayBeLimitedToAProgramme) {
  EXPECT_THAT(List(Person("people/bob"), {.programme = kMsi}), ElementsAre("msi-2", "msi-3"));
  EXPECT_THAT(List(Import(), {.programme = kLaw}), ElementsAre("law-1"));
  const int asked = theses_.asked;
  Caller caller = Staff();
  caller.person = "people/bob";
  EXPECT_THAT(List(caller, {.programme = kMsi}), ElementsAre("42", "msi-2", "msi-3"));
  EXPECT_EQ(theses_.asked, asked);
}

TEST_F(ListJuries, ContinuesWhereThePageEnded) {
  EXPECT_THAT(List(Person("people/bob"), {.page = {.size = 2}}), ElementsAre("law-1", "msi-2", "next:msi-2"));
  EXPECT_THAT(List(Person("people/bob"), {.page = {.size = 2, .after = "msi-2"}}), ElementsAre("msi-3"));
}

TEST_F(ListJuries, KeepsTheOrderAskedForAndLeavesOutTheUnknownAndTheHidden) {
  const std::vector<std::string> theses = {"msi-3", "nowhere", "42", "law-1"};
  EXPECT_THAT(List(Import(), {.theses = theses}), ElementsAre("msi-3", "42", "law-1"));
  EXPECT_THAT(List(Person("people/bob"), {.theses = theses}), ElementsAre("msi-3", "law-1"));
  EXPECT_THAT(List(Person("people/bob"), {.programme = kLaw, .theses = theses}), ElementsAre("law-1"));
  EXPECT_THAT(List(Import(), {.page = {.size = 2}, .theses = theses}), ElementsAre("msi-3", "42", "next:42"));
  EXPECT_THAT(List(Import(), {.page = {.size = 2, .after = "42"}, .theses = theses}), ElementsAre("law-1"));
  EXPECT_THAT(assignment_.ListJuries(Import(), {.page = {.after = "elsewhere"}, .theses = theses}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

class DeleteJury : public AssignmentTest {
 protected:
  void SetUp() override { Store({AJury("42")}); }
};

TEST_F(DeleteJury, DissolvesItAndNoOldEtagFitsTheNextOne) {
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "42", .version = 1}, {}));
  EXPECT_THAT(assignment_.GetJury(Staff(), "42"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(assignment_.DeleteJury(Staff(), {.thesis = "42"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("JURY_NOT_FOUND")));
  ASSERT_OK(assignment_.SetJury(Staff(), {.jury = AJury("42")}, {}));
  EXPECT_THAT(assignment_.DeleteJury(Staff(), {.thesis = "42", .version = 1}, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_F(DeleteJury, IsForThoseWhoRunTheProgramme) {
  EXPECT_THAT(assignment_.DeleteJury(Staff(kLaw), {.thesis = "42"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("JURY_NOT_FOUND")));
  EXPECT_THAT(assignment_.DeleteJury(Person("people/pia"), {.thesis = "42"}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(DeleteJury, ARepetitionIsHarmlessAndAValidationToo) {
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "42"}, kOnlyValidate));
  ASSERT_OK(assignment_.GetJury(Staff(), "42"));
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "42"}, Request("r")));
  ASSERT_OK(assignment_.SetJury(Staff(), {.jury = AJury("42")}, {}));
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "42"}, Request("r")));
  EXPECT_OK(assignment_.GetJury(Staff(), "42"));
}

class BatchUpsertJuries : public AssignmentTest {
 protected:
  void SetUp() override {
    theses_.Add("43");
    theses_.Add("44");
  }
};

TEST_F(BatchUpsertJuries, TellsWhatBecameOfEach) {
  Store({AJury("42"), AJury("43")});
  ASSERT_OK_AND_ASSIGN(
      const ChangeList changes,
      assignment_.BatchUpsertJuries(Staff(), {AJury("44"), AJury("43", {"people/eve"}), AJury("42")}, {}));
  EXPECT_THAT(
      changes.changes(),
      ElementsAre(Change{.kind = Change::Kind::kUpdated,
                         .resource = "theses/43/jury",
                         .label = "43",
                         .fields = {{"seats", "pia (examiner)", "eve (examiner)"}}},
                  Change{.kind = Change::Kind::kCreated, .resource = "theses/44/jury", .label = "44"}));
  EXPECT_EQ(changes.unchanged_count(), 1);
}

TEST_F(BatchUpsertJuries, OfThePersonChecksWhatSetJuryChecks) {
  theses_.Add("45", kLaw);
  const absl::Status status =
      assignment_
          .BatchUpsertJuries(Staff(),
                             {AJury("42", {"people/ghost"}), AJury("nowhere"), AJury("45"), AJury("43")}, {})
          .status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(status),
              ElementsAre("juries[1].name", "juries[0].seats[0].person", "juries[2].programme"));
  EXPECT_THAT(List(Import()), IsEmpty());
}

TEST_F(BatchUpsertJuries, TellsEveryBrokenRuleAndWritesNothing) {
  const std::vector<Jury> juries = {AJury("42", {"people/ana"}), AJury("43"), AJury("44", {"people/ana"})};
  for (const Caller& caller : {Staff(), Import(), ImportFor(Staff())}) {
    const absl::Status status = assignment_.BatchUpsertJuries(caller, juries, {}).status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
    EXPECT_THAT(FactsOf(status).preconditions,
                ElementsAre(Field(&PreconditionViolation::subject, "theses/42/jury"),
                            Field(&PreconditionViolation::subject, "theses/44/jury")));
  }
  EXPECT_THAT(List(Import()), IsEmpty());
}

TEST_F(BatchUpsertJuries, OfAnImportMayComeBeforeItsThesesAndPeople) {
  EXPECT_OK(
      assignment_.BatchUpsertJuries(ImportFor(Staff()), {AJury("new", {"people/ghost"})}, kOnlyValidate));
  // The import gives the thesis another author at the same time; that ana may sit, can only be judged
  // afterwards.
  EXPECT_OK(assignment_.BatchUpsertJuries(ImportFor(Staff()), {AJury("42", {"people/ana"})}, kOnlyValidate));
  theses_.theses.at("42").authors = {"people/bob"};
  EXPECT_OK(assignment_.BatchUpsertJuries(ImportFor(Staff()), {AJury("42", {"people/ana"})}, {}));
}

TEST_F(BatchUpsertJuries, RefusesAThesisThatComesTwice) {
  EXPECT_THAT(FieldsOf(assignment_.BatchUpsertJuries(Import(), {AJury("42"), AJury("42")}, {}).status()),
              ElementsAre("juries[1].name"));
}

TEST_F(BatchUpsertJuries, AServiceMayDoForAnAccountWhatThatAccountMayDo) {
  EXPECT_THAT(assignment_.BatchUpsertJuries(ImportFor(Staff(kLaw)), {AJury("42")}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  Store({AJury("foreign", {"people/pia"}, kLaw)});
  EXPECT_THAT(assignment_.BatchUpsertJuries(ImportFor(Staff()), {AJury("foreign")}, {}),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("JURY_EXISTS")));
}

TEST_F(BatchUpsertJuries, WritesNothingWhenItOnlyValidatesAndSaysTheSame) {
  Store({AJury("42")});
  const std::vector<Jury> juries = {AJury("42", {"people/eve"}), AJury("43")};
  ASSERT_OK_AND_ASSIGN(const ChangeList tried, assignment_.BatchUpsertJuries(Staff(), juries, kOnlyValidate));
  EXPECT_THAT(List(Import()), ElementsAre("42"));
  EXPECT_THAT(assignment_.BatchUpsertJuries(Staff(), juries, Request("r")), IsOkAndHolds(tried));
  EXPECT_THAT(assignment_.BatchUpsertJuries(Staff(), juries, Request("r")), IsOkAndHolds(tried));
}

}  // namespace
}  // namespace soutenance::assignment
