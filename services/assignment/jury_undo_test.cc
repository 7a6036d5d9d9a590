#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/testing/jury_bulk_house.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

// What was decided about juries, and how it is undone.
namespace soutenance::assignment {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using State = BulkResult::State;

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

}  // namespace
}  // namespace soutenance::assignment
