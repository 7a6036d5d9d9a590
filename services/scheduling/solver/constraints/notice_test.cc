#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::PenaltyOf;

// It is noon of the first day; Lea's defence was published for 9, Tom's for 14; Zoe's is new.
ProblemSpec Noon() {
  ProblemSpec spec = ASmallProblem();
  spec.now = At(12);
  spec.rooms = {ARoom("b12"), ARoom("c1")};
  spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"bob"}), ADefence("zoe", {"eve"})};
  spec.defences[0].reference = ReferenceSpec{.start = At(9), .room = "b12"};
  spec.defences[1].reference = ReferenceSpec{.start = At(14), .room = "b12"};
  return spec;
}

TEST(Notice, LetsEverythingStayWhereItWasPublished) {
  EXPECT_EQ(PenaltyOf(RuleId::kNotice, Noon(), {{"lea", At(9), "b12"}, {"tom", At(14), "c1"}}), 0);
}

TEST(Notice, PutsNothingIntoThePast) {
  EXPECT_EQ(PenaltyOf(RuleId::kNotice, Noon(), {{"tom", At(10), "b12"}, {"zoe", At(11), "b12"}}), 2);
  EXPECT_EQ(PenaltyOf(RuleId::kNotice, Noon(), {{"tom", At(13), "b12"}, {"zoe", At(14), "b12"}}), 0);
}

TEST(Notice, DoesNotMoveWhatHasTakenPlace) {
  EXPECT_EQ(PenaltyOf(RuleId::kNotice, Noon(), {{"lea", At(15), "b12"}}), 1);
}

TEST(Notice, AsksForTheMinutesOfItsParameter) {
  ProblemSpec spec = Noon();
  testing::SetRule(spec, "notice", RuleLevel::kHard, 0, 24 * 60);
  EXPECT_EQ(PenaltyOf(RuleId::kNotice, spec, {{"zoe", At(15), "b12"}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kNotice, spec, {{"zoe", At(13, 0, 1), "b12"}}), 0);
}

TEST(Notice, MeansNothingWithoutANow) {
  ProblemSpec spec = Noon();
  spec.now.reset();
  EXPECT_EQ(PenaltyOf(RuleId::kNotice, spec, {{"lea", At(10), "b12"}}), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
