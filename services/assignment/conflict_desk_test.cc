#include "services/assignment/conflict_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/assignment.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using conflicts::Kind;
using conflicts::State;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kMsi[] = "programmes/msi";
constexpr char kLaw[] = "programmes/law";

// Submissions and directory as the assignment service asks them, about the same world as the gate.
class World final : public ThesisLookup, public PeopleLookup {
 public:
  explicit World(const testing::FakeConflictFacts& facts) : facts_(facts) {}

  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    std::map<std::string, ThesisFacts> found;
    for (const auto& [id, thesis] : facts_.theses) {
      if (ids.count(id) > 0) found[id] = About(thesis);
    }
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string&) const override {
    return std::vector<ThesisFacts>{};
  }
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    std::set<std::string> known = people;
    known.erase("people/ghost");
    return known;
  }
  static ThesisFacts About(const conflicts::Thesis& thesis) {
    return {.id = thesis.id,
            .programme = thesis.programme,
            .authors = thesis.authors,
            .supervisor = thesis.supervisor,
            .company_tutor = thesis.company_tutor};
  }

 private:
  const testing::FakeConflictFacts& facts_;
};

Caller Of(const std::string& person, Role role, const std::string& programme = kMsi) {
  return {.account = absl::StrCat("accounts/", person.empty() ? "nobody" : person.substr(7)),
          .person = person,
          .grants = {{role, programme}}};
}
Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
Caller Ana() { return Of("people/ana", Role::kStudent); }
Caller Pia() { return Of("people/pia", Role::kJuror); }

// ana writes m1, which sam supervises and tom of Nexity tutors; pia is to judge it.
class ConflictDeskTest : public ::testing::Test {
 protected:
  ConflictDeskTest() {
    facts_.theses["m1"] = Thesis();
    facts_.people["people/tom"] = {.family_name = "Tran", .companies = {"Nexity"}};
    facts_.people["people/ana"] = {.family_name = "Lefèvre"};
  }

  static conflicts::Thesis Thesis() {
    return {.id = "m1",
            .programme = kMsi,
            .authors = {"people/ana"},
            .supervisor = "people/sam",
            .company_tutor = "people/tom"};
  }
  static Jury JuryWith(const std::string& person, Seat::Role role = Seat::Role::kReviewer) {
    return {.thesis = "m1",
            .programme = kMsi,
            .seats = {{.person = "people/sam", .role = Seat::Role::kSupervisor},
                      {.person = person, .role = role}}};
  }

  absl::Status Declare(const Caller& caller, const std::string& other, Kind kind = Kind::kFamily,
                       std::optional<int> year = {}) {
    return desk_
        .Declare(caller,
                 {.programme = kMsi, .other = other, .kind = kind, .reason = "a secret", .year = year}, {})
        .status();
  }
  absl::StatusOr<SeenConflict> Pin(ConflictDecision::Verdict verdict, const Caller& caller = Staff(),
                                   const std::string& person = "people/pia") {
    return desk_.Pin(caller,
                     {.thesis = "m1", .person = person, .verdict = verdict, .reason = "looked into it"}, {});
  }
  // Seats people without asking anybody, as they sat before something became known.
  void Seated(const Jury& jury) {
    ASSERT_OK(store_.Write([&](AssignmentStore::Writer& writer) { return writer.Insert(jury).status(); }));
  }
  State StateOf(const std::string& person = "people/pia") {
    const absl::StatusOr<SeenConflict> conflict = desk_.GetConflict(Staff(), "m1", person);
    EXPECT_OK(conflict);
    return conflict.ok() ? conflict->state : State::kConflict;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore store_{*database_};
  storage::sql::ConflictStore conflict_store_{*database_};
  testing::FakeConflictFacts facts_;
  World world_{facts_};
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};  // January 2027
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, world_, world_, gate_, clock_};
  ConflictDesk desk_{
      {.store = conflict_store_, .juries = store_, .gate = gate_, .people = world_, .clock = clock_}};
};

// A way onto the jury of m1. A new way is one more line here.
struct Path {
  std::string name;
  std::function<absl::Status(Assignment&, ConflictDesk&, AssignmentStore&, const Jury&)> take;
};
const std::vector<Path>& AllPaths() {
  static const auto& paths = *new std::vector<Path>{
      {"by hand",
       [](Assignment& assignment, ConflictDesk&, AssignmentStore&, const Jury& jury) {
         return assignment.SetJury(Staff(), {.jury = jury}, {.validate_only = true}).status();
       }},
      {"many by hand",
       [](Assignment& assignment, ConflictDesk&, AssignmentStore&, const Jury& jury) {
         return assignment.BatchUpsertJuries(Staff(), {jury}, {.validate_only = true}).status();
       }},
      {"proposal that is accepted",
       [](Assignment& assignment, ConflictDesk&, AssignmentStore&, const Jury& jury) {
         std::vector<std::string> moved;
         return assignment.BatchReplaceJuries(Staff(), {{.jury = jury}}, {.validate_only = true}, moved)
             .status();
       }},
      {"import",
       [](Assignment& assignment, ConflictDesk&, AssignmentStore& store, const Jury& jury) {
         const absl::Status status =
             assignment.BatchUpsertJuries({.service = "directory"}, {jury}, {}).status();
         // What was written must not stand in the way of the next path.
         return status.ok() ? store.Write([&](AssignmentStore::Writer& writer) -> absl::Status {
           ASSIGN_OR_RETURN(const std::optional<Jury> stored, writer.Find(jury.thesis));
           return writer.Dissolve(*stored);
         })
                            : status;
       }},
      {"import that is tried out",
       [](Assignment& assignment, ConflictDesk&, AssignmentStore&, const Jury& jury) {
         conflicts::Thesis thesis{.id = "m1",
                                  .programme = kMsi,
                                  .authors = {"people/ana"},
                                  .supervisor = "people/sam",
                                  .company_tutor = "people/tom"};
         return assignment
             .BatchUpsertJuries({.service = "directory"}, {jury}, {.validate_only = true},
                                {{"m1", World::About(thesis)}})
             .status();
       }},
      {"change of roles",
       [](Assignment&, ConflictDesk& desk, AssignmentStore& store, const Jury& jury) {
         absl::Status changed;
         RETURN_IF_ERROR(
             store.Write([&](AssignmentStore::Writer& writer) { return writer.Insert(jury).status(); }));
         changed = desk.CheckThesisChanges(
             {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}, .service = "submissions"},
             {{.id = "m1",
               .programme = kMsi,
               .authors = {"people/ana"},
               .supervisor = "people/sam",
               .company_tutor = "people/tom"}});
         RETURN_IF_ERROR(store.Write([&](AssignmentStore::Writer& writer) -> absl::Status {
           ASSIGN_OR_RETURN(const std::optional<Jury> stored, writer.Find(jury.thesis));
           return writer.Dissolve(*stored);
         }));
         return changed;
       }},
  };
  return paths;
}

class EveryPath : public ConflictDeskTest {
 protected:
  absl::Status Take(const Path& path, const Jury& jury) {
    return path.take(assignment_, desk_, store_, jury);
  }
  // Whether the state between pia and m1 is what every path meets.
  void ExpectOnEveryPath(const std::string& what, State state, const std::string& sentence) {
    for (const Path& path : AllPaths()) {
      SCOPED_TRACE(absl::StrCat(what, ", ", path.name));
      const absl::Status status = Take(path, JuryWith("people/pia"));
      if (state != State::kConflict) {
        EXPECT_OK(status);
        continue;
      }
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
      const std::vector<PreconditionViolation> violations = FactsOf(status).preconditions;
      ASSERT_EQ(violations.size(), 1u);
      EXPECT_EQ(violations[0].type, "conflict_of_interest");
      EXPECT_EQ(violations[0].subject, "theses/m1/jury");
      EXPECT_THAT(violations[0].description, HasSubstr("people/pia"));
      EXPECT_THAT(violations[0].description, HasSubstr(sentence));
      EXPECT_THAT(violations[0].description, HasSubstr("pin that there is no conflict"));
    }
  }
};

TEST_F(EveryPath, AdmitsWhoHasNoConflict) { ExpectOnEveryPath("nothing", State::kNone, ""); }

TEST_F(EveryPath, CatchesEveryKindThatPeopleDeclare) {
  for (const Kind kind : conflicts::kKinds) {
    if (!conflicts::IsDeclarable(kind)) continue;
    for (const bool by_juror : {true, false}) {
      const Caller caller = by_juror ? Pia() : Ana();
      const std::string other = by_juror ? "people/ana" : "people/pia";
      ASSERT_OK(Declare(caller, other, kind));
      ExpectOnEveryPath(absl::StrCat(conflicts::KindName(kind), by_juror ? " by juror" : " by author"),
                        State::kConflict, std::string(conflicts::KindMeaning(kind)));
      ASSERT_OK(desk_.Withdraw(caller, {.programme = kMsi, .declarer = caller.person, .other = other}, {}));
    }
  }
  ExpectOnEveryPath("all taken back", State::kNone, "");
}

TEST_F(EveryPath, CatchesPastSupervision) {
  facts_.theses["old"] = {
      .id = "old", .programme = kMsi, .authors = {"people/ana"}, .supervisor = "people/pia"};
  ExpectOnEveryPath("supervised before", State::kConflict, "theses/old");
}

TEST_F(EveryPath, CatchesAThesisWrittenTogether) {
  facts_.theses["old"] = {.id = "old", .programme = kMsi, .authors = {"people/ana", "people/pia"}};
  ExpectOnEveryPath("wrote together", State::kConflict, "worked with an author");
}

TEST_F(EveryPath, CatchesTheSameCompany) {
  facts_.people["people/pia"].companies = {"NEXITY"};
  ExpectOnEveryPath("company", State::kConflict, "company");
}

TEST_F(EveryPath, OnlyWarnsOfTheSameNameAndAddress) {
  facts_.people["people/pia"] = {.family_name = "LEFEVRE"};
  ExpectOnEveryPath("name", State::kQuestion, "");
  facts_.people["people/pia"] = {.addresses = {"1, rue A"}};
  facts_.people["people/ana"] = {.addresses = {"1 rue A"}};
  ExpectOnEveryPath("address", State::kQuestion, "");
}

TEST_F(EveryPath, FollowsWhatWasDecided) {
  ASSERT_OK(Pin(ConflictDecision::Verdict::kConflict));
  ExpectOnEveryPath("pinned", State::kConflict, "found to have a conflict");
  ASSERT_OK(Declare(Pia(), "people/ana"));
  clock_.Advance(absl::Seconds(1));
  ASSERT_OK(Pin(ConflictDecision::Verdict::kNoConflict));
  ExpectOnEveryPath("pinned that there is none", State::kNone, "");
  ASSERT_OK(Pin(ConflictDecision::Verdict::kTakenBack));
  ExpectOnEveryPath("taken back", State::kConflict, "family");
}

TEST_F(EveryPath, RefusesAnAuthorWhateverWasDecided) {
  for (const Path& path : AllPaths()) {
    EXPECT_THAT(Take(path, JuryWith("people/ana")),
                StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")))
        << path.name;
  }
  EXPECT_THAT(Pin(ConflictDecision::Verdict::kNoConflict, Staff(), "people/ana"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(EveryPath, LetsSupervisorAndTutorSitButNotAsTheIndependentReader) {
  for (const Path& path : AllPaths()) {
    for (const Seat::Role role : kSeatRoles) {
      const absl::Status status = Take(path, JuryWith("people/tom", role));
      if (role == Seat::Role::kReviewer) {
        EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")))
            << path.name;
      } else {
        EXPECT_OK(status) << path.name << " as " << SeatRoleName(role);
      }
    }
  }
}

TEST_F(EveryPath, TellsOneViolationForEachPerson) {
  ASSERT_OK(Declare(Pia(), "people/ana"));
  Jury jury = JuryWith("people/pia");
  jury.seats.push_back({.person = "people/tom", .role = Seat::Role::kReviewer});
  for (const Path& path : AllPaths()) {
    EXPECT_EQ(FactsOf(Take(path, jury)).preconditions.size(), 2u) << path.name;
  }
}

TEST_F(ConflictDeskTest, NothingIsAdmittedWhileTheFactsAreUnknown) {
  facts_.reachable = false;
  EXPECT_THAT(assignment_.SetJury(Staff(), {.jury = JuryWith("people/pia")}, {}),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ConflictDeskTest, AChangeOfRolesThatMakesAJurorAnAuthorIsRefused) {
  Seated(JuryWith("people/pia"));
  conflicts::Thesis changed = Thesis();
  changed.authors = {"people/pia"};
  EXPECT_THAT(desk_.CheckThesisChanges({.service = "submissions"}, {changed}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  changed.authors = {"people/zoe"};
  EXPECT_OK(desk_.CheckThesisChanges({.service = "submissions"}, {changed}));
}

TEST_F(ConflictDeskTest, AReviewerPassesTheSameGateAsAJuror) {
  const Caller submissions{.service = "submissions"};
  EXPECT_OK(desk_.CheckReviewer(submissions, Thesis(), "people/pia"));
  ASSERT_OK(Declare(Pia(), "people/ana"));
  EXPECT_THAT(desk_.CheckReviewer(submissions, Thesis(), "people/pia"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
  facts_.reachable = false;
  EXPECT_THAT(desk_.CheckReviewer(submissions, Thesis(), "people/leo"),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ConflictDeskTest, AChangeThatMakesTheIndependentReaderTheSupervisorIsRefused) {
  Seated(JuryWith("people/pia"));
  conflicts::Thesis changed = Thesis();
  changed.supervisor = "people/pia";
  EXPECT_THAT(desk_.CheckThesisChanges({.service = "submissions"}, {changed}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
}

TEST_F(ConflictDeskTest, WarnsOfQuestionsAndOfSilence) {
  facts_.people["people/pia"] = {.family_name = "Lefevre"};
  ASSERT_OK_AND_ASSIGN(std::vector<ConflictWarning> warnings,
                       gate_.Admit(Staff(), SeatingsOf(JuryWith("people/pia"), World::About(Thesis()))));
  std::vector<std::string> texts;
  for (const ConflictWarning& warning : warnings) texts.push_back(warning.text);
  EXPECT_THAT(texts, ElementsAre("people/sam was not asked for conflicts in programmes/msi",
                                 "people/pia has the family name of an author, people/ana; confirm or "
                                 "dismiss it for theses/m1",
                                 "people/pia was not asked for conflicts in programmes/msi"));
}

TEST_F(ConflictDeskTest, CommonWorkCountsForAsLongAsTheProgrammeSays) {
  ASSERT_OK(Declare(Pia(), "people/ana", Kind::kCoauthorship, 2023));
  EXPECT_EQ(StateOf(), State::kNone) << "four years, and three count";
  const Caller head = Of("people/head", Role::kProgrammeHead);
  EXPECT_THAT(desk_.SetPolicy(Staff(), {.programme = kMsi, .years = 4}, {}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const ConflictPolicy policy,
                       desk_.SetPolicy(head, {.programme = kMsi, .years = 4}, 0, {}));
  EXPECT_EQ(policy.version, 1);
  EXPECT_EQ(StateOf(), State::kConflict);
  EXPECT_THAT(desk_.SetPolicy(head, {.programme = kMsi, .years = 5}, 0, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_THAT(desk_.SetPolicy(head, {.programme = kMsi, .years = 51}, {}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ConflictDeskTest, ADeclarationNamesWhatIsWrongWithIt) {
  EXPECT_THAT(Declare(Pia(), "people/ghost"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Declare(Pia(), "people/pia"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Declare(Pia(), "people/ana", Kind::kSameFamilyName),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Declare(Pia(), "people/ana", Kind::kFamily, 2025),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Declare(Pia(), "people/ana", Kind::kCoauthorship, 20025),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Declare(Staff(), "people/ana"), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Declare(Of("people/pia", Role::kJuror, kLaw), "people/ana"),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(ConflictDeskTest, SayingTheSameAgainDoesNotUndoADecision) {
  ASSERT_OK(Declare(Pia(), "people/ana"));
  clock_.Advance(absl::Hours(1));
  ASSERT_OK(Pin(ConflictDecision::Verdict::kNoConflict));
  clock_.Advance(absl::Hours(1));
  ASSERT_OK(Declare(Pia(), "people/ana"));
  EXPECT_EQ(StateOf(), State::kNone);
  ASSERT_OK(Declare(Pia(), "people/ana", Kind::kOther));
  EXPECT_EQ(StateOf(), State::kConflict) << "something else was declared since";
}

TEST_F(ConflictDeskTest, SilenceIsNeverAnAnswer) {
  const auto answer_of = [&](const std::string& person) {
    return desk_.GetConflict(Staff(), "m1", person)->answer;
  };
  EXPECT_EQ(answer_of("people/pia"), AnswerState::kNotAsked);
  ASSERT_OK(desk_.Ask(Staff(), kMsi, {"people/pia"}, false, {}));
  EXPECT_EQ(answer_of("people/pia"), AnswerState::kNotAnswered);
  ASSERT_OK(desk_.Answer(Pia(), kMsi, {}));
  EXPECT_EQ(answer_of("people/pia"), AnswerState::kAnswered);
  ASSERT_OK_AND_ASSIGN(const auto nobody, desk_.Ask(Staff(), kMsi, {"people/pia"}, true, {}));
  EXPECT_THAT(nobody, IsEmpty()) << "only those who were never asked";
  EXPECT_EQ(answer_of("people/pia"), AnswerState::kAnswered);
  ASSERT_OK(desk_.Ask(Staff(), kMsi, {"people/pia"}, false, {}));
  EXPECT_EQ(answer_of("people/pia"), AnswerState::kNotAnswered) << "asked again";
}

TEST_F(ConflictDeskTest, JurorsWhoWereNeverAskedAreListed) {
  Seated(JuryWith("people/pia"));
  ASSERT_OK(desk_.Answer(Pia(), kMsi, {}));
  ASSERT_OK_AND_ASSIGN(
      const Page<ConflictAnswer> silent,
      desk_.ListAnswers(Staff(), kMsi, {AnswerState::kNotAsked, AnswerState::kNotAnswered}, {}));
  ASSERT_EQ(silent.items.size(), 1u);
  EXPECT_EQ(silent.items[0].person, "people/sam");
  ASSERT_OK_AND_ASSIGN(const Page<ConflictAnswer> own, desk_.ListAnswers(Pia(), kMsi, {}, {}));
  ASSERT_EQ(own.items.size(), 1u);
  EXPECT_EQ(own.items[0].State(), AnswerState::kAnswered);
}

TEST_F(ConflictDeskTest, OnlyQuestionsAreConfirmedAndDismissed) {
  const ConflictPin confirm{.thesis = "m1",
                            .person = "people/pia",
                            .verdict = ConflictDecision::Verdict::kConflict,
                            .reason = "sisters",
                            .only_question = true};
  EXPECT_THAT(desk_.Pin(Staff(), confirm, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_NOT_IN_QUESTION")));
  facts_.people["people/pia"] = {.family_name = "Lefèvre"};
  ASSERT_OK_AND_ASSIGN(const SeenConflict confirmed, desk_.Pin(Staff(), confirm, {}));
  EXPECT_EQ(confirmed.state, State::kConflict);
  EXPECT_EQ(confirmed.version, 1);
}

TEST_F(ConflictDeskTest, DecisionsKeepTheirHistory) {
  ASSERT_OK(Pin(ConflictDecision::Verdict::kConflict));
  EXPECT_THAT(desk_.Pin(Staff(),
                        {.thesis = "m1",
                         .person = "people/pia",
                         .verdict = ConflictDecision::Verdict::kNoConflict,
                         .reason = "no",
                         .version = 0},
                        {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  ASSERT_OK(Pin(ConflictDecision::Verdict::kTakenBack));
  ASSERT_OK_AND_ASSIGN(const SeenConflict seen, desk_.GetConflict(Staff(), "m1", "people/pia"));
  EXPECT_FALSE(seen.decision.has_value());
  ASSERT_EQ(seen.history.size(), 2u);
  EXPECT_EQ(seen.history[0].account, "accounts/staff");
  EXPECT_EQ(seen.history[0].reason, "looked into it");
  EXPECT_THAT(seen.history[0].authors, ElementsAre("people/ana"));
}

TEST_F(ConflictDeskTest, ATrialOfADecisionShowsItAndWritesNothing) {
  ASSERT_OK_AND_ASSIGN(
      const SeenConflict tried,
      desk_.Pin(Staff(), {.thesis = "m1", .person = "people/pia", .reason = "x"}, {.validate_only = true}));
  EXPECT_EQ(tried.state, State::kConflict);
  EXPECT_EQ(StateOf(), State::kNone);
}

TEST_F(ConflictDeskTest, ListsConflictsInPagesWithWhoSits) {
  facts_.theses["m2"] = {
      .id = "m2", .programme = kMsi, .authors = {"people/zoe"}, .supervisor = "people/sam"};
  Seated(JuryWith("people/pia"));
  ASSERT_OK(Declare(Pia(), "people/ana"));
  ASSERT_OK(Declare(Pia(), "people/zoe"));
  ConflictQuery query{.page = {.size = 1}, .programme = kMsi, .states = {State::kConflict}};
  std::vector<std::string> listed;
  do {
    ASSERT_OK_AND_ASSIGN(const Page<SeenConflict> page, desk_.ListConflicts(Staff(), query));
    for (const SeenConflict& seen : page.items) {
      listed.push_back(absl::StrCat(seen.thesis, " ", seen.person, seen.is_seated ? " sits" : ""));
    }
    query.page.after = page.next;
  } while (!query.page.after.empty());
  EXPECT_THAT(listed, ElementsAre("m1 people/pia sits", "m2 people/pia"));
  query.seated_only = true;
  query.page.size = 100;
  EXPECT_EQ(desk_.ListConflicts(Staff(), query)->items.size(), 1u);
}

// Who sees a conflict: generated from role, programme, part in the matter and state.
TEST_F(ConflictDeskTest, ShowsConflictsToThoseWhoRunTheProgrammeAndToNobodyElse) {
  const std::vector<std::function<void()>> states = {
      [] {},
      [&] { facts_.people["people/pia"] = {.family_name = "Lefèvre"}; },
      [&] { ASSERT_OK(Declare(Pia(), "people/ana")); },
      [&] { ASSERT_OK(Declare(Ana(), "people/pia")); },
      [&] { ASSERT_OK(Pin(ConflictDecision::Verdict::kNoConflict)); },
      [&] { Seated(JuryWith("people/zoe")); },
  };
  for (const auto& enter : states) {
    enter();
    for (const Role role : kAllRoles) {
      for (const std::string programme : {kMsi, kLaw, ""}) {
        for (const std::string person : {"", "people/ana", "people/pia", "people/zoe", "people/sam"}) {
          const Caller caller = Of(person, role, programme);
          SCOPED_TRACE(absl::StrCat(RoleName(role), " in \"", programme, "\" as ", person));
          const absl::StatusOr<SeenConflict> seen = desk_.GetConflict(caller, "m1", "people/pia");
          const absl::Status absent = desk_.GetConflict(caller, "m0", "people/pia").status();
          ASSERT_OK_AND_ASSIGN(
              const Page<SeenConflict> list,
              desk_.ListConflicts(caller, {.programme = kMsi,
                                           .people = {"people/pia"},
                                           .states = {State::kNone, State::kQuestion, State::kConflict}}));
          if (RunsProgramme(caller, kMsi)) {
            ASSERT_OK(seen);
            EXPECT_EQ(list.items.size(), 1u);
            const bool concerned = person == "people/pia" || person == "people/ana";
            for (const SeenFinding& finding : seen->findings) {
              const bool by_others =
                  (finding.finding.source == conflicts::Source::kDeclaredByAuthor &&
                   person == "people/pia") ||
                  (finding.finding.source == conflicts::Source::kDeclaredByJuror && person == "people/ana");
              EXPECT_EQ(finding.is_known, !by_others);
            }
            EXPECT_EQ(seen->decision && !seen->decision->reason.empty(), seen->decision && !concerned);
          } else {
            EXPECT_THAT(seen, StatusIs(absl::StatusCode::kNotFound, Reason("CONFLICT_NOT_FOUND")));
            EXPECT_THAT(absent, StatusIs(absl::StatusCode::kNotFound, Reason("CONFLICT_NOT_FOUND")));
            EXPECT_THAT(list.items, IsEmpty());
          }
          ASSERT_OK_AND_ASSIGN(const auto declarations, desk_.ListDeclarations(caller, kMsi, {}));
          for (const conflicts::Declaration& declaration : declarations.items) {
            EXPECT_TRUE(declaration.declarer == person ||
                        (RunsProgramme(caller, kMsi) && declaration.other != person));
          }
        }
      }
    }
  }
}

TEST_F(ConflictDeskTest, TheRefusalDoesNotTellWhatTheCallerMayNotKnow) {
  const Caller head = Of("people/pia", Role::kProgrammeHead);
  ASSERT_OK(Declare(Ana(), "people/pia"));
  const absl::Status about_others =
      assignment_.SetJury(Staff(), {.jury = JuryWith("people/pia")}, {}).status();
  EXPECT_THAT(FactsOf(about_others).preconditions[0].description, HasSubstr("family"));
  const absl::Status about_me = assignment_.SetJury(head, {.jury = JuryWith("people/pia")}, {}).status();
  EXPECT_THAT(about_me, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
  EXPECT_THAT(FactsOf(about_me).preconditions[0].description, Not(HasSubstr("family")));
  for (const absl::Status& status : {about_others, about_me}) {
    EXPECT_THAT(FactsOf(status).preconditions[0].description, Not(HasSubstr("a secret")));
  }
  facts_.theses["old"] = {
      .id = "old", .programme = kLaw, .authors = {"people/ana"}, .supervisor = "people/zoe"};
  const absl::Status of_law = assignment_.SetJury(Staff(), {.jury = JuryWith("people/zoe")}, {}).status();
  EXPECT_THAT(of_law, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
  EXPECT_THAT(FactsOf(of_law).preconditions[0].description, Not(HasSubstr("old")));
}

TEST_F(ConflictDeskTest, NobodyTakesBackWhatOthersDeclared) {
  ASSERT_OK(Declare(Pia(), "people/ana"));
  const conflicts::Declaration named{.programme = kMsi, .declarer = "people/pia", .other = "people/ana"};
  const absl::Status hidden = desk_.Withdraw(Ana(), named, {});
  EXPECT_THAT(hidden, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(desk_.Withdraw(Staff(), named, {}), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK(desk_.Withdraw(Pia(), named, {}));
  EXPECT_EQ(desk_.Withdraw(Ana(), named, {}), hidden) << "gone looks like hidden";
}

TEST_F(ConflictDeskTest, ARepeatedRequestReturnsTheFirstResult) {
  const Mutation mutation{
      .request = {.request_id = "r", .account = "accounts/staff", .method = "M", .fingerprint = "f"}};
  ASSERT_OK_AND_ASSIGN(const SeenConflict first,
                       desk_.Pin(Staff(), {.thesis = "m1", .person = "people/pia", .reason = "x"}, mutation));
  ASSERT_OK_AND_ASSIGN(const SeenConflict again,
                       desk_.Pin(Staff(), {.thesis = "m1", .person = "people/pia", .reason = "x"}, mutation));
  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(again.version, 1);
}

}  // namespace
}  // namespace soutenance::assignment
