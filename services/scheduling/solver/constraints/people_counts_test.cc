#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::AnOpenSeat;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PlacedAt;
using ::soutenance::scheduling::solver::testing::SetRule;

TEST(RoomsUsed, CountsEachRoomOnce) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms.push_back(ARoom("c3"));
  spec.defences = {ADefence("lea", {"ana"}), ADefence("max", {"bo"})};
  SetRule(spec, "rooms_used", RuleLevel::kSoft);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomsUsed, spec, {{"lea", At(9), "b12"}, {"max", At(9, 0, 1), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kRoomsUsed, spec, {{"lea", At(9), "b12"}, {"max", At(9, 0, 1), "c3"}}), 2);
}

// Ana supervises as a guest; Bo or Ana reads, and one of them or Cy presides.
ProblemSpec WithGuest() {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("lea", {"lea"})};
  spec.defences[0].seats.push_back({.person = "ana", .role = "supervisor"});
  spec.defences[0].seats.back().guest = true;
  spec.defences[0].seats.push_back(AnOpenSeat("president", {"ana", "bo", "cy"}));
  spec.defences[0].seats.push_back(AnOpenSeat("reader", {"ana", "bo"}));
  spec.defences[0].seats.back().shared = true;
  spec.defences[0].expected_people = 1;
  SetRule(spec, "jury_size", RuleLevel::kSoft);
  SetRule(spec, "one_seat", RuleLevel::kSoft);
  return spec;
}

TEST(JurySize, CountsPeopleAndGuestsOnce) {
  const auto penalty = [](const char* president, const char* reader) {
    return PenaltyOf(RuleId::kJurySize, WithGuest(), {{"lea", At(9), "b12", {president, reader}}});
  };
  EXPECT_EQ(penalty("cy", "bo"), 4 - 1);
  EXPECT_EQ(penalty("bo", "bo"), 3 - 1);
  EXPECT_EQ(penalty("ana", "ana"), 2 - 1);
}

TEST(JurySize, FewerAtOneDefenceMakeUpForMoreAtAnother) {
  ProblemSpec spec = WithGuest();
  spec.defences.push_back(ADefence("max", {"max"}));
  spec.defences.back().expected_people = 3;
  const std::vector<PlacedAt> both = {{"lea", At(9), "b12", {"cy", "bo"}}, {"max", At(10), "b12"}};
  EXPECT_EQ(PenaltyOf(RuleId::kJurySize, spec, both), 3 - 2);
  EXPECT_EQ(PenaltyOf(RuleId::kJurySize, spec, {both[1]}), 0);
}

TEST(OneSeat, DoesNotMindASharedSeat) {
  ProblemSpec spec = WithGuest();
  EXPECT_EQ(PenaltyOf(RuleId::kOneSeat, spec, {{"lea", At(9), "b12", {"bo", "bo"}}}), 0);
  spec.defences[0].seats.back().shared = false;
  EXPECT_EQ(PenaltyOf(RuleId::kOneSeat, spec, {{"lea", At(9), "b12", {"bo", "bo"}}}), 1);
}

TEST(RoleAbsence, CountsGuestsWhoCannotCome) {
  ProblemSpec spec = WithGuest();
  spec.persons = {testing::APerson({.key = "ana", .blocked = {Hours(9, 10)}})};
  spec.roles = {RoleSpec{.name = "supervisor", .absence_cost = 5, .load = {}, .combined = {}}};
  SetRule(spec, "role_absence", RuleLevel::kSoft);
  EXPECT_EQ(PenaltyOf(RuleId::kRoleAbsence, spec, {{"lea", At(9), "b12", {"bo", "bo"}}}), 5);
  EXPECT_EQ(PenaltyOf(RuleId::kRoleAbsence, spec, {{"lea", At(10), "b12", {"bo", "bo"}}}), 0);
}

TEST(PersonClash, DoesNotMindGuests) {
  ProblemSpec spec = WithGuest();
  spec.rooms.push_back(ARoom("c3"));
  spec.defences.push_back(ADefence("max", {"ana"}));
  EXPECT_EQ(
      PenaltyOf(RuleId::kPersonClash, spec, {{"lea", At(9), "b12", {"bo", "bo"}}, {"max", At(9), "c3"}}), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
