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

// The life of an invitation.
namespace soutenance::assignment {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(InvitationsTest, GoesFromStaffToThePersonAndBack) {
  SetUsualJury();
  ASSERT_OK_AND_ASSIGN(const InvitedJurors invited, invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_THAT(invited.invitations, SizeIs(2));
  EXPECT_EQ(StateOf("eva"), "invited");
  EXPECT_OK(Step(Somebody("eva"), "eva", InvitationStep::kAccept));
  EXPECT_EQ(StateOf("eva"), "accepted");
  EXPECT_OK(Step(Somebody("ana"), "ana", InvitationStep::kDecline, "abroad"));
  EXPECT_EQ(StateOf("ana"), "declined");
  EXPECT_THAT(PeopleOn("t1"), Contains("people/ana")) << "an answer changes no jury";
  // Inviting again reaches only those who are not expected.
  ASSERT_OK_AND_ASSIGN(const InvitedJurors again, invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_THAT(again.invitations, SizeIs(1));
  EXPECT_EQ(again.invitations[0].person, "people/ana");
  EXPECT_EQ(again.unchanged, 1);
  ASSERT_OK_AND_ASSIGN(const auto events, invitations_.ListEvents(Staff(), {"t1", "people/ana"}));
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[1].event, "decline");
  EXPECT_EQ(events[1].reason, "abroad");
  EXPECT_EQ(events[1].account, "accounts/ana");
}

// Every step from every state, and who may take it: the table that a reader would draw.
TEST_F(InvitationsTest, TakesOnlyTheStepsOfItsTable) {
  using State = InvitationState;
  using Way = InvitationStep;
  const std::map<Way, std::set<State>> possible = {
      {Way::kInvite,
       {State::kDeclined, State::kExpired, State::kWithdrawn, State::kReplaced, State::kUnseated}},
      {Way::kAccept, {State::kInvited}},
      {Way::kDecline, {State::kInvited, State::kAccepted}},
      {Way::kWithdraw, {State::kInvited, State::kExpired, State::kAccepted}},
      {Way::kReplace,
       {State::kInvited, State::kAccepted, State::kDeclined, State::kExpired, State::kWithdrawn}}};
  for (const auto& [step, from] : possible) {
    const bool is_persons = step == Way::kAccept || step == Way::kDecline;
    for (const State state : kInvitationStates) {
      const Invitation invitation{.thesis = "t1", .person = "people/eva", .programme = kMsi, .state = state};
      const std::string at = absl::StrCat(InvitationStepName(step), " from ", InvitationStateName(state));
      const absl::Status status =
          CheckInvitationStep(is_persons ? Somebody("eva") : Staff(), invitation, step, "why");
      if (from.count(state) > 0) {
        EXPECT_OK(status) << at;
      } else {
        EXPECT_THAT(status,
                    StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INVITATION_STEP_REFUSED")))
            << at;
        EXPECT_THAT(status.message(), HasSubstr("Possible: ")) << at;
      }
      EXPECT_THAT(CheckInvitationStep(is_persons ? Staff() : Somebody("eva"), invitation, step, "why"),
                  StatusIs(absl::StatusCode::kPermissionDenied))
          << at;
    }
  }
}

TEST_F(InvitationsTest, AsksForAReasonWhereOneIsOwed) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kDecline, " "),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Step(Staff(), "eva", InvitationStep::kWithdraw), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_OK(Step(Staff(), "eva", InvitationStep::kWithdraw, "double booked"));
  EXPECT_EQ(StateOf("eva"), "withdrawn");
}

TEST_F(InvitationsTest, ExpiresAfterItsInstantAndNotAtIt) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  clock_.Advance(absl::Hours(24 * 7));
  EXPECT_EQ(StateOf("eva"), "invited");
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(StateOf("eva"), "expired");
  EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kAccept),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("INVITATION_STEP_REFUSED")));
  EXPECT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_OK(Step(Somebody("eva"), "eva", InvitationStep::kAccept));
}

TEST_F(InvitationsTest, EndsWhenTheJuryGivesTheSeatToAnother) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Set("t1", {{"people/ana", Seat::Role::kPresident}, {"people/fred", Seat::Role::kReviewer}}));
  EXPECT_EQ(StateOf("eva"), "unseated");
  EXPECT_EQ(StateOf("ana"), "invited");
  EXPECT_THAT(Step(Somebody("eva"), "eva", InvitationStep::kAccept),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(InvitationsTest, IsKnownToItsPersonAndToStaffAlone) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  EXPECT_OK(invitations_.Get(Somebody("eva"), {"t1", "people/eva"}));
  EXPECT_THAT(invitations_.Get(Somebody("ana"), {"t1", "people/eva"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("INVITATION_NOT_FOUND")));
  EXPECT_THAT(Step(Somebody("ana"), "eva", InvitationStep::kAccept), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const auto own, invitations_.List(Somebody("eva"), "", {.size = 10}));
  EXPECT_THAT(own.items, SizeIs(1));
  ASSERT_OK_AND_ASSIGN(const auto of_jury, invitations_.ListOfThesis(Somebody("ana"), "t1"));
  EXPECT_THAT(of_jury, SizeIs(1));
  EXPECT_THAT(invitations_.List(Somebody("eva"), kMsi, {.size = 10}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(invitations_.Invite(Somebody("eva"), ToJury(), kKeep),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(InvitationsTest, RemindsOnlyTheMissingAndEachThresholdOnce) {
  SetUsualJury();
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("ana"), "ana", InvitationStep::kAccept));
  const auto told = [&](const Mutation& mutation) {
    const auto reminders = invitations_.Remind(Staff(), kMsi, {}, mutation);
    EXPECT_OK(reminders);
    std::vector<std::string> who;
    for (const InvitationReminder& each : reminders->items) {
      who.push_back(absl::StrCat(each.invitation.person, " ", each.days_before));
    }
    return who;
  };
  EXPECT_THAT(told(kKeep), IsEmpty());
  clock_.Advance(absl::Hours(24 * 4));
  EXPECT_THAT(told(kTry), ElementsAre("people/eva 3"));
  EXPECT_THAT(told(kKeep), ElementsAre("people/eva 3"));
  EXPECT_THAT(told(kKeep), IsEmpty());
  clock_.Advance(absl::Hours(24 * 4));
  EXPECT_THAT(told(kKeep), ElementsAre("people/eva 0"));
}

// ---- What an invitation is refused for ----

TEST_F(InvitationsTest, InvitesNobodyToAJuryThatBreaksARule) {
  SetUsualJury();
  SetRules({ARule("externals", rules::Kind::kExternals, 2, std::nullopt)});
  EXPECT_THAT(invitations_.Invite(Staff(), ToJury(), kKeep),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
  EXPECT_EQ(StateOf("eva"), "none");
  InvitationBatch more = ToJury();
  more.seats = {{"people/fred", Seat::Role::kExaminer}};
  EXPECT_OK(invitations_.Invite(Staff(), more, kTry));
  EXPECT_THAT(PeopleOn("t1"), Not(Contains("people/fred"))) << "a dry run writes nothing";
  ASSERT_OK_AND_ASSIGN(const InvitedJurors invited, invitations_.Invite(Staff(), more, kKeep));
  EXPECT_THAT(invited.invitations, SizeIs(1));
  EXPECT_THAT(PeopleOn("t1"), Contains("people/fred"));
}

TEST_F(InvitationsTest, SaysWhichThesisHasNoJuryAndWhoSitsNowhere) {
  SetUsualJury();
  AddThesis("t2");
  InvitationBatch batch = ToJury();
  batch.theses = {"t1", "t2"};
  batch.people = {"people/carl"};
  const absl::Status status = invitations_.Invite(Staff(), batch, kKeep).status();
  const ErrorFacts facts = FactsOf(status);
  ASSERT_THAT(facts.fields, SizeIs(2)) << status;
  EXPECT_THAT(facts.fields[0].description, HasSubstr("theses/t2 has no jury"));
  EXPECT_THAT(facts.fields[1].description, HasSubstr("people/carl sits on none"));
  batch = ToJury();
  batch.respond_by = clock_.Now();
  EXPECT_THAT(invitations_.Invite(Staff(), batch, kKeep), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace soutenance::assignment
