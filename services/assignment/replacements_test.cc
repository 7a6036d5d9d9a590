#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/testing/invitations_house.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

// Who takes the seat of somebody who cannot come.
namespace soutenance::assignment {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(InvitationsTest, ReplacesOneByOneWithTheReasonKept) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK(Replace("eva", "fred", kTry));
  EXPECT_THAT(PeopleOn("t1"), ElementsAre("people/ana", "people/eva")) << "a dry run writes nothing";
  EXPECT_EQ(StateOf("eva"), "declined");
  ASSERT_OK_AND_ASSIGN(const ReplacedJuror replaced, Replace("eva", "fred"));
  EXPECT_THAT(PeopleOn("t1"), ElementsAre("people/ana", "people/fred"));
  EXPECT_EQ(replaced.jury.seats[1].role, Seat::Role::kReviewer);
  EXPECT_EQ(StateOf("eva"), "replaced");
  EXPECT_EQ(replaced.closed.replaced_by, "people/fred");
  EXPECT_EQ(StateOf("fred"), "invited");
  ASSERT_OK_AND_ASSIGN(const auto events, invitations_.ListEvents(Staff(), {"t1", "people/eva"}));
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[1].reason, "abroad");
  EXPECT_EQ(events[2].event, "replace");
  EXPECT_EQ(events[2].reason, "cannot come");
  ASSERT_OK(Replace("ana", "bob"));
  EXPECT_EQ(StateOf("ana"), "replaced") << "an open invitation is closed as well";
}

TEST_F(InvitationsTest, KeepsTheReasonAlsoForWhoWasNeverInvited) {
  SetUsualJury();
  ASSERT_OK_AND_ASSIGN(const ReplacedJuror replaced, Replace("eva", "fred"));
  EXPECT_FALSE(replaced.closed.invited.has_value());
  EXPECT_EQ(StateOf("eva"), "replaced");
  ASSERT_OK_AND_ASSIGN(const auto events, invitations_.ListEvents(Staff(), {"t1", "people/eva"}));
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].reason, "cannot come");
}

TEST_F(InvitationsTest, ReplacesNobodyByWhomTheRulesForbid) {
  SetUsualJury();
  EXPECT_THAT(Replace("eva", "bob"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_THAT(Replace("eva", "ana"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Replace("carl", "fred"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Replace("eva", "ghost"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(PeopleOn("t1"), ElementsAre("people/ana", "people/eva"));
  EXPECT_EQ(StateOf("eva"), "none");
}

TEST_F(InvitationsTest, RanksWhoCouldAndSaysWhatAloneForbidsTheOthers) {
  SetUsualJury();
  AddThesis("t2");
  ASSERT_OK(Set("t2", {{"people/fred", Seat::Role::kPresident}}));
  Profile gina = APerson("gina", "Elsewhere");
  gina.version = 1;
  gina.load.per_campaign_max = 1;
  AddPerson(gina);
  AddThesis("t3");
  ASSERT_OK(Set("t3", {{"people/gina", Seat::Role::kPresident}}));
  AddPerson(APerson("hugo", "Elsewhere"));
  facts_.theses["old"] = {
      .id = "old", .programme = kMsi, .authors = {"people/author-t1"}, .supervisor = "people/ida"};
  AddPerson(APerson("ida", "Elsewhere"));
  ASSERT_OK_AND_ASSIGN(const Replacements found,
                       proposals_.FindReplacements(Staff(), {.thesis = "t1", .person = "people/eva"}));
  EXPECT_EQ(found.role, Seat::Role::kReviewer);
  EXPECT_THAT(Best(found), ElementsAre("people/hugo", "people/fred")) << "fred has a jury already";
  EXPECT_THAT(found.best[0].tight_rules, ElementsAre(HasSubstr("externals")));
  EXPECT_THAT(found.best[0].reasons, Contains(HasSubstr("rules")));
  EXPECT_EQ(found.best[1].load_after, 2);
  std::map<std::string, AlmostReplacement> almost;
  for (const AlmostReplacement& each : found.almost) almost[each.person] = each;
  EXPECT_EQ(almost["people/bob"].rule, "externals");
  EXPECT_EQ(almost["people/gina"].obstacle, AlmostReplacement::Obstacle::kLoad);
  EXPECT_EQ(almost["people/ida"].obstacle, AlmostReplacement::Obstacle::kConflict);
  EXPECT_THAT(proposals_.FindReplacements(Somebody("eva"), {.thesis = "t1", .person = "people/eva"}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(proposals_.FindReplacements(Somebody("zoe"), {.thesis = "t1", .person = "people/eva"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("JURY_NOT_FOUND")));
}

TEST_F(InvitationsTest, FindsExactlyThoseWhomReplacingAccepts) {
  SetRules({ARule("externals", rules::Kind::kExternals, 1, std::nullopt),
            ARule("load", rules::Kind::kLoad, std::nullopt, 2)});
  SetUsualJury();
  for (const char* id : {"t2", "t3"}) {
    AddThesis(id);
    ASSERT_OK(Set(id, {{"people/fred", Seat::Role::kPresident}}));
  }
  facts_.theses["old"] = {
      .id = "old", .programme = kMsi, .authors = {"people/author-t1"}, .supervisor = "people/carl"};
  for (const std::string seated : {"ana", "eva"}) {
    ASSERT_OK_AND_ASSIGN(
        const Replacements found,
        proposals_.FindReplacements(
            Staff(), {.thesis = "t1", .person = absl::StrCat("people/", seated), .count = 100}));
    const std::vector<std::string> best = Best(found);
    for (const std::string other : {"bob", "carl", "dan", "fred", "gina"}) {
      const bool is_found = std::count(best.begin(), best.end(), absl::StrCat("people/", other)) > 0;
      EXPECT_EQ(Replace(seated, other, kTry).ok(), is_found) << seated << " by " << other;
    }
  }
}

TEST_F(InvitationsTest, OffersNobodyWhoDeclinedThisJuryBefore) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK(Replace("eva", "fred"));
  ASSERT_OK_AND_ASSIGN(const Replacements found,
                       proposals_.FindReplacements(Staff(), {.thesis = "t1", .person = "people/fred"}));
  EXPECT_THAT(Best(found), ElementsAre("people/gina"));
  std::map<std::string, AlmostReplacement> almost;
  for (const AlmostReplacement& each : found.almost) almost[each.person] = each;
  EXPECT_EQ(almost["people/eva"].obstacle, AlmostReplacement::Obstacle::kDeclined);
}

TEST_F(InvitationsTest, ComposesAgainTheSeatsOfThoseWhoRefused) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK_AND_ASSIGN(JuryOverview overview, proposals_.GetOverview(Staff(), kMsi, ""));
  EXPECT_THAT(overview.theses[0].refusals, ElementsAre("people/eva"));
  EXPECT_THAT(overview.theses[0].unanswered, ElementsAre("people/ana"));
  EXPECT_FALSE(overview.theses[0].is_complete);
  JuriesWanted wanted;
  wanted.scope.programme = kMsi;
  wanted.roles = {{Seat::Role::kPresident, 1, 1}, {Seat::Role::kReviewer, 1, 1}};
  wanted.replace_refused = true;
  ASSERT_OK_AND_ASSIGN(const Proposal proposal,
                       proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep));
  ASSERT_OK(proposals_.AcceptProposal(Staff(), {.id = proposal.id}, kKeep));
  EXPECT_THAT(PeopleOn("t1"), Contains("people/ana"));
  EXPECT_THAT(PeopleOn("t1"), Not(Contains("people/eva")));
}

TEST_F(InvitationsTest, TellsHowFarACompositionIsAndStopsWhenItIsCancelled) {
  JuriesWanted wanted;
  wanted.scope.programme = kMsi;
  std::set<ProposalProgress::Phase> phases;
  ASSERT_OK(
      proposals_.ProposeJuries(Staff(), wanted, Never, Never, kKeep, [&](const ProposalProgress& progress) {
        phases.insert(progress.phase);
        EXPECT_LE(progress.done, progress.theses);
      }));
  EXPECT_THAT(phases, SizeIs(3));
  // Whoever goes away while it is being explained leaves nothing behind.
  bool is_gone = false;
  EXPECT_THAT(proposals_.ProposeJuries(
                  Staff(), wanted, Never, [&] { return is_gone; }, kKeep,
                  [&](const ProposalProgress& progress) {
                    is_gone = progress.phase == ProposalProgress::Phase::kExplaining;
                  }),
              StatusIs(absl::StatusCode::kCancelled));
  ASSERT_OK_AND_ASSIGN(const auto kept, proposals_.ListProposals(Staff(), kMsi, {.size = 10}));
  EXPECT_THAT(kept.items, SizeIs(1));
}

}  // namespace
}  // namespace soutenance::assignment
