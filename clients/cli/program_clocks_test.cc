#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cli/testing/program.h"
#include "services/base/error.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/submissions/v1/drafts.pb.h"
#include "soutenance/submissions/v1/reviews.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

// Instants are shown as the clocks of the school show them, wherever the program runs.
namespace soutenance::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ProgramClocksTest : public ::testing::Test {
 protected:
  ProgramClocksTest() {
    submissions::v1::Thesis thesis;
    thesis.set_name("theses/42");
    thesis.set_programme("programmes/m2");
    server().Answers("GetThesis", thesis);
    directory::v1::Programme programme;
    programme.set_name("programmes/m2");
    programme.set_time_zone("Pacific/Auckland");
    server().Answers("GetProgramme", programme);
  }

  auto Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
};

constexpr int64_t kNoonUtc = 1'811'937'600;  // 2027-06-02, 12:00 in UTC, midnight in Auckland

TEST_F(ProgramClocksTest, VersionsAreShownInTheZoneOfTheirProgramme) {
  submissions::v1::ListDraftsResponse list;
  submissions::v1::Draft& draft = *list.add_drafts();
  draft.set_name("theses/42/drafts/1");
  draft.mutable_receive_time()->set_seconds(kNoonUtc);
  *list.add_drafts() = draft;
  server().Answers("ListDrafts", list);
  const auto outcome = Run({"drafts", "list", "--thesis", "42"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("2027-06-03 00:00"));
  EXPECT_THAT(server().Calls("GetProgramme"), SizeIs(1)) << "once for all versions";
}

TEST_F(ProgramClocksTest, ReviewsAreShownInTheZoneOfTheirProgramme) {
  submissions::v1::ListReviewsResponse list;
  for (const char* reviewer : {"ana", "bob"}) {
    submissions::v1::Review& review = *list.add_reviews();
    review.set_name(std::string("theses/42/reviews/") + reviewer);
    review.mutable_due_time()->set_seconds(kNoonUtc);
  }
  server().Answers("ListReviews", list);
  const auto outcome = Run({"reviews", "list"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("2027-06-03 00:00"));
  EXPECT_THAT(server().Calls("GetThesis"), SizeIs(1));
  EXPECT_THAT(server().Calls("GetProgramme"), SizeIs(1));
}

TEST_F(ProgramClocksTest, WhoMayNotReadTheProgrammeStillSeesTheTime) {
  server().Refuses("GetThesis", NotFound("thesis", "theses/43"));
  submissions::v1::ListReviewsResponse list;
  submissions::v1::Review& review = *list.add_reviews();
  review.set_name("theses/43/reviews/ana");
  review.mutable_due_time()->set_seconds(kNoonUtc);
  server().Answers("ListReviews", list);
  const auto outcome = Run({"reviews", "list"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("2027-06-0"));
}

}  // namespace
}  // namespace soutenance::cli
