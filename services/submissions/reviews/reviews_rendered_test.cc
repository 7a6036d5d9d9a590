#include "services/submissions/reviews/reviews_rendered.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "storage/open.h"
#include "storage/sql/review_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReviewsRenderedTest : public ::testing::Test {
 protected:
  ReviewsRenderedTest() {
    EXPECT_OK(theses_.Write([&](SubmissionStore::Writer& writer) { return writer.Insert(thesis_); }));
  }
  void Put(const std::string& reviewer, ReviewState state,
           std::optional<absl::Time> respond_by = std::nullopt) {
    EXPECT_OK(store_.Write([&](ReviewStore::Writer& writer) {
      return writer.PutReview({.thesis = "42",
                               .reviewer = reviewer,
                               .state = state,
                               .respond_by = respond_by,
                               .due = clock_.Now() + absl::Hours(1)});
    }));
  }

  const Thesis thesis_ = {.id = "42",
                          .title = "T",
                          .authors = {"people/ana"},
                          .supervisor = "people/sam",
                          .programme = "programmes/msi"};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore theses_{*database_};
  storage::sql::ReviewStore store_{*database_};
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  ReviewsRendered condition_{store_, clock_};
};

TEST_F(ReviewsRenderedTest, WaitsForThoseThatAreExpectedOnly) {
  Put("people/a", ReviewState::kValidated);
  Put("people/b", ReviewState::kDeclined);
  Put("people/c", ReviewState::kInvited, clock_.Now() - absl::Hours(1));
  EXPECT_THAT(condition_.UnmetFor(ThesisEvent::kAuthorise, thesis_), IsOkAndHolds(IsEmpty()));
  Put("people/d", ReviewState::kReopened);
  EXPECT_THAT(condition_.UnmetFor(ThesisEvent::kAuthorise, thesis_), IsOkAndHolds(SizeIs(1)));
  EXPECT_THAT(condition_.UnmetFor(ThesisEvent::kReceive, thesis_), IsOkAndHolds(IsEmpty()));
}

}  // namespace
}  // namespace soutenance::submissions
