#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/assignment/testing/jury_bulk_house.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

// Files of juries and of reviewers, and back.
namespace soutenance::assignment {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using State = BulkResult::State;

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

}  // namespace
}  // namespace soutenance::assignment
