#include <gmock/gmock.h>

#include "services/scheduling/solver/constraints/rule_examples.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::OnlyMatchOf;
using ::soutenance::scheduling::solver::testing::PenaltyOf;
using ::soutenance::scheduling::solver::testing::PersonOf;
using ::testing::ElementsAre;
using ::testing::SizeIs;

ProblemSpec AtMost(int32_t most) {
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson({.key = "ana", .max_total = most})};
  spec.defences = {ADefence("lea", {"ana", "ana"}), ADefence("tom", {"ana"}), ADefence("zoe", {"ana"})};
  return spec;
}

const std::vector<testing::PlacedAt> kOnTwoDays = {
    {"lea", At(9), "b12"}, {"tom", At(10), "b12"}, {"zoe", At(11, 0, 1), "b12"}};

TEST(PersonCampaignLoad, HasNoLimitUnlessThePersonHasOne) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonCampaignLoad, AtMost(0), kOnTwoDays), 0);
}

TEST(PersonCampaignLoad, CountsTheDefencesBeyondTheLimitOverAllDays) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonCampaignLoad, AtMost(3), kOnTwoDays), 0);
  EXPECT_EQ(PenaltyOf(RuleId::kPersonCampaignLoad, AtMost(1), kOnTwoDays), 2);
}

TEST(PersonCampaignLoad, CountsWhatIsPlaced) {
  EXPECT_EQ(PenaltyOf(RuleId::kPersonCampaignLoad, AtMost(1), {{"lea", At(9), "b12"}}), 0);
}

TEST(PersonCampaignLoad, TellsThePersonAndTheDefences) {
  const Problem problem = Build(AtMost(2));
  const Match match = OnlyMatchOf(RuleId::kPersonCampaignLoad, Arrange(problem, kOnTwoDays));
  EXPECT_THAT(match.persons, ElementsAre(PersonOf(problem, "ana")));
  EXPECT_THAT(match.defences, SizeIs(3));
  EXPECT_EQ(match.amount, 3);
  EXPECT_EQ(match.limit, 2);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
