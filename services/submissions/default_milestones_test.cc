#include "services/submissions/default_milestones.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::StatusIs;
using ::testing::SizeIs;

DefaultMilestonesOrder AYear() {
  return {.programme = "programmes/msi",
          .first = absl::CivilDay(2026, 10, 1),
          .last = absl::CivilDay(2027, 6, 30)};
}

TEST(DefaultMilestones, LeadFromTheStateOfTheArtToTheFinalThesis) {
  ASSERT_OK_AND_ASSIGN(const auto milestones, DefaultMilestones(AYear()));
  ASSERT_THAT(milestones, SizeIs(6));
  EXPECT_EQ(milestones.front().title, "État de l’art pluridisciplinaire");
  EXPECT_EQ(milestones.back().kind, DraftKind::kDeposit);
  // Summer and winter time: the clocks of Paris show 23:59 all the same.
  EXPECT_EQ(CivilText(milestones.front().due, "Europe/Paris"), "2026-11-10 23:59:00 (Europe/Paris)");
  EXPECT_EQ(CivilText(milestones.back().due, "Europe/Paris"), "2027-06-30 23:59:00 (Europe/Paris)");
}

TEST(DefaultMilestones, AreInOrderAndMayBeCreatedWhateverTheTimeThereIs) {
  for (int days = 60; days <= 1000; days += 47) {
    DefaultMilestonesOrder order = AYear();
    order.last = order.first + days;
    ASSERT_OK_AND_ASSIGN(const auto milestones, DefaultMilestones(order));
    std::set<std::string> ids;
    absl::Time before = absl::InfinitePast();
    for (const Milestone& each : milestones) {
      EXPECT_LT(before, each.due);
      before = each.due;
      ids.insert(each.id);
      std::vector<FieldViolation> problems;
      CheckMilestone(each, problems);
      EXPECT_THAT(problems, SizeIs(0));
    }
    EXPECT_THAT(ids, SizeIs(6));
  }
}

TEST(DefaultMilestones, AreRefusedForATimeThatIsNone) {
  DefaultMilestonesOrder order = AYear();
  order.last = order.first + 59;
  EXPECT_THAT(DefaultMilestones(order), StatusIs(absl::StatusCode::kInvalidArgument));
  order.last = order.first - 300;
  EXPECT_THAT(DefaultMilestones(order), StatusIs(absl::StatusCode::kInvalidArgument));
  order = AYear();
  order.time_zone = "Europe/Atlantis";
  EXPECT_THAT(DefaultMilestones(order), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace soutenance::submissions
