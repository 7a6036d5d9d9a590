#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/assignment/testing/invitations_house.h"
#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

// Who sat on how many juries.
namespace soutenance::assignment {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::StatusIs;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(InvitationsTest, RemembersWhatWasHeldAndNotWhatWasDeclined) {
  SetUsualJury();
  AddThesis("t2");
  SetUsualJury("t2");
  ASSERT_OK(invitations_.Invite(Staff(), ToJury(), kKeep));
  ASSERT_OK(Step(Somebody("eva"), "eva", InvitationStep::kDecline, "abroad"));
  ASSERT_OK_AND_ASSIGN(Load eva, loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_EQ(eva.current, 1);
  const HeldJuries held{.programme = kMsi, .year = 2026};
  ASSERT_OK_AND_ASSIGN(const RecordedJuries dry, loads_.RecordHeld(Staff(), held, kTry));
  ASSERT_OK_AND_ASSIGN(const RecordedJuries done, loads_.RecordHeld(Staff(), held, kKeep));
  EXPECT_EQ(dry.juries, done.juries);
  EXPECT_EQ(done.juries.created_count(), 2);
  EXPECT_EQ(done.seats, 3);
  EXPECT_EQ(done.left_out, 1);
  ASSERT_OK_AND_ASSIGN(eva, loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_EQ(eva.current, 0);
  EXPECT_EQ(eva.past, 1);
  ASSERT_OK_AND_ASSIGN(const RecordedJuries again, loads_.RecordHeld(Staff(), held, kKeep));
  EXPECT_TRUE(again.juries.IsEmpty());
  // The ledger does not need the jury any more.
  ASSERT_OK(assignment_.DeleteJury(Staff(), {.thesis = "t2"}, kKeep));
  ASSERT_OK_AND_ASSIGN(eva, loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_EQ(eva.past, 1);
  EXPECT_THAT(loads_.RecordHeld(Staff(), {.programme = kMsi, .year = 2031}, kKeep),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(loads_.RecordHeld(Somebody("eva"), held, kKeep), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(InvitationsTest, ShowsEverybodyTheirOwnLoadAndStaffAll) {
  EXPECT_OK(loads_.GetLoad(Somebody("eva"), "people/eva"));
  EXPECT_THAT(loads_.GetLoad(Somebody("eva"), "people/ana"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const auto none, loads_.ListLoads(Somebody("eva"), {.size = 10}));
  EXPECT_THAT(none.items, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto first, loads_.ListLoads(Staff(), {.size = 4}));
  ASSERT_THAT(first.items, SizeIs(4));
  ASSERT_OK_AND_ASSIGN(const auto rest, loads_.ListLoads(Staff(), {.size = 4, .after = first.next}));
  EXPECT_THAT(rest.items, SizeIs(3));
}

TEST_F(InvitationsTest, TakesCorrectionsAllTogetherOrNone) {
  const LoadCorrection more{.person = "people/ana",
                            .programme = kMsi,
                            .year = 2026,
                            .role = Seat::Role::kPresident,
                            .count = 4,
                            .reason = "the old tool"};
  LoadCorrection bad = more;
  bad.reason.clear();
  bad.count = 0;
  bad.year = 2032;
  EXPECT_THAT(FactsOf(loads_.Correct(Staff(), {more, bad}, kKeep).status()).fields, SizeIs(3));
  bad = more;
  bad.person = "people/ghost";
  EXPECT_THAT(loads_.Correct(Staff(), {more, bad}, kKeep), StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(loads_.Correct(Staff(), {more}, kTry));
  ASSERT_OK_AND_ASSIGN(Load ana, loads_.GetLoad(Staff(), "people/ana"));
  EXPECT_EQ(ana.past, 0);
  ASSERT_OK(loads_.Correct(Staff(), {more}, kKeep));
  ASSERT_OK_AND_ASSIGN(ana, loads_.GetLoad(Staff(), "people/ana"));
  EXPECT_EQ(ana.past, 4);
  EXPECT_DOUBLE_EQ(ana.weight, 4 * 1.5 / 2) << "four times president, last year";
  EXPECT_EQ(ana.standing, LoadStanding::kOver);
  LoadCorrection back = more;
  back.count = -4;
  ASSERT_OK(loads_.Correct(Staff(), {back}, kKeep));
  ASSERT_OK_AND_ASSIGN(ana, loads_.GetLoad(Staff(), "people/ana"));
  EXPECT_EQ(ana.past, 0);
}

TEST_F(InvitationsTest, SparesWhoeverHadMuchInPastYears) {
  const auto president = [&] {
    JuriesWanted wanted;
    wanted.scope.programme = kMsi;
    wanted.roles = {{Seat::Role::kPresident, 1, 1}};
    wanted.excluded = {{"", "people/fred"}, {"", "people/gina"}};
    const auto proposal = proposals_.ProposeJuries(Staff(), wanted, Never, Never, kTry);
    EXPECT_OK(proposal);
    for (const ProposedSeat& seat : proposal->juries[0].seats) {
      if (seat.seat.role == Seat::Role::kPresident) return seat.seat.person;
    }
    return std::string();
  };
  SetRules({});
  const std::string first = president();
  ASSERT_FALSE(first.empty());
  const LoadCorrection past{.person = first,
                            .programme = kMsi,
                            .year = 2025,
                            .role = Seat::Role::kExaminer,
                            .count = 6,
                            .reason = "last years"};
  ASSERT_OK(loads_.Correct(Staff(), {past}, kKeep));
  EXPECT_NE(president(), first);
}

}  // namespace
}  // namespace soutenance::assignment
