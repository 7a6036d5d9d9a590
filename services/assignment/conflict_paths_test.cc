#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_bulk.h"
#include "services/assignment/testing/invitations_house.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

// Every way onto a jury catches every conflict.
namespace soutenance::assignment {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::SizeIs;

// Makes eva and the author of t1 have a conflict of one kind.
struct ConflictCase {
  conflicts::Kind kind;
  std::function<void(FakeConflictFacts&, World&)> make;  // null: eva declares it
};

class EveryPath : public InvitationsTest {
 protected:
  static std::vector<ConflictCase> Cases() {
    using conflicts::Kind;
    std::vector<ConflictCase> cases;
    cases.push_back(
        {Kind::kSupervision, [](auto& facts, auto&) {
           facts.theses["old"] = {
               .id = "old", .programme = kMsi, .authors = {"people/author-t1"}, .supervisor = "people/eva"};
         }});
    cases.push_back({Kind::kCompany, [](auto& facts, auto& world) {
                       world.theses["t1"].company_tutor = "people/tom";
                       facts.theses["t1"] = ForConflicts(world.theses["t1"]);
                       facts.people["people/tom"].companies = {"Acme"};
                       facts.people["people/eva"].companies = {"ACME"};
                     }});
    cases.push_back({Kind::kPastWork, [](auto& facts, auto&) {
                       facts.theses["old"] = {.id = "old",
                                              .programme = kMsi,
                                              .authors = {"people/author-t1", "people/eva"},
                                              .supervisor = "people/sam"};
                     }});
    for (const Kind kind : conflicts::kKinds) {
      if (conflicts::IsDeclarable(kind)) cases.push_back({kind, nullptr});
    }
    return cases;
  }

  void Make(const ConflictCase& which) {
    if (which.make) {
      which.make(facts_, world_);
      return;
    }
    ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
      return writer.PutDeclaration({.programme = kMsi,
                                    .declarer = "people/eva",
                                    .other = "people/author-t1",
                                    .kind = which.kind,
                                    .reason = "so",
                                    .time = clock_.Now()});
    }));
  }
  void Unmake() {
    facts_.theses.erase("old");
    facts_.people.clear();
    world_.theses["t1"].company_tutor.clear();
    facts_.theses["t1"] = ForConflicts(world_.theses["t1"]);
    ASSERT_OK(conflict_store_.Write([&](ConflictStore::Writer& writer) {
      return writer.RemoveDeclaration(kMsi, "people/eva", "people/author-t1");
    }));
  }

  // One way onto a jury: how the jury of t1 is before, and what seats eva there as more than a guest.
  struct Path {
    std::string name;
    std::vector<Seat> before;
    std::function<absl::Status()> take;
  };

  std::vector<Path> Paths() {
    const Seat ana{"people/ana", Seat::Role::kPresident};
    const Seat fred{"people/fred", Seat::Role::kReviewer};
    const Seat eva{"people/eva", Seat::Role::kReviewer};
    const Jury with_eva{.thesis = "t1", .programme = kMsi, .seats = {ana, eva}};
    const auto import = [this, with_eva](const Caller& caller) {
      return assignment_.BatchUpsertJuries(caller, {with_eva}, kKeep).status();
    };
    return {
        {"proposal",
         {},
         [this] { return proposals_.AcceptProposal(Staff(), {.id = Proposed()}, kKeep).status(); }},
        {"manual assignment",
         {ana, fred},
         [=, this] {
           return Set("t1", {ana, eva});
         }},
        {"invitation",
         {ana, fred},
         [this] {
           InvitationBatch batch = ToJury();
           batch.seats = {{"people/eva", Seat::Role::kExaminer}};
           return invitations_.Invite(Staff(), batch, kKeep).status();
         }},
        {"replacement", {ana, fred}, [this] { return Replace("fred", "eva").status(); }},
        {"import by a person", {ana, fred}, [import] { return import(Staff()); }},
        {"import by the directory", {ana, fred}, [import] { return import({.service = "directory"}); }},
        {"file", {ana, fred}, [this] { return ImportFile("t1,ana,president\nt1,eva,reviewer\n"); }},
        {"role change",
         {ana, fred, {"people/eva", Seat::Role::kGuest}},
         [=, this] {
           return Set("t1", {ana, fred, {"people/eva", Seat::Role::kExaminer}});
         }},
    };
  }

  // A refusal of a file is an answer; here it is told as the refusals of the other paths.
  absl::Status ImportFile(const std::string& lines) {
    JuryBulk bulk(
        {.store = juries_, .theses = world_, .people = world_, .conflicts = gate_, .clock = clock_});
    const absl::StatusOr<BulkResult> result =
        bulk.Import(Staff(), {.file = "f.csv", .bytes = "thesis,person,role\n" + lines, .reason = ""}, kKeep);
    if (!result.ok()) return result.status();
    for (const BulkProblem& bulk_problem : result->problems) {
      if (bulk_problem.problem.kind != "conflict_of_interest") continue;
      return Error(absl::StatusCode::kFailedPrecondition, bulk_problem.problem.sentence.en,
                   {.reason = "CONFLICT_OF_INTEREST"});
    }
    return result->state == BulkResult::State::kDone ? absl::OkStatus() : absl::InternalError("refused");
  }

  // A proposal that was made before anything was known about eva.
  std::string Proposed() {
    if (!proposal_.empty()) return proposal_;
    JuriesWanted wanted;
    wanted.scope.programme = kMsi;
    wanted.scope.theses = {"t1"};
    wanted.roles = {{Seat::Role::kPresident, 1, 1}, {Seat::Role::kReviewer, 1, 1}};
    for (const char* id : {"people/fred", "people/gina", "people/bob", "people/carl"}) {
      wanted.excluded.insert({"", id});
    }
    const auto proposal = proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep);
    EXPECT_OK(proposal);
    bool has_eva = false;
    for (const ProposedSeat& seat : proposal->juries[0].seats) has_eva |= seat.seat.person == "people/eva";
    EXPECT_TRUE(has_eva) << "nobody else is external";
    proposal_ = proposal->id;
    return proposal_;
  }

  void BeginWith(const std::vector<Seat>& seats) {
    assignment_.DeleteJury(Staff(), {.thesis = "t1"}, kKeep).status().IgnoreError();
    if (!seats.empty()) {
      ASSERT_OK(Set("t1", seats));
    }
    proposal_.clear();
  }

  std::string proposal_;
};

TEST_F(EveryPath, CatchesEveryKindOfConflict) {
  for (const ConflictCase& which : Cases()) {
    SCOPED_TRACE(absl::StrCat(conflicts::KindName(which.kind), which.make ? ", found" : ", declared"));
    for (const Path& path : Paths()) {
      SCOPED_TRACE(path.name);
      BeginWith(path.before);
      if (path.before.empty()) Proposed();
      const std::vector<std::string> before = PeopleOn("t1");
      Make(which);
      EXPECT_THAT(path.take(),
                  StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")));
      EXPECT_EQ(PeopleOn("t1"), before);
      Unmake();
      EXPECT_OK(path.take()) << "nothing else was in the way";
    }
  }
}

TEST_F(EveryPath, SeatsNoAuthorOnTheirOwnJury) {
  for (const char* role : {"member", "guest"}) {
    const Seat::Role as = std::string(role) == "guest" ? Seat::Role::kGuest : Seat::Role::kExaminer;
    SetUsualJury();
    EXPECT_FALSE(Set("t1", {{"people/eva", Seat::Role::kReviewer}, {"people/author-t1", as}}).ok());
    InvitationBatch batch = ToJury();
    batch.seats = {{"people/author-t1", as}};
    EXPECT_FALSE(invitations_.Invite(Staff(), batch, kKeep).ok());
    EXPECT_FALSE(Replace("ana", "author-t1").ok());
    EXPECT_FALSE(
        assignment_
            .BatchUpsertJuries(Staff(),
                               {{.thesis = "t1",
                                 .programme = kMsi,
                                 .seats = {{"people/eva", Seat::Role::kReviewer}, {"people/author-t1", as}}}},
                               kKeep)
            .ok());
  }
}

TEST_F(EveryPath, ShowsAQuestionAndLetsStaffDecide) {
  for (const bool is_name : {true, false}) {
    if (is_name) {
      facts_.people["people/author-t1"].family_name = "Petit";
      facts_.people["people/eva"].family_name = "PETIT";
    } else {
      facts_.people["people/author-t1"].addresses = {"1 rue de Paris"};
      facts_.people["people/eva"].addresses = {"1, rue de Paris"};
    }
    ASSERT_OK(Set("t1", {{"people/ana", Seat::Role::kPresident}, {"people/fred", Seat::Role::kReviewer}}));
    ASSERT_OK_AND_ASSIGN(const Replacements found,
                         proposals_.FindReplacements(Staff(), {.thesis = "t1", .person = "people/fred"}));
    ASSERT_EQ(found.best.back().person, "people/eva") << "whoever is in question comes last";
    EXPECT_THAT(found.best.back().warnings, SizeIs(1));
    ASSERT_OK(Replace("fred", "eva"));
    ASSERT_OK_AND_ASSIGN(const JuryOverview overview, proposals_.GetOverview(Staff(), kMsi, ""));
    EXPECT_THAT(overview.theses[0].questions, ElementsAre("people/eva"));
    Unmake();
    ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "t1"}, kKeep));
  }
}

TEST_F(EveryPath, IsAskedAgainWhenTheInvitationIsAccepted) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  for (const ConflictCase& which : Cases()) {
    Make(which);
    EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kAccept),
                StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONFLICT_OF_INTEREST")))
        << conflicts::KindName(which.kind);
    // Who has one can still say that they do not come.
    EXPECT_OK(invitations_.Change(
        Somebody("eva"), {.key = {"t1", "people/eva"}, .step = InvitationStep::kDecline, .reason = "c"},
        kTry));
    // Nobody is invited to it either.
    EXPECT_EQ(StateOf("eva"), "invited");
    Unmake();
  }
  EXPECT_OK(Step(Somebody("eva"), "eva", InvitationStep::kAccept));
}

}  // namespace
}  // namespace soutenance::assignment
