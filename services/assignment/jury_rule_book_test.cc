#include "services/assignment/jury_rule_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/assignment.h"
#include "services/assignment/profiles.h"
#include "services/assignment/rules/defaults.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/rule_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kMsi[] = "programmes/msi";

// Theses that sam supervises and ana writes, in programme msi unless told otherwise.
class FakeThesisLookup : public ThesisLookup {
 public:
  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    std::map<std::string, ThesisFacts> found;
    for (const std::string& id : ids) {
      if (theses.count(id) > 0) found.emplace(id, theses.at(id));
    }
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string&) const override {
    return std::vector<ThesisFacts>();
  }
  void Add(const std::string& id, const std::string& programme = kMsi, const std::string& cohort = "") {
    theses[id] = {.id = id,
                  .programme = programme,
                  .authors = {"people/ana"},
                  .supervisor = "people/sam",
                  .cohort = cohort,
                  .language = "fr"};
  }

  std::map<std::string, ThesisFacts> theses;
};

class EverybodyExists : public PeopleLookup, public ProgrammeLookup {
 public:
  absl::StatusOr<bool> HasProgramme(const std::string& programme) const override {
    return programme != "programmes/nowhere";
  }
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    return people;
  }
};

Caller Staff(const std::string& programme = kMsi) {
  return {.account = "accounts/staff", .grants = {{Role::kStaff, programme}}};
}
Caller Head(const std::string& programme = kMsi) {
  return {.account = "accounts/head", .grants = {{Role::kProgrammeHead, programme}}};
}
Caller Import() { return {.service = "directory"}; }
const Mutation kOnlyValidate{.validate_only = true};

const rules::Source kSource{.text = "Règlement du master", .article = "4", .page = "p. 7"};

rules::Rule TwoMembers() {
  return {.id = "members", .kind = rules::Kind::kMembers, .min = 2, .source = kSource};
}
rules::Rule OneExternal(rules::Level level = rules::Level::kDerogable) {
  return {.id = "external", .kind = rules::Kind::kExternals, .level = level, .min = 1, .source = kSource};
}
rules::Rule AtMost(int juries) {
  return {.id = "load", .kind = rules::Kind::kLoad, .max = juries, .source = kSource};
}

Jury AJury(const std::string& thesis, const std::vector<std::string>& people,
           const std::string& programme = kMsi) {
  Jury jury{.thesis = thesis, .programme = programme};
  for (const std::string& person : people) jury.seats.push_back({.person = absl::StrCat("people/", person)});
  return jury;
}

// "jury: rule, rule; jury: rule" of a refusal.
std::vector<std::string> BrokenIn(const absl::Status& status) {
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  std::vector<std::string> broken;
  for (const PreconditionViolation& violation : FactsOf(status).preconditions) {
    broken.push_back(absl::StrCat(violation.subject, ": ", violation.type));
  }
  return broken;
}

class JuryRulesTest : public ::testing::Test {
 protected:
  JuryRulesTest() {
    for (const char* const thesis : {"1", "2", "3"}) theses_.Add(thesis);
    for (const char* const person : {"pia", "sam"}) Know(person, "Cnam");
    Know("ext", "Nantes");
  }

  void Know(const std::string& person, const std::string& institution, LoadLimits load = {}) {
    ASSERT_OK(profiles_.BatchUpsertProfiles(
        Staff(), {{.profile = {.person = person, .institution = institution, .load = std::move(load)}}}, {}));
  }
  void Rules(const std::vector<rules::Rule>& rules) {
    ASSERT_OK(
        book_.SetRules(Head(), {.set = {.programme = "msi", .institutions = {"CNAM"}, .rules = rules}}, {}));
  }
  absl::Status Set(const Jury& jury, const Mutation& mutation = {}) {
    return assignment_.SetJury(Staff(), {.jury = jury}, mutation).status();
  }
  absl::Status Batch(const Caller& caller, const std::vector<Jury>& juries, const Mutation& mutation = {}) {
    return assignment_.BatchUpsertJuries(caller, juries, mutation).status();
  }
  // The rules that are not met, of the first jury of the answer.
  std::vector<std::string> NotMet(const CheckQuery& query) {
    const absl::StatusOr<Judgements> judgements = book_.CheckJuries(Staff(), query);
    EXPECT_OK(judgements);
    std::vector<std::string> not_met;
    if (!judgements.ok() || judgements->juries.empty()) return {"no jury"};
    for (const JudgedRule& judged : judgements->juries.front().rules) {
      if (judged.verdict.outcome != rules::Outcome::kMet) not_met.push_back(judged.rule.id);
    }
    return not_met;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore store_{*database_};
  storage::sql::ProfileStore profile_store_{*database_};
  storage::sql::RuleStore rule_store_{*database_};
  FakeThesisLookup theses_;
  EverybodyExists people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  storage::sql::ConflictStore conflict_store_{*database_};
  testing::FakeConflictFacts facts_;
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, theses_, people_, gate_, clock_};
  Profiles profiles_{profile_store_, people_, clock_};
  JuryRuleBook book_{rule_store_, store_, theses_, people_, clock_};
};

TEST_F(JuryRulesTest, AProgrammeWithoutRulesHasOne) {
  EXPECT_OK(Set(AJury("1", {"pia"})));
  EXPECT_THAT(BrokenIn(Set(AJury("1", {"ana"}))), ElementsAre("theses/1/jury: author_on_jury"));
  EXPECT_THAT(book_.GetRules("msi"), StatusIs(absl::StatusCode::kNotFound, Reason("JURY_RULES_NOT_FOUND")));
}

TEST_F(JuryRulesTest, AProgrammeThatIsNotThereGetsNone) {
  const Caller administrator{.account = "accounts/a", .grants = {{Role::kAdministrator, ""}}};
  const absl::Status refused =
      book_.SetRules(administrator, {.set = {.programme = "nowhere", .institutions = {"CNAM"}}}, {}).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(refused.message(), ::testing::HasSubstr("programmes/nowhere"));
  EXPECT_OK(book_.SetRules(administrator, {.set = {.programme = "msi", .institutions = {"CNAM"}}}, {}));
}

TEST_F(JuryRulesTest, EveryPathThatWritesRefusesTheSame) {
  Rules({TwoMembers(), OneExternal()});
  const Jury jury = AJury("1", {"pia"});
  const std::vector<std::string> both = {"theses/1/jury: members", "theses/1/jury: external"};
  EXPECT_EQ(BrokenIn(Set(jury)), both);
  EXPECT_EQ(BrokenIn(Set(jury, kOnlyValidate)), both);
  EXPECT_EQ(BrokenIn(Batch(Staff(), {jury})), both);
  EXPECT_EQ(BrokenIn(Batch(Staff(), {jury}, kOnlyValidate)), both);
  EXPECT_EQ(BrokenIn(Batch(Import(), {jury})), both);
  EXPECT_EQ(BrokenIn(Batch(Import(), {jury}, kOnlyValidate)), both);
  EXPECT_EQ(NotMet({.programme = kMsi, .juries = {jury}}), (std::vector<std::string>{"members", "external"}));
  EXPECT_OK(Set(AJury("1", {"pia", "ext"})));
  EXPECT_EQ(BrokenIn(Set(jury)), both) << "a replacement satisfies the same rules";
}

TEST_F(JuryRulesTest, AViolationSaysRequiredMeasuredWhoCountsSourceAndWayOut) {
  Rules({OneExternal()});
  const absl::Status refused = Set(AJury("1", {"pia", "sam", "unknown"}));
  ASSERT_THAT(BrokenIn(refused), ElementsAre("theses/1/jury: external"));
  EXPECT_THAT(
      FactsOf(refused).preconditions.front().description,
      AllOf(HasSubstr("required at least 1"), HasSubstr("measured 0 of 3"), HasSubstr("not known: unknown"),
            HasSubstr("source Règlement du master, 4, p. 7"), HasSubstr("complete the profile of unknown"),
            HasSubstr("the programme head may lift the rule")));
}

TEST_F(JuryRulesTest, RulesOfOtherProgrammesDoNotMatter) {
  Rules({TwoMembers()});
  theses_.Add("9", "programmes/law");
  EXPECT_OK(
      assignment_.SetJury(Staff("programmes/law"), {.jury = AJury("9", {"pia"}, "programmes/law")}, {}));
}

TEST_F(JuryRulesTest, WarningsRefuseNothingAndAreTold) {
  Rules({OneExternal(rules::Level::kWarning)});
  EXPECT_OK(Set(AJury("1", {"pia"})));
  EXPECT_THAT(NotMet({.programme = kMsi}), ElementsAre("external"));
}

TEST_F(JuryRulesTest, AJuryThatStaysAsItIsStaysAlsoUnderNewerRules) {
  ASSERT_OK(Set(AJury("1", {"pia"})));
  Rules({TwoMembers()});
  EXPECT_OK(Set(AJury("1", {"pia"})));
  EXPECT_OK(Batch(Import(), {AJury("1", {"pia"}), AJury("2", {"pia", "sam"})}));
  EXPECT_THAT(BrokenIn(Batch(Import(), {AJury("1", {"sam"})})), ElementsAre("theses/1/jury: members"));
  EXPECT_THAT(NotMet({.programme = kMsi, .theses = {"1"}}), ElementsAre("members"));
}

TEST_F(JuryRulesTest, ADerogationLiftsOneRuleForOneJury) {
  Rules({OneExternal()});
  const Derogation asked{.thesis = "1", .rule = "external", .reason = "both externals are ill"};
  ASSERT_OK_AND_ASSIGN(const Derogation granted, book_.GrantDerogation(Head(), asked, {}));
  EXPECT_EQ(granted.account, "accounts/head");
  EXPECT_EQ(granted.granted_at, clock_.Now());
  EXPECT_EQ(granted.programme, "msi");
  EXPECT_THAT(granted.required, HasSubstr("at least 1"));
  EXPECT_OK(Set(AJury("1", {"pia"})));
  EXPECT_THAT(BrokenIn(Set(AJury("2", {"pia"}))), ElementsAre("theses/2/jury: external"));
  ASSERT_OK_AND_ASSIGN(const Judgements judged, book_.CheckJuries(Staff(), {.programme = kMsi}));
  EXPECT_EQ(judged.juries.front().rules[1].verdict.outcome, rules::Outcome::kLifted);
  EXPECT_EQ(judged.juries.front().rules[1].derogation_reason, "both externals are ill");
  EXPECT_TRUE(judged.juries.front().IsAccepted());
}

TEST_F(JuryRulesTest, ADerogationHoldsAsLongAsTheRuleAsksForTheSame) {
  Rules({OneExternal()});
  ASSERT_OK_AND_ASSIGN(const Derogation granted,
                       book_.GrantDerogation(Head(), {.thesis = "1", .rule = "external", .reason = "r"}, {}));
  rules::Rule reworded = OneExternal();
  reworded.note = "Other words";
  Rules({reworded});
  EXPECT_THAT(book_.HasLapsed(granted), IsOkAndHolds(false));
  EXPECT_OK(Set(AJury("1", {"pia"}), kOnlyValidate));
  rules::Rule two = OneExternal();
  two.min = 2;
  Rules({two});
  EXPECT_THAT(book_.HasLapsed(granted), IsOkAndHolds(true));
  EXPECT_THAT(BrokenIn(Set(AJury("1", {"pia"}))), ElementsAre("theses/1/jury: external"));
  Rules({OneExternal(rules::Level::kRequired)});
  EXPECT_THAT(BrokenIn(Set(AJury("1", {"pia"}))), ElementsAre("theses/1/jury: external"));
}

TEST_F(JuryRulesTest, OnlyTheHeadLiftsAndOnlyWhatMayBeLifted) {
  Rules({OneExternal(), TwoMembers()});
  const Derogation asked{.thesis = "1", .rule = "external", .reason = "r"};
  EXPECT_THAT(book_.GrantDerogation(Staff(), asked, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(book_.GrantDerogation(Head("programmes/law"), asked, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(book_.GrantDerogation(Head(), {.thesis = "1", .rule = "members", .reason = "r"}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("RULE_NOT_DEROGABLE")));
  EXPECT_THAT(book_.GrantDerogation(Head(), {.thesis = "1", .rule = "author_on_jury", .reason = "r"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("RULE_NOT_FOUND")));
  EXPECT_THAT(book_.GrantDerogation(Head(), {.thesis = "404", .rule = "external", .reason = "r"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("THESIS_NOT_FOUND")));
  EXPECT_THAT(book_.GrantDerogation(Head(), {.thesis = "1", .rule = "external"}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST_F(JuryRulesTest, DerogationsAreListedAndTakenBack) {
  Rules({OneExternal()});
  ASSERT_OK(book_.GrantDerogation(Head(), {.thesis = "2", .rule = "external", .reason = "r"}, {}));
  ASSERT_OK(book_.GrantDerogation(Head(), {.thesis = "1", .rule = "external", .reason = "r"}, {}));
  ASSERT_OK_AND_ASSIGN(const Page<Derogation> page, book_.ListDerogations(Staff(), "msi", {}));
  ASSERT_EQ(page.items.size(), 2u);
  EXPECT_EQ(page.items[0].thesis, "1");
  EXPECT_THAT(book_.ListDerogations(Staff("programmes/law"), "msi", {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));

  ASSERT_OK(Set(AJury("1", {"pia"})));
  EXPECT_THAT(book_.RevokeDerogation(Staff(), "1", "external", {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(book_.RevokeDerogation(Head("programmes/law"), "1", "external", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEROGATION_NOT_FOUND")));
  ASSERT_OK(book_.RevokeDerogation(Head(), "1", "external", {}));
  EXPECT_THAT(book_.RevokeDerogation(Head(), "1", "external", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEROGATION_NOT_FOUND")));
  EXPECT_THAT(NotMet({.programme = kMsi, .theses = {"1"}}), ElementsAre("external"));
}

TEST_F(JuryRulesTest, SeatsElsewhereAreThoseOfTheSameCohort) {
  theses_.Add("old", kMsi, "programmes/msi/cohorts/2026");
  theses_.Add("a", kMsi, "programmes/msi/cohorts/2027");
  theses_.Add("b", kMsi, "programmes/msi/cohorts/2027");
  Rules({AtMost(1)});
  ASSERT_OK(Set(AJury("old", {"pia"})));
  ASSERT_OK(Set(AJury("a", {"pia"}))) << "the other one was in another year";
  EXPECT_THAT(BrokenIn(Set(AJury("b", {"pia"}))), ElementsAre("theses/b/jury: load"));
  theses_.theses.at("a").is_withdrawn = true;
  EXPECT_OK(Set(AJury("b", {"pia"})));
}

TEST_F(JuryRulesTest, ABatchIsJudgedAsItWillBe) {
  Rules({AtMost(1)});
  EXPECT_THAT(BrokenIn(Batch(Staff(), {AJury("1", {"pia"}), AJury("2", {"pia"})})),
              ElementsAre("theses/1/jury: load", "theses/2/jury: load"));
  ASSERT_OK(Batch(Staff(), {AJury("1", {"pia"}), AJury("2", {"sam"})}));
  EXPECT_OK(Batch(Staff(), {AJury("1", {"sam"}), AJury("2", {"pia"})}))
      << "they change places at the same time";
}

TEST_F(JuryRulesTest, ThePersonsOwnLimitCountsFirst) {
  Know("pia", "Cnam", {.per_campaign_max = 2});
  Rules({AtMost(1)});
  ASSERT_OK(Set(AJury("1", {"pia"})));
  ASSERT_OK(Set(AJury("2", {"pia"})));
  EXPECT_THAT(BrokenIn(Set(AJury("3", {"pia"}))), ElementsAre("theses/3/jury: load"));
}

TEST_F(JuryRulesTest, AreSetByTheHeadOnlyAndCountTheirChanges) {
  const RuleSetReplacement replacement{.set = {.programme = "msi", .rules = {TwoMembers()}}};
  EXPECT_THAT(book_.SetRules(Staff(), replacement, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(book_.SetRules(Head(), {.set = replacement.set, .version = 1}, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  ASSERT_OK(book_.SetRules(Head(), replacement, kOnlyValidate));
  EXPECT_THAT(book_.GetRules("msi"), StatusIs(absl::StatusCode::kNotFound, Reason("JURY_RULES_NOT_FOUND")));
  EXPECT_THAT(book_.SetRules(Head(), replacement, {}), IsOkAndHolds(Field(&rules::RuleSet::version, 1)));
  EXPECT_THAT(book_.SetRules(Head(), replacement, {}), IsOkAndHolds(Field(&rules::RuleSet::version, 1)));
  EXPECT_THAT(book_.SetRules(Head(), {.set = {.programme = "msi"}, .version = 1}, {}),
              IsOkAndHolds(Field(&rules::RuleSet::version, 2)));
  EXPECT_THAT(book_.SetRules(Head(), {.set = {.programme = "msi", .rules = {{.id = "x"}}}}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST_F(JuryRulesTest, ChecksEveryStoredJuryPageByPage) {
  for (const char* const thesis : {"1", "2", "3"}) ASSERT_OK(Set(AJury(thesis, {"pia"})));
  Rules({TwoMembers()});
  ASSERT_OK_AND_ASSIGN(const Judgements first,
                       book_.CheckJuries(Staff(), {.programme = kMsi, .page = {.size = 2}}));
  EXPECT_EQ(first.juries.size(), 2u);
  EXPECT_EQ(first.next, "2");
  ASSERT_OK_AND_ASSIGN(const Judgements last,
                       book_.CheckJuries(Staff(), {.programme = kMsi, .page = {.size = 2, .after = "2"}}));
  EXPECT_EQ(last.juries.size(), 1u);
  EXPECT_EQ(last.next, "");
  EXPECT_FALSE(last.juries.front().IsAccepted());
  EXPECT_THAT(book_.CheckJuries(Staff("programmes/law"), {.programme = kMsi}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(
      book_.CheckJuries(Staff(), {.programme = kMsi, .juries = {AJury("1", {"pia"}, "programmes/law")}}),
      StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST_F(JuryRulesTest, TheNoticeIsCountedFromTodayIfNobodySaysOtherwise) {
  Rules({{.id = "notice", .kind = rules::Kind::kNotice, .min = 15, .source = kSource}});
  ASSERT_OK(Set(AJury("1", {"pia"}))) << "no day yet: nothing to refuse";
  EXPECT_THAT(NotMet({.programme = kMsi}), ElementsAre("notice"));
  const absl::CivilDay today = absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone());
  EXPECT_THAT(NotMet({.programme = kMsi, .defence_on = today + 15}), IsEmpty());
  EXPECT_THAT(NotMet({.programme = kMsi, .defence_on = today + 14}), ElementsAre("notice"));
  EXPECT_THAT(NotMet({.programme = kMsi, .posted_on = today - 1, .defence_on = today + 14}), IsEmpty());
}

TEST_F(JuryRulesTest, TheShippedRulesJudgeAWholeJury) {
  rules::RuleSet set = rules::DefaultSets().front().set;
  set.programme = "msi";
  set.institutions = {"Cnam"};
  ASSERT_OK(book_.SetRules(Head(), {.set = set}, {}));
  ASSERT_OK(profiles_.BatchUpsertProfiles(
      Staff(),
      {{.profile =
            {.person = "pia", .sector = Sector::kAcademic, .institution = "Cnam", .may_preside = true}},
       {.profile = {.person = "sam", .sector = Sector::kAcademic, .institution = "Cnam"}},
       {.profile = {.person = "tom", .sector = Sector::kProfessional, .company = "Airbus"}}},
      {}));
  theses_.theses.at("1").company_tutor = "people/tom";
  Jury jury{.thesis = "1", .programme = kMsi};
  jury.seats = {{.person = "people/pia", .role = Seat::Role::kPresident},
                {.person = "people/sam", .role = Seat::Role::kSupervisor},
                {.person = "people/tom", .role = Seat::Role::kCompanyTutor, .mode = Seat::Mode::kRemote}};
  EXPECT_OK(Set(jury));
  std::swap(jury.seats[0].role, jury.seats[1].role);
  EXPECT_THAT(BrokenIn(Set(jury)),
              ElementsAre("theses/1/jury: president_academic", "theses/1/jury: president_not_supervisor",
                          "theses/1/jury: own_tutors"));
}

}  // namespace
}  // namespace soutenance::assignment
