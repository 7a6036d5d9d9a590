#include "services/assignment/jury_bulk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/assignment/assignment.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/rule_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using State = BulkResult::State;

constexpr char kMsi[] = "programmes/msi";
constexpr char kLaw[] = "programmes/law";

class FakeTheses : public ThesisLookup {
 public:
  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    std::map<std::string, ThesisFacts> found;
    for (const std::string& id : ids) {
      if (theses.count(id) > 0) found.emplace(id, theses.at(id));
    }
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string&) const override {
    return std::vector<ThesisFacts>();
  }
  std::map<std::string, ThesisFacts> theses;
  mutable std::function<void()> meanwhile;  // happens while somebody asks, once
};

class FakePeople : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    std::set<std::string> known = people;
    known.erase("people/ghost");
    return known;
  }
  mutable std::function<void()> meanwhile;
};

Caller Staff(const std::string& programme = kMsi) {
  return {.account = "accounts/staff", .grants = {{Role::kStaff, programme}}};
}
Caller Administrator() { return {.account = "accounts/admin", .grants = {{Role::kAdministrator, ""}}}; }
Mutation Request(const std::string& id, const std::string& fingerprint = "f") {
  return {.request = {.request_id = id, .account = "accounts/s", .method = "M", .fingerprint = fingerprint}};
}
const Mutation kTry{.validate_only = true};

JuryImport File(const std::string& lines, JuryFileKind kind = JuryFileKind::kJuries) {
  const std::string header =
      kind == JuryFileKind::kJuries ? "thesis,person,role,mode,revision\n" : "thesis,person,mode,revision\n";
  return {.kind = kind, .file = "juries.csv", .bytes = header + lines};
}

// "line 2 person: conflict_of_interest".
std::vector<std::string> Told(const BulkResult& result,
                              sheets::Severity severity = sheets::Severity::kError) {
  std::vector<std::string> told;
  for (const BulkProblem& bulk : result.problems) {
    if (bulk.problem.severity != severity) continue;
    told.push_back(absl::StrCat("line ", bulk.problem.place.line, " ", bulk.problem.place.column, ": ",
                                bulk.problem.kind));
  }
  return told;
}

// What a person sees of a change: "t1: ana (president) -> bob (guest)".
std::vector<std::string> Changes(const std::vector<JuryDecision>& decisions) {
  std::vector<std::string> changes;
  for (const JuryDecision& decision : decisions) {
    const auto text = [](const std::optional<Jury>& jury) {
      std::string seats = jury ? "" : "nothing";
      if (!jury) return seats;
      for (const Seat& seat : jury->seats) {
        absl::StrAppend(&seats, seat.person.substr(7), "=", SeatRoleName(seat.role),
                        seat.mode == Seat::Mode::kRemote ? ":remote " : " ");
      }
      return seats;
    };
    changes.push_back(
        absl::StrCat(decision.thesis, ": ", text(decision.before), "-> ", text(decision.after)));
  }
  return changes;
}

class JuryBulkTest : public ::testing::Test {
 protected:
  JuryBulkTest() {
    for (const std::string id : {"t1", "t2", "t3"}) AddThesis(id, kMsi);
    AddThesis("l1", kLaw);
  }

  void AddThesis(const std::string& id, const std::string& programme) {
    theses_.theses[id] = {.id = id,
                          .programme = programme,
                          .authors = {absl::StrCat("people/author-", id)},
                          .supervisor = "people/sam"};
  }
  void Set(const std::string& thesis, const std::vector<Seat>& seats, const Caller& caller = Staff()) {
    ASSERT_OK(assignment_.SetJury(
        caller, {.jury = {.thesis = thesis, .programme = theses_.theses[thesis].programme, .seats = seats}},
        {}));
  }
  BulkResult Import(const JuryImport& import, const Mutation& how = {}, const Caller& caller = Staff()) {
    clock_.Advance(absl::Seconds(1));
    const absl::StatusOr<BulkResult> result = bulk_.Import(caller, import, how);
    EXPECT_OK(result);
    return result.ok() ? *result : BulkResult{};
  }
  BulkResult Undo(const std::string& batch, const Mutation& how = {}, const std::set<std::string>& only = {},
                  const Caller& caller = Staff()) {
    clock_.Advance(absl::Seconds(1));
    const absl::StatusOr<BulkResult> result = bulk_.Undo(caller, {.batch = batch, .theses = only}, how);
    EXPECT_OK(result);
    return result.ok() ? *result : BulkResult{};
  }
  // All juries as people see them: without their versions.
  std::map<std::string, std::string> Juries() {
    std::map<std::string, std::string> juries;
    EXPECT_OK(store_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const Page<Jury> page, reader.List({.all = true}, {.size = 1000}));
      for (Jury jury : page.items) {
        const std::string thesis = jury.thesis;
        jury.version = 0;
        juries[thesis] = jury.Serialize();
      }
      return absl::OkStatus();
    }));
    return juries;
  }
  std::vector<std::string> SeatsOf(const std::string& thesis) {
    std::vector<std::string> seats;
    EXPECT_OK(store_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const std::optional<Jury> jury, reader.Find(thesis));
      if (!jury) return absl::OkStatus();
      for (const Seat& seat : jury->seats) {
        seats.push_back(absl::StrCat(seat.person.substr(7), " ", SeatRoleName(seat.role)));
      }
      return absl::OkStatus();
    }));
    return seats;
  }
  std::vector<JuryDecision> History(const DecisionQuery& query, const Caller& caller = Staff()) {
    const absl::StatusOr<Page<JuryDecision>> page = bulk_.ListDecisions(caller, query);
    EXPECT_OK(page);
    return page.ok() ? page->items : std::vector<JuryDecision>();
  }
  void SetRules(std::vector<rules::Rule> list) {
    rules::RuleSet set{.programme = "msi", .rules = std::move(list)};
    ASSERT_OK(rule_store_.Write([&](RuleStore::Writer& writer) { return writer.PutRuleSet(set); }));
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore store_{*database_};
  storage::sql::ConflictStore conflict_store_{*database_};
  storage::sql::RuleStore rule_store_{*database_};
  FakeTheses theses_;
  FakePeople people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  testing::FakeConflictFacts facts_;
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, theses_, people_, gate_, clock_};
  JuryBulk bulk_{
      {.store = store_, .theses = theses_, .people = people_, .conflicts = gate_, .clock = clock_}};
};

using ImportJuries = JuryBulkTest;

TEST_F(ImportJuries, ReplacesTheJuriesOfItsThesesAndLeavesTheOthers) {
  Set("t1", {{.person = "people/ana"}});
  Set("t3", {{.person = "people/ana"}});
  const BulkResult result = Import(File("t1,bob,president,,\nt1,eva,examiner,remote,\nt2,ana,examiner,,\n"));
  EXPECT_EQ(result.state, State::kDone);
  EXPECT_THAT(SeatsOf("t1"), ElementsAre("bob president", "eva examiner"));
  EXPECT_THAT(SeatsOf("t2"), ElementsAre("ana examiner"));
  EXPECT_THAT(SeatsOf("t3"), ElementsAre("ana examiner"));
  EXPECT_EQ(result.batch.created, 1);
  EXPECT_EQ(result.batch.updated, 1);
  EXPECT_THAT(Changes(result.decisions), ElementsAre("t1: ana=examiner -> bob=president eva=examiner:remote ",
                                                     "t2: nothing-> ana=examiner "));
}

TEST_F(ImportJuries, WritesNothingWhenItIsOnlyTried) {
  Set("t1", {{.person = "people/ana"}});
  const auto before = Juries();
  const BulkResult tried = Import(File("t1,bob,president,,\nt2,ana,examiner,,\n"), kTry);
  EXPECT_EQ(tried.state, State::kValidated);
  EXPECT_THAT(tried.batch.id, IsEmpty());
  EXPECT_THAT(tried.decisions, SizeIs(2));
  EXPECT_EQ(Juries(), before);
  EXPECT_THAT(History({.thesis = "t1"}), SizeIs(1));
}

TEST_F(ImportJuries, TellsEverythingThatIsWrongAtOnceWithItsPlace) {
  Set("l1", {{.person = "people/ana"}}, Staff(kLaw));
  const BulkResult result =
      Import(File("t1,author-t1,examiner,,\n"  // 2: an author
                  "t1,ghost,president,,\n"     // 3: nobody
                  "t2,sam,reviewer,,\n"        // 4: supervises it
                  "t9,ana,examiner,,\n"        // 5: no such thesis
                  "l1,ana,examiner,,\n"        // 6: another programme
                  "t3,ana,king,,\n"            // 7: no such role
                  "t3,,guest,,\n"              // 8: nobody named
                  "t3,b b,guest,,x\n"));       // 9: no identifier, no revision
  EXPECT_EQ(result.state, State::kRefused);
  EXPECT_THAT(Told(result),
              ElementsAre("line 2 thesis: rule", "line 2 person: conflict_of_interest",
                          "line 3 person: person_unknown", "line 4 person: conflict_of_interest",
                          "line 5 thesis: thesis_unknown", "line 6 thesis: programme_not_run",
                          "line 7 role: choice_unknown", "line 8 person: value_missing",
                          "line 9 person: id_invalid", "line 9 revision: revision_invalid"));
  EXPECT_EQ(result.errors, 10);
  EXPECT_THAT(Juries(), SizeIs(1));
  EXPECT_THAT(result.problems[3].problem.sentence.en, HasSubstr("supervises"));
  EXPECT_THAT(result.problems[3].problem.sentence.en, HasSubstr("choose somebody else"));
}

TEST_F(ImportJuries, RefusesLinesThatContradictEachOther) {
  Set("t1", {{.person = "people/ana"}});
  Set("t2", {{.person = "people/ana"}});
  const BulkResult result =
      Import(File("t1,ana,president,,\n"
                  "t2,bob,examiner,,1\n"
                  "t1,ana,guest,,\n"
                  "t2,eva,examiner,,2\n"));
  EXPECT_THAT(Told(result),
              ElementsAre("line 4 person: person_repeated", "line 5 revision: revision_contradicts"));
  EXPECT_THAT(result.problems[0].problem.sentence.en, HasSubstr("line 2"));
  EXPECT_EQ(result.state, State::kRefused);
}

TEST_F(ImportJuries, RefusesAJuryThatChangedSinceTheFileWasWrittenAndSaysWhoChangedIt) {
  Set("t1", {{.person = "people/ana"}});
  Set("t1", {{.person = "people/eva"}});
  const BulkResult stale = Import(File("t1,bob,examiner,,1\n"));
  EXPECT_THAT(Told(stale), ElementsAre("line 2 revision: revision_stale"));
  EXPECT_THAT(stale.problems[0].problem.sentence.en,
              AllOf(HasSubstr("its revision is 2"), HasSubstr("accounts/staff")));
  EXPECT_THAT(Told(Import(File("t2,bob,examiner,,3\n"))), ElementsAre("line 2 revision: revision_stale"));
  EXPECT_EQ(Import(File("t1,bob,examiner,,2\n")).state, State::kDone);
  // What is there already needs no revision.
  EXPECT_EQ(Import(File("t1,bob,examiner,,2\n")).state, State::kDone);
}

TEST_F(ImportJuries, ReturnsTheFirstResultToARepetition) {
  const JuryImport file = File("t1,bob,president,,\n");
  const BulkResult first = Import(file, Request("r"));
  Set("t1", {{.person = "people/eva"}});
  const BulkResult again = Import(file, Request("r"));
  EXPECT_EQ(again.batch, first.batch);
  EXPECT_EQ(Changes(again.decisions), Changes(first.decisions));
  EXPECT_EQ(again.warnings, first.warnings);
  EXPECT_THAT(SeatsOf("t1"), ElementsAre("eva examiner"));
  EXPECT_THAT(bulk_.Import(Staff(), File("t1,ana,president,,\n"), Request("r", "other")),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST_F(ImportJuries, LooksAgainIfAJuryChangesBetweenTheLookAndTheWrite) {
  Set("t1", {{.person = "people/ana"}});
  people_.meanwhile = [&] { Set("t1", {{.person = "people/eva"}}); };
  const BulkResult result = Import(File("t1,bob,president,,\n"));
  EXPECT_EQ(result.state, State::kDone);
  EXPECT_THAT(Changes(result.decisions), ElementsAre("t1: eva=examiner -> bob=president "));
}

TEST_F(ImportJuries, IsRefusedByTheRulesOfItsProgrammeAsSetJuryIs) {
  rules::Rule seats{.id = "two_members", .kind = rules::Kind::kMembers};
  seats.source.text = "Règlement";
  seats.min = 2;
  SetRules({seats});
  const BulkResult result = Import(File("t1,bob,president,,\n"));
  ASSERT_THAT(Told(result), ElementsAre("line 2 thesis: rule"));
  EXPECT_EQ(result.problems[0].rule, "two_members");
  const absl::Status by_hand =
      assignment_
          .SetJury(Staff(),
                   {.jury = {.thesis = "t1", .programme = kMsi, .seats = {{.person = "people/bob"}}}}, {})
          .status();
  ASSERT_THAT(FactsOf(by_hand).preconditions, SizeIs(1));
  EXPECT_EQ(result.problems[0].problem.sentence.en, FactsOf(by_hand).preconditions[0].description);
  EXPECT_THAT(result.problems[0].problem.sentence.fr, HasSubstr("Règlement"));
}

// Each kind of conflict between the author of t1 and bob, who is filed as a member of its jury.
TEST_F(ImportJuries, CatchesEveryKindOfConflict) {
  const std::string author = "people/author-t1";
  facts_.people[author] = {.family_name = "Petit", .addresses = {"1 rue Haute, Lyon"}};
  const auto declare = [&](conflicts::Kind kind) {
    ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
      return writer.PutDeclaration(
          {.programme = kMsi, .declarer = author, .other = "people/bob", .kind = kind, .reason = "so it is"});
    }));
  };
  for (const conflicts::Kind kind : conflicts::kKinds) {
    SCOPED_TRACE(std::string(conflicts::KindName(kind)));
    const auto before = Juries();
    std::string person = "bob";
    bool asks_only = false;
    switch (kind) {
      case conflicts::Kind::kAuthor:
        person = "author-t1";
        break;
      case conflicts::Kind::kSupervision:
        facts_.theses["old"] = {
            .id = "old", .programme = kLaw, .authors = {author}, .supervisor = "people/bob"};
        break;
      case conflicts::Kind::kCompany:
        theses_.theses["t1"].company_tutor = "people/tutor";
        facts_.people["people/tutor"] = {.family_name = "Tuteur", .companies = {"Acme"}};
        facts_.people["people/bob"] = {.family_name = "Grand", .companies = {"ACME"}};
        break;
      case conflicts::Kind::kSameFamilyName:
        facts_.people["people/bob"] = {.family_name = "PETIT"};
        asks_only = true;
        break;
      case conflicts::Kind::kSameAddress:
        facts_.people["people/bob"] = {.family_name = "Grand", .addresses = {"1 rue haute, Lyon"}};
        asks_only = true;
        break;
      case conflicts::Kind::kCoauthorship:
      case conflicts::Kind::kPastWork:
      case conflicts::Kind::kFamily:
      case conflicts::Kind::kOther:
        declare(kind);
        break;
    }
    const BulkResult result = Import(File(absl::StrCat("t1,", person, ",reviewer,,\n")), kTry);
    if (asks_only) {
      EXPECT_EQ(result.state, State::kValidated);
      EXPECT_THAT(Told(result, sheets::Severity::kWarning), Contains("line 2 person: conflict_question"));
    } else {
      EXPECT_EQ(result.state, State::kRefused);
      EXPECT_THAT(Told(result), Contains("line 2 person: conflict_of_interest"));
    }
    EXPECT_EQ(Juries(), before);
    facts_.people.erase("people/bob");
    facts_.theses.erase("old");
    theses_.theses["t1"].company_tutor.clear();
    ASSERT_OK(conflict_store_.Write(
        [&](ConflictStore::Writer& writer) { return writer.RemoveDeclaration(kMsi, author, "people/bob"); }));
  }
  // What staff decided counts as well, and whoever was not asked is told: no answer is not "no conflict".
  ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
    return writer.AddDecision({.thesis = "t1", .person = "people/bob", .version = 1, .authors = {author}});
  }));
  EXPECT_THAT(Told(Import(File("t1,bob,examiner,,\n"), kTry)),
              ElementsAre("line 2 person: conflict_of_interest"));
  EXPECT_THAT(Told(Import(File("t1,eva,examiner,,\n"), kTry), sheets::Severity::kWarning),
              ElementsAre("line 2 person: conflict_not_answered"));
}

TEST_F(ImportJuries, LetsAJuryWithANewConflictStayAndTellsIt) {
  Set("t1", {{.person = "people/bob"}});
  ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
    return writer.AddDecision(
        {.thesis = "t1", .person = "people/bob", .version = 1, .authors = {"people/author-t1"}});
  }));
  const BulkResult result = Import(File("t1,bob,examiner,,\nt2,eva,examiner,,\n"));
  EXPECT_EQ(result.state, State::kDone);
  EXPECT_THAT(Told(result, sheets::Severity::kWarning), Contains("line 2 person: conflict_of_interest"));
  EXPECT_THAT(Changes(result.decisions), ElementsAre("t2: nothing-> eva=examiner "));
}

TEST_F(ImportJuries, CountsAllProblemsOfAHostileFileAndListsAThousand) {
  std::string lines;
  for (int i = 0; i < 5000; ++i)
    absl::StrAppend(&lines, "=", i, "'); DROP TABLE juries;--,\xFF\x01,king,,-1\n");
  const BulkResult result = Import(File(lines));
  EXPECT_EQ(result.state, State::kRefused);
  EXPECT_THAT(result.problems, SizeIs(BulkResult::kListedMax));
  EXPECT_GE(result.errors, 5000);
  EXPECT_THAT(Juries(), IsEmpty());
}

TEST_F(ImportJuries, WritesAFileOfThousandsOfJuriesAsOneUnit) {
  std::string lines;
  for (int t = 0; t < 2000; ++t) {
    AddThesis(absl::StrCat("big", t), kMsi);
    for (const char* const role : {"president", "reviewer", "examiner"}) {
      absl::StrAppend(&lines, "big", t, ",", role, t % 50, ",", role, ",,\n");
    }
  }
  const BulkResult tried = Import(File(lines), kTry);
  const BulkResult done = Import(File(lines), Request("big"));
  EXPECT_EQ(done.batch.created, 2000);
  EXPECT_EQ(Changes(done.decisions), Changes(tried.decisions));
  EXPECT_THAT(Import(File(lines), Request("big")).decisions, SizeIs(2000));
  EXPECT_EQ(Undo(done.batch.id).batch.removed, 2000);
  EXPECT_THAT(Juries(), IsEmpty());
}

using ImportReviewers = JuryBulkTest;

TEST_F(ImportReviewers, ReplacesReviewersOnlyAndKeepsTheirPlaces) {
  Set("t1", {{.person = "people/pia", .role = Seat::Role::kPresident},
             {.person = "people/ana", .role = Seat::Role::kReviewer},
             {.person = "people/bob", .role = Seat::Role::kReviewer},
             {.person = "people/gus", .role = Seat::Role::kGuest}});
  const BulkResult result = Import(File("t1,eva,,\nt1,bob,remote,\nt2,ana,,\n", JuryFileKind::kReviewers));
  EXPECT_EQ(result.state, State::kDone);
  EXPECT_THAT(SeatsOf("t1"), ElementsAre("pia president", "bob reviewer", "gus guest", "eva reviewer"));
  EXPECT_THAT(SeatsOf("t2"), ElementsAre("ana reviewer"));
}

TEST_F(ImportReviewers, RefusesWhoSitsAsSomethingElse) {
  Set("t1", {{.person = "people/pia", .role = Seat::Role::kPresident}});
  const BulkResult result = Import(File("t1,pia,,\n", JuryFileKind::kReviewers));
  EXPECT_THAT(Told(result), ElementsAre("line 2 person: person_sits_otherwise"));
  EXPECT_THAT(result.problems[0].problem.sentence.en, HasSubstr("president"));
}

TEST_F(JuryBulkTest, WhatIsExportedIsImportedWithoutAnyChange) {
  Set("t1", {{.person = "people/pia", .role = Seat::Role::kPresident, .mode = Seat::Mode::kRemote},
             {.person = "people/sam", .role = Seat::Role::kSupervisor},
             {.person = "people/-x", .role = Seat::Role::kReviewer}});
  Set("t2", {{.person = "people/ana", .role = Seat::Role::kCompanyTutor},
             {.person = "people/0042", .role = Seat::Role::kGuest}});
  const auto before = Juries();
  for (const sheets::Language language : {sheets::Language::kFrench, sheets::Language::kEnglish}) {
    for (const JuryFileKind kind : {JuryFileKind::kJuries, JuryFileKind::kReviewers}) {
      ASSERT_OK_AND_ASSIGN(
          const ExportedJuries exported,
          bulk_.Export(Staff(), {.programme = kMsi, .kind = kind, .theses = {}, .language = language}));
      const BulkResult result = Import({.kind = kind, .file = exported.file, .bytes = exported.bytes});
      EXPECT_EQ(result.state, State::kDone) << exported.bytes;
      EXPECT_THAT(result.decisions, IsEmpty());
      EXPECT_EQ(result.batch.unchanged, kind == JuryFileKind::kJuries ? 2 : 1);
      EXPECT_THAT(result.batch.id, IsEmpty());
      EXPECT_EQ(Juries(), before);
    }
  }
  EXPECT_THAT(bulk_.Export(Staff(kLaw), {.programme = kMsi}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

using UndoBatch = JuryBulkTest;

TEST_F(UndoBatch, RestoresWhatWasThereAndCanBeUndoneItself) {
  Set("t1", {{.person = "people/ana"}, {.person = "people/gus", .role = Seat::Role::kGuest}});
  const auto before = Juries();
  const BulkResult done = Import(File("t1,bob,president,,\nt2,eva,examiner,,\n"));
  const auto after = Juries();
  EXPECT_THAT(Changes(Undo(done.batch.id, kTry).decisions),
              ElementsAre("t1: bob=president -> ana=examiner gus=guest ", "t2: eva=examiner -> nothing"));
  EXPECT_EQ(Juries(), after);

  const BulkResult undone = Undo(done.batch.id);
  EXPECT_EQ(undone.state, State::kDone);
  EXPECT_EQ(Juries(), before);
  EXPECT_EQ(undone.batch.undoes, done.batch.id);
  ASSERT_OK_AND_ASSIGN(const JuryBulk::BatchWithDecisions seen, bulk_.GetBatch(Staff(), done.batch.id));
  EXPECT_THAT(seen.batch.undone_by, ElementsAre(undone.batch.id));

  EXPECT_EQ(Undo(undone.batch.id).state, State::kDone);
  EXPECT_EQ(Juries(), after);
}

TEST_F(UndoBatch, FindsNothingToDoTheSecondTime) {
  const BulkResult done = Import(File("t1,bob,president,,\n"));
  Undo(done.batch.id);
  const BulkResult again = Undo(done.batch.id);
  EXPECT_EQ(again.state, State::kDone);
  EXPECT_THAT(again.batch.id, IsEmpty());
  EXPECT_EQ(again.batch.unchanged, 1);
}

TEST_F(UndoBatch, TellsWhoChangedWhatSinceAndWritesNothing) {
  Set("t1", {{.person = "people/ana"}});
  const BulkResult done = Import(File("t1,bob,president,,\nt2,eva,examiner,,\n"));
  clock_.Advance(absl::Hours(5));
  Set("t1", {{.person = "people/kim"}});
  const absl::Time changed = clock_.Now();
  const auto before = Juries();
  const BulkResult refused = Undo(done.batch.id);
  EXPECT_EQ(refused.state, State::kRefused);
  EXPECT_THAT(Changes(refused.conflicts), ElementsAre("t1: bob=president -> kim=examiner "));
  EXPECT_EQ(refused.conflicts[0].account, "accounts/staff");
  EXPECT_EQ(refused.conflicts[0].time, changed);
  EXPECT_EQ(Juries(), before);
  // What nobody touched can be undone alone.
  EXPECT_EQ(Undo(done.batch.id, {}, {"t2"}).state, State::kDone);
  EXPECT_THAT(SeatsOf("t1"), ElementsAre("kim examiner"));
  EXPECT_THAT(SeatsOf("t2"), IsEmpty());
}

TEST_F(UndoBatch, IsAConflictAlsoIfALaterChangeWasTakenBackByHand) {
  const BulkResult done = Import(File("t1,bob,president,,\n"));
  Set("t1", {{.person = "people/kim"}});
  Set("t1", {{.person = "people/bob", .role = Seat::Role::kPresident}});
  EXPECT_THAT(Undo(done.batch.id).conflicts, SizeIs(2));
}

TEST_F(UndoBatch, IsRefusedWhereTheGatesRefuseWhatWasThere) {
  Set("t1", {{.person = "people/ana"}});
  const BulkResult done = Import(File("t1,bob,president,,\n"));
  ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
    return writer.AddDecision(
        {.thesis = "t1", .person = "people/ana", .version = 1, .authors = {"people/author-t1"}});
  }));
  const BulkResult refused = Undo(done.batch.id);
  EXPECT_EQ(refused.state, State::kRefused);
  EXPECT_THAT(Told(refused), ElementsAre("line 0 : conflict_of_interest"));
  EXPECT_EQ(refused.problems[0].thesis, "t1");
  EXPECT_THAT(SeatsOf("t1"), ElementsAre("bob president"));
}

TEST_F(UndoBatch, EndsAfterThirtyDays) {
  const BulkResult done = Import(File("t1,bob,president,,\n"));
  clock_.Advance(absl::Hours(24 * 30) - absl::Seconds(2));
  EXPECT_EQ(Undo(done.batch.id, kTry).state, State::kValidated);
  clock_.Advance(absl::Seconds(2));
  EXPECT_THAT(bulk_.Undo(Staff(), {.batch = done.batch.id}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("BATCH_TOO_OLD")));
}

TEST_F(UndoBatch, AlsoUndoesManyJuriesWrittenByAnotherService) {
  ASSERT_OK(assignment_.BatchUpsertJuries(
      Staff(), {{.thesis = "t1", .programme = kMsi, .seats = {{.person = "people/ana"}}}}, {}, {},
      {.way = DecisionWay::kProposal, .reason = "best", .source = "proposals/p"}));
  ASSERT_OK_AND_ASSIGN(const Page<JuryBatch> batches, bulk_.ListBatches(Staff(), kMsi, {}));
  ASSERT_THAT(batches.items, SizeIs(1));
  EXPECT_EQ(batches.items[0].source, "proposals/p");
  EXPECT_EQ(Undo(batches.items[0].id).state, State::kDone);
  EXPECT_THAT(Juries(), IsEmpty());
}

TEST_F(UndoBatch, NamesThesesOfOtherBatches) {
  const BulkResult done = Import(File("t1,bob,president,,\n"));
  EXPECT_THAT(bulk_.Undo(Staff(), {.batch = done.batch.id, .theses = {"t2"}}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

using DecisionHistory = JuryBulkTest;

TEST_F(DecisionHistory, TellsWhoDecidedWhatWhyAndHowTheNewestFirst) {
  ASSERT_OK(
      assignment_.SetJury(Staff(),
                          {.jury = {.thesis = "t1", .programme = kMsi, .seats = {{.person = "people/ana"}}},
                           .grounds = {.reason = "her field"}},
                          {}));
  JuryImport file = File("t1,bob,president,,\n");
  file.reason = "council of 3 May";
  const BulkResult done = Import(file);
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "t1", .grounds = {.reason = "postponed"}}, {}));
  const std::vector<JuryDecision> decisions = History({.thesis = "t1"});
  ASSERT_THAT(decisions, SizeIs(3));
  EXPECT_EQ(decisions[0].reason, "postponed");
  EXPECT_EQ(decisions[0].after, std::nullopt);
  EXPECT_EQ(decisions[1].reason, "council of 3 May");
  EXPECT_EQ(decisions[1].way, DecisionWay::kFile);
  EXPECT_EQ(decisions[1].source, "juries.csv");
  EXPECT_EQ(decisions[1].batch, done.batch.id);
  EXPECT_EQ(decisions[2].reason, "her field");
  EXPECT_EQ(decisions[2].account, "accounts/staff");
}

TEST_F(DecisionHistory, IsListedByPersonForThoseDecisionsThatChangedTheirSeat) {
  Set("t1", {{.person = "people/ana"}});
  Set("t1", {{.person = "people/ana"}, {.person = "people/bob"}});
  Set("t1", {{.person = "people/ana", .role = Seat::Role::kPresident}, {.person = "people/bob"}});
  Set("t2", {{.person = "people/ana"}});
  EXPECT_THAT(History({.person = "people/ana"}), SizeIs(3));
  EXPECT_THAT(History({.person = "people/bob"}), SizeIs(1));
  EXPECT_THAT(History({.thesis = "t2", .person = "people/ana"}), SizeIs(1));
}

TEST_F(DecisionHistory, TellsThatAJuryFollowedItsThesisToAnotherProgramme) {
  const Caller service{.account = "", .person = "", .grants = {}, .service = "submissions"};
  Set("t1", {{.person = "people/ana"}});
  ASSERT_OK(assignment_.FollowTheses(service, {{"t1", kLaw}, {"t2", kLaw}}));
  ASSERT_OK(assignment_.FollowTheses(service, {{"t1", kLaw}}));
  const std::vector<JuryDecision> decisions = History({.thesis = "t1"}, Staff(kLaw));
  ASSERT_THAT(decisions, SizeIs(1)) << "what was decided before is of the other programme";
  EXPECT_EQ(decisions[0].account, "");
  EXPECT_EQ(decisions[0].source, "theses/t1");
  EXPECT_EQ(decisions[0].before->programme, kMsi);
  EXPECT_EQ(decisions[0].after->programme, kLaw);
}

TEST_F(DecisionHistory, IsPagedAndShowsEachProgrammeToThoseWhoRunItOnly) {
  for (int i = 0; i < 5; ++i) {
    Set("t1", {{.person = absl::StrCat("people/p", i)}});
    Set("l1", {{.person = absl::StrCat("people/p", i)}}, Staff(kLaw));
  }
  std::vector<std::string> seen;
  DecisionQuery query{.thesis = "", .person = "", .programme = kMsi, .page = {.size = 2, .after = ""}};
  do {
    ASSERT_OK_AND_ASSIGN(const Page<JuryDecision> page, bulk_.ListDecisions(Staff(), query));
    for (const JuryDecision& decision : page.items) seen.push_back(decision.after->seats[0].person);
    query.page.after = page.next;
  } while (!query.page.after.empty());
  EXPECT_THAT(seen, ElementsAre("people/p4", "people/p3", "people/p2", "people/p1", "people/p0"));
  EXPECT_THAT(History({.thesis = "l1"}), IsEmpty());
  EXPECT_THAT(History({.programme = kLaw}), IsEmpty());
  // Their seat was given and taken in each.
  EXPECT_THAT(History({.person = "people/p1"}), SizeIs(2));
  EXPECT_THAT(History({.person = "people/p1"}, Administrator()), SizeIs(4));
}

TEST_F(DecisionHistory, HidesABatchFromThoseWhoDoNotRunAllOfItsProgrammes) {
  const BulkResult both = Import(File("t1,bob,president,,\nl1,eva,examiner,,\n"), {}, Administrator());
  ASSERT_EQ(both.state, State::kDone);
  EXPECT_THAT(bulk_.GetBatch(Staff(), both.batch.id),
              StatusIs(absl::StatusCode::kNotFound, Reason("BATCH_NOT_FOUND")));
  EXPECT_THAT(bulk_.Undo(Staff(), {.batch = both.batch.id}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("BATCH_NOT_FOUND")));
  const BulkResult one = Import(File("t2,bob,president,,\n"));
  ASSERT_OK_AND_ASSIGN(const Page<JuryBatch> mine,
                       bulk_.ListBatches(Staff(), kMsi, {.size = 1, .after = ""}));
  ASSERT_THAT(mine.items, SizeIs(1));
  EXPECT_EQ(mine.items[0].id, one.batch.id);
  EXPECT_THAT(mine.next, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const Page<JuryBatch> all, bulk_.ListBatches(Administrator(), kMsi, {}));
  EXPECT_THAT(all.items, SizeIs(2));
}

// Random histories of files, decisions by hand, conflicts and undos, from several people. Before each step it
// is tried; what it did must be what the trial said. Each batch that was written is undone sooner or later:
// either everything is as it was before the batch, where nobody decided since, or the report names exactly
// those juries about which somebody did, or the gates refuse what was there and say so.
class Histories : public JuryBulkTest {
 protected:
  struct Written {
    std::string id;
    std::map<std::string, std::string> before;  // juries, as people see them
    std::set<std::string> theses;               // that it changed
    std::set<std::string> moved;                // of these: decided upon since
  };

  std::size_t Below(std::size_t n) { return random_() % n; }

  std::string RandomLines(JuryFileKind kind) {
    static constexpr const char* kRoles[] = {"president", "reviewer", "examiner", "guest"};
    std::string lines;
    for (const std::string thesis : {"t1", "t2", "t3"}) {
      if (Below(3) == 0) continue;
      const std::size_t first = Below(8);
      const std::size_t count = 1 + Below(3);
      for (std::size_t i = 0; i < count; ++i) {
        // Now and then an author, somebody unknown, or a role that is none.
        const std::string person = Below(25) == 0   ? "author-" + thesis
                                   : Below(25) == 0 ? "ghost"
                                                    : absl::StrCat("p", (first + i) % 8);
        absl::StrAppend(&lines, thesis, ",", person, ",");
        if (kind == JuryFileKind::kJuries) {
          absl::StrAppend(&lines, Below(40) == 0 ? "king" : kRoles[Below(4)], ",");
        }
        absl::StrAppend(&lines, Below(2) == 0 ? "remote" : "", ",\n");
      }
    }
    return lines;
  }

  void Moved(const std::string& but, const std::vector<JuryDecision>& decisions) {
    for (Written& written : written_) {
      for (const JuryDecision& decision : decisions) {
        if (written.id != but && written.theses.count(decision.thesis) > 0) {
          written.moved.insert(decision.thesis);
        }
      }
    }
  }

  void Expect(const BulkResult& tried, const BulkResult& done,
              const std::map<std::string, std::string>& before) {
    EXPECT_EQ(Changes(tried.decisions), Changes(done.decisions));
    EXPECT_EQ(Told(tried), Told(done));
    EXPECT_EQ(Told(tried, sheets::Severity::kWarning), Told(done, sheets::Severity::kWarning));
    EXPECT_EQ(Changes(tried.conflicts), Changes(done.conflicts));
    EXPECT_EQ(tried.batch.created, done.batch.created);
    EXPECT_EQ(tried.batch.updated, done.batch.updated);
    EXPECT_EQ(tried.batch.removed, done.batch.removed);
    EXPECT_EQ(tried.batch.unchanged, done.batch.unchanged);
    if (tried.state == State::kRefused) {
      EXPECT_EQ(done.state, State::kRefused);
      EXPECT_EQ(Juries(), before);
      return;
    }
    EXPECT_EQ(tried.state, State::kValidated);
    EXPECT_EQ(done.state, State::kDone);
    // What was told is all that happened.
    std::map<std::string, std::string> expected = before;
    for (const JuryDecision& decision : done.decisions) {
      expected.erase(decision.thesis);
      if (!decision.after) continue;
      Jury after = *decision.after;
      after.version = 0;
      expected[decision.thesis] = after.Serialize();
    }
    EXPECT_EQ(Juries(), expected);
    if (done.batch.id.empty()) return;
    Moved(done.batch.id, done.decisions);
    Written written{.id = done.batch.id, .before = before};
    for (const JuryDecision& decision : done.decisions) written.theses.insert(decision.thesis);
    written_.push_back(std::move(written));
  }

  void ImportSomething() {
    const JuryFileKind kind = Below(3) == 0 ? JuryFileKind::kReviewers : JuryFileKind::kJuries;
    const JuryImport file = File(RandomLines(kind), kind);
    const auto before = Juries();
    const BulkResult tried = Import(file, kTry);
    EXPECT_EQ(Juries(), before);
    Expect(tried, Import(file), before);
    ++imports_;
  }

  void DecideByHand() {
    const std::string thesis = absl::StrCat("t", 1 + Below(3));
    const std::vector<JuryDecision> last = History({.thesis = thesis});
    if (Below(4) == 0) {
      if (!assignment_.DeleteJury(Staff(), {.thesis = thesis}, {}).ok()) return;
    } else {
      const Jury jury{
          .thesis = thesis, .programme = kMsi, .seats = {{.person = absl::StrCat("people/p", Below(8))}}};
      if (!assignment_.SetJury(Staff(), {.jury = jury}, {}).ok()) return;
    }
    const std::vector<JuryDecision> now = History({.thesis = thesis});
    if (!now.empty() && (last.empty() || now.front().number > last.front().number)) Moved("", {now.front()});
  }

  void DeclareAConflict() {
    const std::string thesis = absl::StrCat("t", 1 + Below(3));
    const std::string person = absl::StrCat("people/p", Below(2));
    const int64_t version = ++conflict_versions_[thesis + person];
    ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
      return writer.AddDecision({.thesis = thesis,
                                 .person = person,
                                 .version = version,
                                 .verdict = version % 2 == 1 ? ConflictDecision::Verdict::kConflict
                                                             : ConflictDecision::Verdict::kTakenBack,
                                 .authors = {absl::StrCat("people/author-", thesis)}});
    }));
  }

  void UndoSomething() {
    if (written_.empty()) return;
    const Written written = written_[Below(written_.size())];
    const auto before = Juries();
    const BulkResult tried = Undo(written.id, kTry);
    EXPECT_EQ(Juries(), before);
    const BulkResult done = Undo(written.id);
    std::set<std::string> told;
    for (const JuryDecision& decision : done.conflicts) told.insert(decision.thesis);
    // Those decided upon since, but for those that are as before again.
    std::set<std::string> moved;
    for (const std::string& thesis : written.moved) {
      const auto was = written.before.find(thesis);
      const auto is = before.find(thesis);
      const bool is_as_before =
          was == written.before.end() ? is == before.end() : is != before.end() && is->second == was->second;
      if (!is_as_before) moved.insert(thesis);
    }
    EXPECT_EQ(told, moved);
    Expect(tried, done, before);
    if (done.state == State::kRefused) {
      EXPECT_TRUE(!moved.empty() || done.errors > 0);
      ++(moved.empty() ? refused_by_gates_ : reported_);
      return;
    }
    for (const std::string& thesis : written.theses) {
      const auto now = Juries();
      const auto was = written.before.find(thesis);
      const auto is = now.find(thesis);
      EXPECT_EQ(is == now.end(), was == written.before.end());
      if (is != now.end() && was != written.before.end()) {
        EXPECT_EQ(is->second, was->second);
      }
    }
    ++undone_;
  }

  std::mt19937 random_;
  std::vector<Written> written_;
  std::map<std::string, int64_t> conflict_versions_;
  int imports_ = 0;
  int undone_ = 0;
  int reported_ = 0;
  int refused_by_gates_ = 0;
};

TEST_F(Histories, ATrialIsTheEffectAndAnUndoRestoresOrTellsWhoDecidedSince) {
  random_.seed(20261126);
  for (int step = 0; step < 1000 && !HasFailure(); ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    switch (Below(8)) {
      case 0:
        DecideByHand();
        break;
      case 1:
        DeclareAConflict();
        break;
      case 2:
      case 3:
      case 4:
        ImportSomething();
        break;
      default:
        UndoSomething();
    }
    // What nobody undoes any more only slows the histories down.
    if (written_.size() > 6) written_.erase(written_.begin());
  }
  // The histories are worth something.
  EXPECT_GT(imports_, 100);
  EXPECT_GT(undone_, 40);
  EXPECT_GT(reported_, 20);
  EXPECT_GT(refused_by_gates_, 2);
}

}  // namespace
}  // namespace soutenance::assignment
