#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::AnOpenSeat;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::SetRule;

// Ana knows logic, Bo ethics and Eve nothing; Ana attends, Bo or Eve reads.
ProblemSpec AReaderIsToBeChosen() {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .subjects = {"logic"}}),
                  APerson({.key = "bo", .subjects = {"ethics"}}), APerson("eve")};
  spec.defences = {ADefence("lea", {"ana"})};
  spec.defences[0].subjects = {"ethics", "logic", "music"};
  spec.defences[0].seats.push_back(AnOpenSeat("reader", {"bo", "eve"}));
  SetRule(spec, "subject_coverage", RuleLevel::kSoft);
  return spec;
}

TEST(SubjectCoverage, CountsTheSubjectsThatNobodyKnows) {
  EXPECT_EQ(PenaltyOf(RuleId::kSubjectCoverage, AReaderIsToBeChosen(), {{"lea", At(9), "b12", {"bo"}}}), 1);
  EXPECT_EQ(PenaltyOf(RuleId::kSubjectCoverage, AReaderIsToBeChosen(), {{"lea", At(9), "b12", {"eve"}}}), 2);
}

TEST(SubjectCoverage, AsksGivenSeatsWhereNoneIsOpen) {
  ProblemSpec spec = AReaderIsToBeChosen();
  spec.defences[0].seats.pop_back();
  EXPECT_EQ(PenaltyOf(RuleId::kSubjectCoverage, spec, {{"lea", At(9), "b12"}}), 2);
}

TEST(SubjectCoverage, SaysNothingOfTheUnplaced) {
  EXPECT_EQ(PenaltyOf(RuleId::kSubjectCoverage, AReaderIsToBeChosen(), {}), 0);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
